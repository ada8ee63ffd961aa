import type { Schedule } from '../flows/effect.ts';
import type { Database } from '../models/database.ts';
import { isDuplicate, isOutOfReach } from '../models/databaseErrors.ts';
import type { TimerRow } from '../models/rows.ts';
import { batch } from './batch.ts';
import type { CallOff, Clock } from './clock.ts';
import { makeNearest } from './nearest.ts';
import { pauseAfter, untilReached } from './untilReached.ts';

/** What wakes an alarm that this process did not wake itself: Agenda. It may ring late or twice; `fire` checks. */
export interface Bell {
  /** @param real the machine's time, in milliseconds of UTC */
  ring(key: string, real: number): Promise<void>;
  /** They were woken: the bell need not. A bell without it rings once more, without effect. */
  silence?(keys: string[]): Promise<void>;
}

/** What a decision orders of an alarm. */
export type AlarmOrder =
  (Pick<Schedule, 'key' | 'due'> & { timer: TimerRow['timer'] }) | { key: string; due?: undefined };

/**
 * The alarms: the `timers` collection is the memory. Those of the next minutes stand in a heap of this process and
 * are woken to the millisecond; the bell behind it and the reconciler wake what a crash left.
 */
export interface Alarms {
  /**
   * Set (an order with `due`) or cancel, many by one write. The same event again changes nothing.
   *
   * @param decision the version of the candidate it was decided at: what a later one ordered is not undone by an
   *   earlier one that another process is still carrying out
   */
  order(orders: AlarmOrder[], candidate: string, by: string, decision?: number): Promise<void>;
  /** The bell rang for a key. Early: it is set again. Not armed any more: nothing. */
  fire(key: string): Promise<void>;
  /** Wake what nobody woke, and look at what is next: at each start, and when the clock was moved. */
  reconcile(): Promise<number>;
  /** The same every half minute, when there can be any. */
  patrol(): Promise<void>;
  /** After the clock was moved: every armed alarm at its new time of the machine. */
  rearm(): Promise<void>;
  due(limit: number): Promise<TimerRow[]>;
  /** Alarms being woken now. */
  size(): number;
  stop(): void;
}

/** How far ahead alarms are held in memory, and how many at once: both are looked at again every half minute. */
const horizon = 90_000;
const most = 2_000;
/** And how far by a process that is alone with them, which looks again when the last minute of it has begun. */
const horizonAlone = 600_000;
/**
 * How soon an alarm whose waking failed is tried again, in milliseconds. When the database was away, sooner: this is how
 * late it is when that is back.
 */
const soon = 250;
/** How much later than the alarm its bell rings: by then it was woken, or this process is in trouble. */
const grace = 3_000;

