import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { demoAgency } from '../../demo/demoAgency.ts';
import { type Database, openDatabase } from '../../models/database.ts';
import { loadWords } from '../../runtime/words.ts';
import { armDue, type Stretch } from './alarmsDue.ts';
import { startJudge } from './judge.ts';
import { walk } from './person.ts';
import { keep } from './processes.ts';
import { startProxy } from './proxy.ts';
import { makeRandom } from '../world/random.ts';
import { type Verdict, verdict } from './verdict.ts';

export interface ChaosPlan {
  seed: number;
  kills: number;
  walkers: number;
  /** Messages that are due during the run, 100 ms apart. */
  dues: number;
}

export interface ChaosResult extends Verdict {
  kills: number;
  freezes: number;
  cuts: number;
  updates: number;
  bookings: number;
  seconds: number;
  /** From a kill to ready again: the median, in milliseconds. */
  restart: number;
}

const startToken = 'chaos';
const now = (): number => performance.timeOrigin + performance.now();

/**
 * The real product, its store and its alarms against a Telegram that keeps a ledger of its own, under kills at
 * random, frozen processes, a wire that breaks and Telegram's own faults. Ends when all is quiet again.
 */
export async function runChaos(plan: ChaosPlan): Promise<ChaosResult> {
  const dice = makeRandom(plan.seed, 'kills');
  const folder = mkdtempSync(join(tmpdir(), 'chaos-'));
  const began = now();
  const judge = await startJudge(makeRandom(plan.seed, 'telegram'));
  let storePort = 0;
  const store = keep(
    'store',
    'store/main.ts',
    () => ['--data', folder, '--port', String(storePort)],
    () => ({}),
  );
  await store.ready();
  storePort = portOf(store.address());
  const proxy = await startProxy(() => storePort);
  const db = await openDatabase(`mongodb://127.0.0.1:${storePort}/recruiting?directConnection=true`);
  await seedAgency(db);
  const product = keep(
    'product',
    'main.ts',
    () => [],
    () => ({
      RECRUITING_CHILD: '1',
      PORT: '0',
      DATA_DIR: folder,
      MONGODB_URI: `mongodb://127.0.0.1:${proxy.port}/recruiting?directConnection=true`,
      TELEGRAM_BOT_TOKEN: `77:${'chaos'.padEnd(35, '0')}`,
      TELEGRAM_API_ROOT: judge.url,
      // Many people write within a second: the pace is tried by itself.
      TELEGRAM_MESSAGES_PER_SECOND: '0',
      SIMULATOR_URL: '',
      PUBLIC_URL: '',
    }),
  );
  await product.ready();
  const walkers = Array.from({ length: plan.walkers }, (_, index) =>
    walk(judge, makeRandom(plan.seed, `walker ${index}`), 1_001 + index, startToken),
  );
  const dues = await armDue(db, now() + 1_000, plan.dues, 100);
  const excused: Stretch[] = [];

  judge.faults.tooMany = 0.002;
  judge.faults.badGateway = 0.01;
  judge.faults.dropAfter = 0.01;
  judge.faults.twice = 0.05;
  let [kills, freezes, cuts] = [0, 0, 0];
  while (kills < plan.kills) {
    await pause(dice.between(50, 900));
    const what = dice.next();
    if (what < 0.08) {
      freezes += 1;
      product.freeze(dice.between(300, 1_500));
    } else if (what < 0.16) {
      cuts += 1;
      excused.push({ from: now(), to: now() + 100 });
      proxy.cut();
    } else if (what < 0.22) {
      proxy.slow(15);
      const from = now();
      await pause(600);
      proxy.slow(0);
      excused.push({ from, to: now() });
    } else {
      const victim = what < 0.34 ? store : product;
      // Now and then in the middle of its start, mostly when it runs.
      if (!dice.chance(0.15)) await victim.ready();
      if (victim.address() === undefined) continue;
      await pause(dice.between(0, 400));
      victim.kill();
      kills += 1;
    }
  }

  Object.assign(judge.faults, { tooMany: 0, badGateway: 0, dropAfter: 0, twice: 0 });
  await Promise.all([store.ready(), product.ready()]);
  const last = dues.at(-1)?.at ?? 0;
  await pause(Math.max(0, last - now()) + 2_000);
  for (const walker of walkers) walker.rest();
  await quiet(db, () => judge.unconfirmed());
  for (const { downs } of [store, product]) excused.push(...downs);
  const result = await verdict(db, judge.accepted, dues, [...excused, ...judge.waits], now());
  const restarts = product.downs.map(({ from, to }) => to - from).sort((a, b) => a - b);
  await product.end();
  await db.close();
  await store.end();
  await proxy.close();
  await judge.close();
  rmSync(folder, { recursive: true, force: true });
  return {
    ...result,
    kills,
    freezes,
    cuts,
    updates: judge.updates(),
    bookings: walkers.reduce((sum, { booked }) => sum + booked, 0),
    seconds: (now() - began) / 1_000,
    restart: restarts[Math.floor(restarts.length / 2)] ?? 0,
  };
}

/** The demo's agency, open at every hour, so that windows never run out. */
async function seedAgency(db: Database): Promise<void> {
  const words = loadWords(join(import.meta.dirname, '../../locales'));
  const { members, vacancies } = demoAgency(words, now());
  const week = Object.fromEntries(
    ['1', '2', '3', '4', '5', '6', '7'].map((day): [string, [string, string][]] => [
      day,
      [['00:00', '23:40']],
    ]),
  );
  for (const [index, member] of members.entries()) {
    const hours = { ...member.hours, week };
    await db.members.insertOne({ ...member, hours, telegram: String(900_001 + index) });
  }
  await db.vacancies.insertMany(vacancies);
  await db.links.insertOne({ _id: startToken, vacancy: 'cook', source: 'telegram', createdAt: now() });
}

/** Nothing waits, nothing is being sent, and every update is confirmed. */
async function quiet(db: Database, unconfirmed: () => number): Promise<void> {
  const until = now() + 90_000;
  for (let still = 0; still < 5;) {
    const [waiting, sending] = await Promise.all([
      db.inbox.countDocuments({ status: 'waiting' }),
      db.ledger.countDocuments({ status: { $in: ['sending', 'pending'] } }),
    ]);
    still = waiting + sending + unconfirmed() === 0 ? still + 1 : 0;
    if (now() > until) return;
    await pause(100);
  }
}

function portOf(uri = ''): number {
  return Number(/:(\d+)\//.exec(uri)?.[1] ?? 0);
}
