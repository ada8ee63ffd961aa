import type { ChannelId } from '../flows/channels.ts';
import type { Event } from '../flows/event.ts';
import type { Database } from '../models/database.ts';
import { insertNew, isOutOfReach } from '../models/databaseErrors.ts';
import type { InboxRow } from '../models/rows.ts';
import { batch } from './batch.ts';
import type { Clock } from './clock.ts';
import type { Lanes } from './lanes.ts';
import { makeQueues } from './queues.ts';
import { pauseAfter, untilReached } from './untilReached.ts';

/**
 * What comes in: an update of a channel (its lane is the chat), or an event that names its candidate.
 * `number`: its place in the lane, where the channel counts; else the time of the process that took it in is one.
 */
export type Incoming =
  | { id: string; lane: string; number?: number; channel: ChannelId; update: unknown }
  | { id: string; candidate: string; event: Event };

/** Ends when what came stands durably somewhere, and its sender may be answered; the work follows by itself. */
export type Receive = (items: Incoming[]) => Promise<void>;

/** How the work on something that came says where it stands. */
export interface Hold {
  /** Keep it in the inbox before anything is done about it. False: it was there before, and nothing is to be done. */
  keep(): Promise<boolean>;
  /** It stands in what it changed: its sender may be answered, and the inbox need not have it. */
  stands(): void;
}

export interface Inbox {
  receive: Receive;
  /** Store what came of a decision about somebody else; ends when it is stored, and never waits for its work. */
  defer: Receive;
  /** Take up what is waiting and nobody works on: at each start and every second. */
  recover(): Promise<void>;
  /** These were worked on; for whoever looks in the inbox for them later, and should they come again. */
  note(ids: string[], lane: string): Promise<void>;
  size(): number;
  /** Take in no more; ends when what is under way is done. */
  stop(): Promise<void>;
}

/** How long something new may wait for its lane before it is stored, in milliseconds. */
const patience = 20;
/** How many that wait are taken up at once. */
const most = 1_000;
/** Attempts before an event that throws is set aside as failed. */
const attempts = 5;

/**
 * Store first, then answer the sender, then work: that is how everything is taken in when several processes share
 * the work. `alone`, in one process with nobody beside it, something new for a lane at rest is worked at once, and
 * stands either in what it changed (which knows its id) or here, before its sender is answered: half the writes.
 */