export function makeAlarms(deps: {
  db: Database;
  clock: Clock;
  bell: Bell;
  /** Woken: see that its event is decided, durably. Safe to repeat. */
  wake: (row: TimerRow) => Promise<void>;
  /** The only product on this database: nobody else sets alarms, or leaves them. */
  alone: boolean;
  log: (line: object) => void;
}): Alarms {
  const { db, clock, bell, log } = deps;
  const nearest = makeNearest<TimerRow>();
  /** What is due by then stands in the heap. */
  let seenUntil = 0;
  let nap: { at: number; offset: number; callOff: CallOff } | undefined;
  let waking = 0;
  let stopped = false;
  const ahead = deps.alone ? horizonAlone : horizon;
  /** An alarm may be due that nobody wakes. */
  let left = true;

  const background = (work: Promise<unknown>): void =>
    void work.catch((error: unknown) => {
      left = true;
      log({ level: 'error', alarms: String(error) });
    });
  const ring = (key: string, due: number) => bell.ring(key, due - clock.offset() + grace);

  const sleep = (): void => {
    const next = nearest.next();
    if (nap?.at === next && nap?.offset === clock.offset()) return;
    nap?.callOff();
    nap = undefined;
    if (next === undefined || stopped) return;
    const callOff = clock.after(Math.max(next - clock.now(), 0), () => {
      nap = undefined;
      background(wakeAll(nearest.take(clock.now())));
      if (nearest.size() < most / 2 && seenUntil < clock.now() + horizon / 3) background(look());
      sleep();
    });
    nap = { at: next, offset: clock.offset(), callOff };
  };

  const hold = (row: TimerRow): void => {
    if (row.due > seenUntil) return nearest.drop(row._id);
    nearest.put(row._id, row.due, row);
    sleep();
  };

  const wakeAll = async (rows: TimerRow[]): Promise<void> => {
    if (rows.length === 0) return;
    waking += rows.length;
    for (const { _id } of rows) nearest.drop(_id);
    try {
      const ends = await Promise.allSettled(rows.map((row) => deps.wake(row).then(() => woken(row))));
      for (const [index, end] of ends.entries()) {
        if (end.status === 'fulfilled') continue;
        log({ level: 'error', alarm: String(end.reason) });
        const row = rows[index];
        // Rather soon than at the next look, half a minute from now.
        const pause = isOutOfReach(end.reason) ? pauseAfter(1) : soon;
        if (row && !stopped) clock.after(pause, () => background(wakeAgain(row)));
      }
    } finally {
      waking -= rows.length;
    }
  };

  const wakeAgain = async ({ _id, version }: TimerRow): Promise<void> => {
    const row = await untilReached(clock, () => db.timers.findOne({ _id, version, status: 'armed' }));
    if (!row || stopped) return;
    if (row.due <= clock.now()) await wakeAll([row]);
    // The machine's clock went back.
    else hold(row);
  };

  // Only now: a crash before this wakes the alarm again, and its event is known by its id.
  const woken = batch<TimerRow>(clock, async (rows) => {
    await db.timers.bulkWrite(
      rows.map(({ _id, version }) => ({
        updateOne: { filter: { _id, version, status: 'armed' }, update: { $set: { status: 'fired' } } },
      })),
      { ordered: false },
    );
    if (bell.silence) background(bell.silence(rows.map(({ _id }) => _id)));
  });

  const write = batch<Ordered>(clock, async (list) => {
    try {
      await db.timers.bulkWrite(list.map(toWrite), { ordered: false });
    } catch (error) {
      // Set by this very event before, or by a later one: publishing is repeated after a crash.
      if (!isDuplicate(error)) throw error;
    }
  });

  /** They stand in the database; what follows only makes them ring in time. What is far, a look finds when it is near. */
  const noted = async (orders: (AlarmOrder & { due: number })[]): Promise<void> => {
    const near = orders.filter(({ key, due }) => due <= seenUntil || nearest.has(key));
    const far = orders.filter((order) => !near.includes(order));
    await Promise.all(far.map(({ key, due }) => ring(key, due)));
    if (near.length === 0) return;
    const set = { _id: { $in: near.map(({ key }) => key) }, status: 'armed' as const };
    const rows = await untilReached(clock, () => db.timers.find(set).toArray());
    for (const row of rows) hold(row);
    await Promise.all(rows.map((row) => ring(row._id, row.due)));
  };

  const look = async (): Promise<number> => {
    const now = clock.now();
    const rows = await db.timers
      .find({ status: 'armed', due: { $lte: now + ahead } })
      .sort({ due: 1 })
      .limit(most)
      .toArray();
    seenUntil = Math.max(seenUntil, rows.length < most ? now + ahead : (rows.at(-1)?.due ?? 0));
    left = false;
    const late = rows.filter(({ due }) => due <= now);
    for (const row of rows) if (row.due > now) hold(row);
    sleep();
    await wakeAll(late);
    return late.length;
  };

  return {
    order: async (orders, candidate, by, decision) => {
      const last = [...new Map(orders.map((order) => [order.key, order])).values()];
      if (last.length === 0) return;
      await Promise.all(last.map((order) => write({ order, candidate, by, decision })));
      for (const order of last) if (order.due === undefined) nearest.drop(order.key);
      const set = last.filter((order) => order.due !== undefined);
      if (set.length > 0) background(noted(set));
    },
    fire: async (key) => {
      const row = await db.timers.findOne({ _id: key, status: 'armed' });
      if (!row) return;
      if (row.due > clock.now()) return ring(key, row.due);
      await wakeAll([row]);
    },
    reconcile: look,
    patrol: async () => {
      if (!deps.alone || left || seenUntil < clock.now() + horizon) await look();
    },
    rearm: async () => {
      const rows = await db.timers.find({ status: 'armed' }).sort({ due: 1 }).limit(5_000).toArray();
      for (const row of rows) await ring(row._id, row.due);
      sleep();
    },
    due: (limit) => db.timers.find({ status: 'armed' }).sort({ due: 1 }).limit(limit).toArray(),
    size: () => waking,
    stop: () => {
      stopped = true;
      nap?.callOff();
    },
  };
}

interface Ordered {
  order: AlarmOrder;
  candidate: string;
  by: string;
  decision: number | undefined;
}

function toWrite({ order, candidate, by, decision }: Ordered) {
  const { key } = order;
  // A joined card's alarms go on with the versions of the card it was joined to.
  const earlier =
    decision === undefined
      ? {}
      : {
          $or: [
            { candidate: { $ne: candidate } },
            { decision: { $exists: false } },
            { decision: { $lte: decision } },
          ],
        };
  if (order.due === undefined)
    return {
      updateOne: { filter: { _id: key, status: 'armed' as const, ...earlier }, update: cancelled },
    };
  const { due, timer } = order;
  const set = { candidate, timer, status: 'armed' as const, by, ...(decision !== undefined && { decision }) };
  return {
    updateOne: {
      filter: { _id: key, by: { $ne: by }, ...earlier },
      update: { $set: { due, ...set }, $inc: { version: 1 } },
      upsert: true,
    },
  };
}

const cancelled = { $set: { status: 'cancelled' as const } };
