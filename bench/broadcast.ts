import { performance } from 'node:perf_hooks';
import { DateTime } from 'luxon';
import { defaultPolicy } from '../flows/policies/defaultPolicy.ts';
import { attach } from '../runtime/attach.ts';
import { makeClock } from '../runtime/clock.ts';
import { newCandidate } from '../runtime/newCandidate.ts';
import { percentile } from './percentile.ts';
import { processorWait } from './processorWait.ts';
import { processTree } from './processTree.ts';
import { startBench } from './startBench.ts';
import type { TelegramStub } from './telegramStub.ts';

export interface BroadcastFigures {
  /** Milliseconds from an update to its answer, while the broadcast runs. */
  p50: number;
  p99: number;
  /** The same without the time in which the bot, the store or the asker were ready to go on and had no processor: at least that is left. */
  ownP99: number;
  /** Messages of the broadcast that arrived meanwhile, a second. */
  perSecond: number;
  people: number;
}

const clock = makeClock();
/** Chats that talk, far from the numbers of those who are written to. */
const talkers = 100;
const first = 1_000_000;

/**
 * A broadcast to ten thousand through the whole product (embedded database, outbox, Telegram's own limits) while a
 * hundred people talk to the bot, eight updates a second, for twenty seconds.
 */
export async function broadcastBeside(people = 10_000, seconds = 20): Promise<BroadcastFigures> {
  const { stub, child, dataDir, ...bench } = await startBench();
  const { db, close } = await attach({ DATA_DIR: dataDir });
  try {
    const rows = Array.from({ length: people }, (_, index) => reader(index));
    for (let at = 0; at < people; at += 1_000) await db.candidates.insertMany(rows.slice(at, at + 1_000));
    for (let chat = 1; chat <= talkers; chat += 1) await stub.say(chat, '/status');
    const now = clock.now();
    await db.broadcasts.insertOne({
      _id: 'bench',
      by: 'bench',
      createdAt: now,
      audience: {},
      text: 'bench',
      ads: false,
      status: 'scheduled',
      at: now,
    });
    while (stub.heard(first) === 0) await clock.sleep(50);
    const tree = processTree(child.pid ?? 0).filter(({ script }) => script !== '');
    return { ...(await talk(stub, [process.pid, ...tree.map(({ pid }) => pid)], seconds)), people };
  } finally {
    await close();
    await bench.close();
  }
}

/** Somebody who consented, and for whom it is day, whenever the experiment is run. */
function reader(index: number) {
  const now = clock.now();
  const ahead = 12 - DateTime.fromMillis(now, { zone: 'utc' }).hour;
  return {
    ...newCandidate(`bench${index}`, defaultPolicy, now),
    zone: ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`,
    channels: [{ channel: 'telegram' as const, address: String(first + index) }],
    consent: { version: '1', at: now },
  };
}

/** @param pids whose work an answer is */
async function talk(
  stub: TelegramStub,
  pids: number[],
  seconds: number,
): Promise<Omit<BroadcastFigures, 'people'>> {
  const took: number[] = [];
  const own: number[] = [];
  const answered = async (chat: number): Promise<void> => {
    const waited = processorWait(pids);
    const ms = await stub.say(chat, '/status');
    took.push(ms);
    own.push(Math.max(0, ms - (processorWait(pids) - waited)));
  };
  const before = stub.heard(first);
  const started = performance.now();
  const pending: Promise<void>[] = [];
  for (let index = 0; index < 8 * seconds; index += 1) {
    const wait = started + (index * 1_000) / 8 - performance.now();
    if (wait > 0) await clock.sleep(wait);
    pending.push(answered(1 + (index % talkers)));
  }
  await Promise.all(pending);
  const perSecond = ((stub.heard(first) - before) * 1_000) / (performance.now() - started);
  return {
    p50: percentile(took, 0.5),
    p99: percentile(took, 0.99),
    ownP99: percentile(own, 0.99),
    perSecond,
  };
}
