import type { Database } from '../models/database.ts';
import { isDuplicate } from '../models/databaseErrors.ts';
import type { Clock } from './clock.ts';

/** Who works a lane. One process at a time holds it; another leaves its events waiting for the holder. */
export interface Lanes {
  /** True when the lane is ours for a while. */
  hold(lane: string): Promise<boolean>;
  /** The only product process on this database: whatever a dead one held is free. */
  clear(): Promise<void>;
  /** Forget the lanes nobody has worked for a minute: their names are chats. */
  sweep(): Promise<void>;
}

/** How long a lane is ours after it was last worked, in milliseconds of the machine's clock. */
const lease = 6_000;
/** How long an idle lane is remembered, in milliseconds: no holder believes in it by then. */
const idle = 60_000;

/**
 * Leases on lanes. `alone` (the embedded database, whose folder has one product) needs none: order within the
 * process is kept by its queues, and there is nobody else.
 */
export function makeLanes(db: Database, clock: Clock, owner: string, alone: boolean): Lanes {
  const held = new Map<string, number>();
  let last = 0;
  return {
    clear: async () => {
      if (alone) await db.lanes.deleteMany({});
    },
    sweep: async () => {
      if (!alone) await db.lanes.deleteMany({ until: { $lt: clock.real() - idle } });
    },
    hold: async (lane) => {
      if (alone) return true;
      const now = clock.real();
      // The machine's clock went back: leases that ran out an hour ago would look good again.
      if (now < last) held.clear();
      last = now;
      if ((held.get(lane) ?? 0) > now + lease / 2) return true;
      try {
        await db.lanes.updateOne(
          { _id: lane, $or: [{ owner }, { until: { $lt: now } }] },
          { $set: { owner, until: now + lease }, $inc: { token: 1 } },
          { upsert: true },
        );
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        held.delete(lane);
        return false;
      }
      if (held.size > 10_000) held.clear();
      held.set(lane, now + lease);
      return true;
    },
  };
}
