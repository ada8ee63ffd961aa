import type { Database } from '../models/database.ts';
import type { CallOff, Clock } from './clock.ts';

/** Which part of a limit that all processes share is this one's: `index` of `of`. */
export interface Share {
  /** Before the others have made room: none of it, one of infinitely many. */
  now(): { index: number; of: number };
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** How often a process says that it is there, and how long it counts after it fell silent, in milliseconds. */
const every = 500;
const lease = 3_000;
const none = { index: Infinity, of: Infinity };

/** How long the others need to make room: what they sent before that counts for a second more. */
const settled = 2 * every + 1_000;

/**
 * The processes of one product split a channel's limit evenly among them. Each says twice a second that it is there;
 * whoever comes takes no part before all the others know, and does everything but sending meanwhile. Without the database each keeps what it had.
 */
export function makeShare({
  db,
  clock,
  owner,
  log,
}: {
  db: Pick<Database, 'processes'>;
  clock: Pick<Clock, 'real' | 'after' | 'every'>;
  owner: string;
  log: (line: object) => void;
}): Share {
  let part = none;
  let room = false;
  let looking: Promise<void> = Promise.resolve();
  const callOff: CallOff[] = [];

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
    now: () => (room ? part : none),
    start: async () => {
      await look();
      room = part.of === 1;
      if (!room) callOff.push(clock.after(settled, () => (room = true)));
      callOff.push(
        clock.every(every, () => {
          looking = look().catch((error: unknown) => log({ level: 'warn', share: String(error) }));
        }),
      );
    },
    stop: async () => {
      for (const stop of callOff) stop();
      // Or it would say once more that we are there.
      await looking;
      await db.processes.deleteOne({ _id: owner }).catch(() => undefined);
    },
  };
}
