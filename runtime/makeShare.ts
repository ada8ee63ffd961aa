import type { Database } from '../models/database.ts';
import type { CallOff, Clock } from './clock.ts';

/** Which part of a limit that all processes share is this one's: `index` of `of`. */
export interface Share {
  now(): { index: number; of: number };
  /** Ends when the others have made room. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** How often a process says that it is there, and how long it counts after it fell silent, in milliseconds. */
const every = 500;
const lease = 3_000;
/** What the others sent before they made room counts for a second more. */
const settled = 2 * every + 1_000;

/**
 * The processes of one product split a channel's limit evenly among them. Each says twice a second that it is there;
 * whoever comes takes no part before all the others know. Without the database each keeps what it had.
 */
export function makeShare({
  db,
  clock,
  owner,
  log,
}: {
  db: Pick<Database, 'processes'>;
  clock: Clock;
  owner: string;
  log: (line: object) => void;
}): Share {
  let part = { index: 0, of: 1 };
  let callOff: CallOff | undefined;

  const look = async (): Promise<void> => {
    const now = clock.real();
    await db.processes.updateOne({ _id: owner }, { $set: { until: now + lease } }, { upsert: true });
    const there = await db.processes.find().toArray();
    const alive = there.filter(({ until }) => until > now).map(({ _id }) => _id);
    part = { index: Math.max(alive.sort().indexOf(owner), 0), of: Math.max(alive.length, 1) };
    const gone = there.filter(({ until }) => until < now - lease).map(({ _id }) => _id);
    if (gone.length > 0) await db.processes.deleteMany({ _id: { $in: gone } });
  };

  return {
    now: () => part,
    start: async () => {
      await look();
      callOff = clock.every(every, () => {
        look().catch((error: unknown) => log({ level: 'warn', share: String(error) }));
      });
      if (part.of > 1) await clock.sleep(settled);
    },
    stop: async () => {
      callOff?.();
      await db.processes.deleteOne({ _id: owner }).catch(() => undefined);
    },
  };
}
