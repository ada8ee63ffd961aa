import type { Schedule } from '../flows/effect.ts';
import type { Database } from '../models/database.ts';
import { isDuplicate } from '../models/databaseErrors.ts';
import type { TimerRow } from '../models/rows.ts';
import type { Clock } from './clock.ts';
import type { Receive } from './makeInbox.ts';

/** What wakes an alarm at its time: Agenda in the product. It may ring early, late or twice; `fire` checks. */
export interface Bell {
  /** @param real the machine's time, in milliseconds of UTC */
  ring(key: string, real: number): Promise<void>;
}

/** The alarms: the `timers` collection is the memory, the bell only wakes. */
export interface Alarms {
  set(
    effect: Pick<Schedule, 'key' | 'due'> & { timer: TimerRow['timer'] },
    candidate: string,
    by: string,
  ): Promise<void>;
  cancel(key: string): Promise<void>;
  /** The bell rang for a key. Early: it is set again. Not armed any more: nothing. */
  fire(key: string): Promise<void>;
  /** Wake what nobody woke: at each start, every half minute, and when the clock was moved. */
  reconcile(): Promise<number>;
  /** After the clock was moved: every armed alarm at its new time of the machine. */
  rearm(): Promise<void>;
  due(limit: number): Promise<TimerRow[]>;
}

export function makeAlarms(deps: {
  db: Database;
  clock: Clock;
  bell: Bell;
  receive: Receive;
  deliver: (message: string) => Promise<void>;
  log: (line: object) => void;
}): Alarms {
  const { db, clock, bell, receive, deliver } = deps;
  const ring = (key: string, due: number) => bell.ring(key, due - clock.offset());

  const wake = async (row: TimerRow): Promise<void> => {
    const { _id: key, candidate, timer, version } = row;
    if (timer.kind === 'deliver') await deliver(timer.message);
    else {
      const id = `timer:${key}:${version}`;
      await receive([{ id, candidate, event: { id, type: 'timerDue', timer } }]);
    }
    // Only now: a crash before this wakes the alarm again, and its event is known by its id.
    await db.timers.updateOne({ _id: key, version, status: 'armed' }, { $set: { status: 'fired' } });
  };

  return {
    set: async ({ key, due, timer }, candidate, by) => {
      try {
        await db.timers.updateOne(
          { _id: key, by: { $ne: by } },
          { $set: { candidate, due, timer, status: 'armed', by }, $inc: { version: 1 } },
          { upsert: true },
        );
      } catch (error) {
        // Set by this very event before: publishing is repeated after a crash.
        if (!isDuplicate(error)) throw error;
      }
      await ring(key, due);
    },
    cancel: async (key) => {
      await db.timers.updateOne({ _id: key, status: 'armed' }, { $set: { status: 'cancelled' } });
    },
    fire: async (key) => {
      const row = await db.timers.findOne({ _id: key, status: 'armed' });
      if (!row) return;
      if (row.due > clock.now()) return ring(key, row.due);
      await wake(row);
    },
    reconcile: async () => {
      const rows = await db.timers
        .find({ status: 'armed', due: { $lte: clock.now() } })
        .sort({ due: 1 })
        .limit(500)
        .toArray();
      for (const row of rows) await wake(row);
      return rows.length;
    },
    rearm: async () => {
      const rows = await db.timers.find({ status: 'armed' }).sort({ due: 1 }).limit(5_000).toArray();
      for (const row of rows) await ring(row._id, row.due);
    },
    due: (limit) => db.timers.find({ status: 'armed' }).sort({ due: 1 }).limit(limit).toArray(),
  };
}