export function makeInbox(deps: {
  db: Database;
  clock: Clock;
  lanes: Lanes;
  alone: boolean;
  work: (row: InboxRow, hold: Hold) => Promise<void>;
  log: (line: object) => void;
}): Inbox {
  const { db, clock, lanes, alone, work, log } = deps;
  const queues = makeQueues();
  /** What is being worked on, and when it stands. */
  const known = new Map<string, Promise<void>>();
  /** By lane, how what stands nowhere yet is kept, in its order. */
  const nowhere = new Map<string, Set<() => Promise<boolean>>>();
  let last = 0;
  let stopped = false;
  /** Something may wait that nobody works on. */
  let left = true;
  const done = batch<string>(clock, async (ids) => {
    const end = { $set: { status: 'done' as const, lane: '' }, $unset: { body: 1 as const } };
    await untilReached(clock, () => db.inbox.updateMany({ _id: { $in: ids } }, end));
  });
  // Given up, a row would be overtaken by those behind it in its lane: it comes again after them.
  const insert = batch<InboxRow, boolean>(clock, (rows) =>
    untilReached(clock, async (again) => {
      const fresh = await insertNew(db.inbox, rows);
      const there = again ? rows.map(({ _id }) => _id).filter((id) => !fresh.has(id)) : [];
      // Stored by the attempt whose answer was lost: new all the same.
      if (there.length > 0)
        for (const { _id } of await db.inbox.find({ _id: { $in: there }, status: 'waiting' }).toArray())
          fresh.add(_id);
      return rows.map(({ _id }) => fresh.has(_id));
    }),
  );
  const complain = (row: InboxRow, error: unknown, more: object = {}): void => {
    left = true;
    log({
      level: 'error',
      event: row._id,
      ...more,
      error: error instanceof Error ? error.stack : String(error),
    });
  };

  const run = (row: InboxRow, stands: Promise<void>, work: () => Promise<void>): void => {
    known.set(row._id, stands);
    queues
      .run(row.lane, work)
      .catch((error: unknown) => complain(row, error))
      .finally(() => known.delete(row._id));
  };

  /** Work on a row that stands in the inbox. */
  const handle = async (row: InboxRow): Promise<void> => {
    if (stopped || !(await untilReached(clock, () => lanes.hold(row.lane)))) return;
    if (alone) return workOn(row);
    for (const one of await upTo(row)) await workOn(one);
  };

  /**
   * What waits in a lane up to a row. What another process took in for it while it was ours waits for us and comes
   * first, even when it is queued here behind this one; and the row itself may have been worked in such a turn.
   */
  const upTo = ({ lane, seq }: InboxRow): Promise<InboxRow[]> =>
    untilReached(clock, () =>
      db.inbox
        .find({ status: 'waiting', lane, seq: { $lte: seq } })
        .sort({ seq: 1 })
        .toArray(),
    );

  const workOn = async (row: InboxRow): Promise<void> => {
    for (let tries = 1; !stopped; tries += 1) {
      try {
        await work(row, { keep: () => Promise.resolve(true), stands: () => undefined });
        return await done(row._id);
      } catch (error) {
        const away = isOutOfReach(error);
        complain(row, error, { tries });
        if (!away && tries >= attempts) {
          await db.inbox.updateOne(
            { _id: row._id },
            { $set: { status: 'failed', error: String(error).slice(0, 500) } },
          );
          return;
        }
        await clock.sleep(away ? pauseAfter(tries) : 50 * 2 ** tries);
      }
    }
  };

  /** Work on something that stands nowhere yet; ends as soon as it does. */
  const direct = (row: InboxRow): Promise<void> => {
    let keeping: Promise<boolean> | undefined;
    const { promise: standing, resolve, reject } = Promise.withResolvers<undefined>();
    const stands = (): void => resolve(undefined);
    const keep = (): Promise<boolean> => {
      keeping ??= insert(row);
      keeping.then(() => stands(), reject);
      return keeping;
    };
    // Marked before it is kept, it would wait there afterwards.
    const markKept = async (): Promise<void> => {
      if (keeping) await keeping.then(() => done(row._id));
    };
    const lane = nowhere.get(row.lane) ?? new Set();
    nowhere.set(row.lane, lane.add(keep));
    const leave = (): void => {
      lane.delete(keep);
      if (lane.size === 0 && nowhere.get(row.lane) === lane) nowhere.delete(row.lane);
    };
    standing.then(leave, leave);
    // Behind something slow in its lane it waits in the inbox, so that its sender need not; and so does what is before
    // it, or after a crash it would be worked before that comes again.
    const keepInOrder = (): void => {
      for (const one of [...lane]) {
        void one();
        if (one === keep) return;
      }
    };
    const callOff = queues.busy(row.lane) ? clock.after(patience, keepInOrder) : undefined;
    run(row, standing, async () => {
      callOff?.();
      if (stopped) return void (await keep());
      if (keeping) return (await keeping) ? handle(row) : undefined;
      try {
        await work(row, { keep, stands });
        await markKept();
      } catch (error) {
        complain(row, error);
        if (await keep()) await handle(row);
      }
      stands();
    });
    return standing;
  };

  const take = (row: InboxRow): Promise<void> => {
    const before = known.get(row._id);
    return before ?? (alone ? direct(row) : keep(row));
  };

  const keep = (row: InboxRow): Promise<void> => {
    const inserting = insert(row);
    const standing = inserting.then(() => undefined);
    run(row, standing, async () => ((await inserting) ? handle(row) : undefined));
    return standing;
  };

  const toRow = (item: Incoming): InboxRow => {
    if ('lane' in item) {
      const { id, lane, number, channel, update } = item;
      return { ...rowOf(id, lane, number), status: 'waiting', body: { source: channel, update } };
    }
    const { id, candidate, event } = item;
    return { ...rowOf(id, `c:${candidate}`), status: 'waiting', body: { source: 'event', candidate, event } };
  };

  const rowOf = (_id: string, lane: string, number?: number): Omit<InboxRow, 'status'> => {
    const now = clock.real();
    return { _id, lane, seq: number ?? next(now), attempts: 0, at: new Date(now) };
  };
  // A thousand to the millisecond: more would not fit a double. Never back, even when the machine's clock goes back.
  const next = (now: number): number => (last = Math.max(last + 1, now * 1_000));

  return {
    receive: async (items) => {
      await Promise.all(items.map((item) => take(toRow(item))));
    },
    defer: async (items) => {
      await Promise.all(items.map(toRow).map((row) => known.get(row._id) ?? keep(row)));
    },
    note: async (ids, lane) => {
      await Promise.all(ids.map((id) => insert({ ...rowOf(id, lane), status: 'done' })));
    },
    recover: async () => {
      // Nobody else takes anything in, and nothing has gone wrong.
      if (alone && !left) return;
      const rows = await db.inbox.find({ status: 'waiting' }).sort({ seq: 1 }).limit(most).toArray();
      left = rows.length === most;
      for (const row of rows) {
        last = Math.max(last, row.seq);
        if (!known.has(row._id) && !stopped) run(row, Promise.resolve(), () => handle(row));
      }
    },
    size: () => known.size,
    stop: async () => {
      stopped = true;
      const until = clock.real() + 5_000;
      while (queues.size() > 0 && clock.real() < until) await clock.sleep(10);
    },
  };
}
