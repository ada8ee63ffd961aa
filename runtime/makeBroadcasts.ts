import type { Broadcast } from '../flows/broadcasts/broadcast.ts';
import type { Database } from '../models/database.ts';
import { readAudience } from './audience.ts';
import type { CallOff, Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import type { Lanes } from './lanes.ts';
import { oneAtATime } from './oneAtATime.ts';

/**
 * Hands broadcasts over to the outbox, a few people at a time, so that a pause takes hold within two seconds. One process
 * looks after them all; when it dies another does, and a last look at everybody finds whom it had taken.
 */
export interface Broadcasts {
  start(): void;
  stop(): void;
  /** Go on with what is due: begin what is scheduled, hand over the next few of what runs. */
  tick(): Promise<void>;
  /** It begins at `at`; `false` when it is no draft any more. */
  schedule(id: string, at: number): Promise<boolean>;
  /** @returns whether it was in a state from which it can go there */
  turn(id: string, to: 'running' | 'paused' | 'stopped'): Promise<boolean>;
}

const every = 1_000;
/** A process that found another looking after them asks again after so many milliseconds. */
const askAgain = 3_000;
/** How many messages of a broadcast wait for their turn at most, and how many people are taken at once. */
const ahead = 60;
const handful = 20;

/** From which states a broadcast may go to one. */
const from: Record<'running' | 'paused' | 'stopped', Broadcast['status'][]> = {
  running: ['paused'],
  paused: ['running'],
  stopped: ['draft', 'scheduled', 'running', 'paused'],
};

export function makeBroadcasts(deps: {
  db: Database;
  clock: Clock;
  desk: Desk;
  lanes: Pick<Lanes, 'hold'>;
  log: (line: object) => void;
}): Broadcasts {
  const { db, clock, desk, log } = deps;
  let callOff: CallOff | undefined;
  let notBefore = 0;

  const begin = async (due: Broadcast): Promise<void> => {
    const people = await readAudience(db, due.audience, due.ads);
    await db.broadcasts.updateOne(
      { _id: due._id, status: 'scheduled' },
      { $set: { status: 'running', people, next: 0 } },
    );
  };

  const give = async ({ _id: broadcast, text, ads }: Broadcast, people: string[]): Promise<void> => {
    for (const person of people) {
      const event = { id: `broadcast:${broadcast}:${person}`, type: 'broadcastDue' as const };
      await desk.perform(person, { ...event, broadcast, text, ads });
    }
  };

  const waits = async (broadcast: string): Promise<number> =>
    db.ledger.countDocuments({ broadcast, status: { $in: ['pending', 'sending'] } }, { limit: ahead });

  /** Everybody was taken: whoever got no row is given it again, which changes nothing for those who may not be written to. */
  const finish = async (broadcast: Broadcast): Promise<void> => {
    const { _id, people = [] } = broadcast;
    for (let at = 0; at < people.length; at += 500) {
      const some = people.slice(at, at + 500);
      const ids = some.map((person) => `broadcast:${_id}:${person}`);
      const there = await db.ledger.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray();
      const known = new Set(there.map((row) => row._id));
      await give(
        broadcast,
        some.filter((_, index) => !known.has(ids[index] ?? '')),
      );
    }
    await db.broadcasts.updateOne(
      { _id, status: 'running' },
      { $set: { status: 'done', endedAt: clock.now() } },
    );
  };

  const handOver = async (broadcast: Broadcast): Promise<void> => {
    const { _id, people = [] } = broadcast;
    for (let waiting = await waits(_id); waiting + handful <= ahead; waiting += handful) {
      const before = await db.broadcasts.findOneAndUpdate(
        { _id, status: 'running', next: { $lt: people.length } },
        { $inc: { next: handful } },
        { returnDocument: 'before' },
      );
      if (!before) break;
      const next = before.next ?? 0;
      await give(before, people.slice(next, next + handful));
    }
    const now = await db.broadcasts.findOne({ _id, status: 'running' });
    if (now && (now.next ?? 0) >= people.length) await finish(now);
  };

  const tick = async (): Promise<void> => {
    const due = await db.broadcasts.find({ status: 'scheduled', at: { $lte: clock.now() } }).toArray();
    for (const one of due) await begin(one);
    for (const one of await db.broadcasts.find({ status: 'running' }).toArray()) await handOver(one);
  };

  const turnOfOurs = async (): Promise<void> => {
    if (clock.real() < notBefore) return;
    if (await deps.lanes.hold('broadcasts')) return tick();
    notBefore = clock.real() + askAgain;
  };

  return {
    tick,
    start: () => {
      callOff = oneAtATime(clock, every, turnOfOurs, (error) =>
        log({ level: 'error', broadcasts: String(error) }),
      );
    },
    stop: () => callOff?.(),
    schedule: async (_id, at) => {
      const set = { $set: { status: 'scheduled' as const, at } };
      const { matchedCount } = await db.broadcasts.updateOne({ _id, status: 'draft' }, set);
      return matchedCount > 0;
    },
    turn: async (_id, status) => {
      const ended = status === 'stopped' ? { endedAt: clock.now() } : {};
      const { matchedCount } = await db.broadcasts.updateOne(
        { _id, status: { $in: from[status] } },
        { $set: { status, ...ended } },
      );
      return matchedCount > 0;
    },
  };
}
