import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { demoAgency } from '../../demo/demoAgency.ts';
import { type Database, openDatabase } from '../../models/database.ts';
import { compiled } from '../../runtime/compiled.ts';
import { loadWords } from '../../runtime/words.ts';
import { makeRandom } from '../world/random.ts';
import { armDue, together } from './alarmsDue.ts';
import { startJudge } from './judge.ts';
import { startMetronome } from './metronome.ts';
import { walk } from './person.ts';
import { keep, type Kept } from './processes.ts';
import { startProxy } from './proxy.ts';
import { type Misfortunes, torment } from './torment.ts';
import { type Verdict, verdict } from './verdict.ts';

export interface ChaosPlan {
  seed: number;
  kills: number;
  walkers: number;
  /** Messages that are due during the run, one after another. */
  dues: number;
  /** One that polls, or several that get webhooks, over one database. */
  processes: number;
}

export interface ChaosResult extends Verdict, Omit<Misfortunes, 'excused'> {
  updates: number;
  bookings: number;
  seconds: number;
  /** The longest that a bare timer beside the run was late, in milliseconds: the machine's own share. */
  machineLate: number;
  /** From a kill to ready again: the median, in milliseconds. */
  restart: number;
}

const startToken = 'chaos';
/** Between two messages that are due, in milliseconds. */
const every = 100;
const now = (): number => performance.timeOrigin + performance.now();

/**
 * The real product, its store and its alarms against a Telegram that keeps a ledger of its own, under kills at
 * random and at every named point, frozen processes, a wire that breaks, a full disk and Telegram's own faults. Ends
 * when all is quiet again; of several processes one is lost for good before that.
 *
 * @param killed is told of every kill how many there were: a long run says how far it is
 */
export async function runChaos(
  plan: ChaosPlan,
  killed: (kills: number) => void = () => undefined,
): Promise<ChaosResult> {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-'));
  const began = now();
  const products: Kept[] = [];
  const metronome = startMetronome();
  const judge = await startJudge(makeRandom(plan.seed, 'telegram'), () =>
    products.flatMap((product) => product.address() ?? []),
  );
  let storePort = 0;
  const store = keep(
    'store',
    'store/main.ts',
    () => ['--data', folder, '--port', String(storePort)],
    () => ({ NODE_COMPILE_CACHE: compiled }),
  );
  await store.ready();
  storePort = portOf(store.address());
  const proxy = await startProxy(() => storePort);
  const db = await openDatabase(`mongodb://127.0.0.1:${storePort}/recruiting?directConnection=true`);
  await seedAgency(db);
  const dues = await armDue(db, now() + 5_000, plan.dues, every);
  for (let index = 0; index < plan.processes; index += 1)
    products.push(startProduct(`product ${index + 1}`, plan, folder, proxy.port, judge.url));
  await Promise.all(products.map((product) => product.ready()));
  const up = now();
  const walkers = Array.from({ length: plan.walkers }, (_, index) =>
    walk(judge, makeRandom(plan.seed, `walker ${index}`), 1_001 + index, startToken),
  );
  Object.assign(judge.faults, { tooMany: 0.002, badGateway: 0.01, dropAfter: 0.01, twice: 0.05 });

  const { excused, ...misfortunes } = await torment(plan, { store, products, proxy }, killed);

  Object.assign(judge.faults, { tooMany: 0, badGateway: 0, dropAfter: 0, twice: 0 });
  await Promise.all([store, ...products].map((one) => one.ready()));
  const [lost, ...others] = products;
  // A machine that does not come back: what it had begun is the others' work.
  if (others.length > 0) lost?.lose();
  await pause(Math.max(0, (dues.at(-1)?.at ?? 0) - now()) + 2_000);
  for (const walker of walkers) walker.rest();
  await quiet(db, () => judge.unconfirmed());
  metronome.stop();
  // Arming many takes longer than the first is ahead: nothing is sent before the first start.
  excused.push({ from: began, to: up });
  excused.push(...metronome.missed, ...store.downs, ...together(products.map(({ downs }) => downs)));
  for (const { frozen } of products) excused.push(...frozen);
  const result = await verdict(db, judge.accepted, dues, [...excused, ...judge.waits], now());
  const restarts = products.flatMap(({ downs }) => downs.map(({ from, to }) => to - from));
  await Promise.all(products.map((product) => product.end()));
  await db.close();
  await store.end();
  await proxy.close();
  await judge.close();
  rmSync(folder, { recursive: true, force: true });
  return {
    ...result,
    ...misfortunes,
    updates: judge.updates(),
    bookings: walkers.reduce((sum, { booked }) => sum + booked, 0),
    machineLate: Math.max(0, ...metronome.missed.map(({ from, to }) => to - from)),
    seconds: (now() - began) / 1_000,
    restart: restarts.sort((a, b) => a - b)[Math.floor(restarts.length / 2)] ?? 0,
  };
}

function startProduct(name: string, plan: ChaosPlan, folder: string, port: number, telegram: string): Kept {
  const several = plan.processes > 1;
  return keep(
    name,
    'proof/chaos/product.ts',
    () => [],
    () => ({
      RECRUITING_CHILD: several ? '' : '1',
      PORT: '0',
      DATA_DIR: folder,
      MONGODB_URI: `mongodb://127.0.0.1:${port}/recruiting?directConnection=true`,
      TELEGRAM_BOT_TOKEN: `77:${'chaos'.padEnd(35, '0')}`,
      TELEGRAM_API_ROOT: telegram,
      // Many people write within a second: the pace is tried by itself.
      TELEGRAM_MESSAGES_PER_SECOND: '0',
      SIMULATOR_URL: '',
      PUBLIC_URL: several ? 'https://chaos.example' : '',
      NODE_COMPILE_CACHE: compiled,
    }),
  );
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
  const until = now() + 150_000;
  for (let still = 0; still < 5;) {
    const counts = await Promise.all([
      db.inbox.countDocuments({ status: 'waiting' }),
      db.ledger.countDocuments({ status: { $in: ['sending', 'pending'] } }),
    ]);
    still = counts.every((count) => count === 0) && unconfirmed() === 0 ? still + 1 : 0;
    if (now() > until) return;
    await pause(100);
  }
}

function portOf(uri = ''): number {
  return Number(/:(\d+)\//.exec(uri)?.[1] ?? 0);
}
