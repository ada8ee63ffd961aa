import type { Event } from '../flows/event.ts';
import type { Database } from '../models/database.ts';
import { insertNew, isOutOfReach } from '../models/databaseErrors.ts';
import type { InboxRow } from '../models/rows.ts';
import { batch } from './batch.ts';
import type { Clock } from './clock.ts';
import type { Lanes } from './lanes.ts';
import { makeQueues } from './queues.ts';

/** What comes in: an update of Telegram (its lane is the chat), or an event that names its candidate. */
export type Incoming =
  { id: string; lane: string; update: unknown } | { id: string; candidate: string; event: Event };

/** Store first, then answer the sender; the work follows by itself. What was stored before is passed over. */
export type Receive = (items: Incoming[]) => Promise<void>;

export interface Inbox {
  receive: Receive;
  /** Take up what is waiting and nobody works on: at each start and every second. */
  recover(): Promise<void>;
  size(): number;
  /** Take in no more; ends when what is under way is done. */
  stop(): Promise<void>;
}

/** Attempts before an event that throws is set aside as failed. */
const attempts = 5;

export function makeInbox(deps: {
  db: Database;
  clock: Clock;
  lanes: Lanes;
  work: (row: InboxRow) => Promise<void>;
  log: (line: object) => void;
}): Inbox {
  const { db, clock, lanes, work, log } = deps;
  const queues = makeQueues();
  const known = new Set<string>();
  let counter = 0;
  let stopped = false;
  const done = batch<string>(clock, async (ids) => {
    await db.inbox.updateMany({ _id: { $in: ids } }, { $set: { status: 'done' }, $unset: { body: 1 } });
  });

  const enqueue = (row: InboxRow): void => {
    if (known.has(row._id) || stopped) return;
    known.add(row._id);
    queues
      .run(row.lane, () => handle(row))
      .catch((error: unknown) => log({ level: 'error', event: row._id, error: String(error) }))
      .finally(() => known.delete(row._id));
  };

  const handle = async (row: InboxRow): Promise<void> => {
    if (stopped || !(await lanes.hold(row.lane))) return;
    for (let tries = 1; !stopped; tries += 1) {
      try {
        await work(row);
        return await done(row._id);
      } catch (error) {
        const again = isOutOfReach(error) || tries < attempts;
        log({
          level: 'error',
          event: row._id,
          tries,
          error: error instanceof Error ? error.stack : String(error),
        });
        if (!again) {
          await db.inbox.updateOne(
            { _id: row._id },
            { $set: { status: 'failed', error: String(error).slice(0, 500) } },
          );
          return;
        }
        await clock.sleep(Math.min(50 * 2 ** tries, 2_000));
      }
    }
  };

  return {
    receive: async (items) => {
      const rows = items.map((item): InboxRow => {
        counter = (counter + 1) % 1_000_000;
        return {
          _id: item.id,
          lane: 'lane' in item ? item.lane : `c:${item.candidate}`,
          seq: clock.real() * 1_000_000 + counter,
          status: 'waiting',
          attempts: 0,
          at: new Date(clock.real()),
          body:
            'lane' in item
              ? { source: 'telegram', update: item.update }
              : { source: 'event', candidate: item.candidate, event: item.event },
        };
      });
      const fresh = await insertNew(db.inbox, rows);
      for (const row of rows) if (fresh.has(row._id)) enqueue(row);
    },
    recover: async () => {
      const rows = await db.inbox.find({ status: 'waiting' }).sort({ seq: 1 }).limit(1_000).toArray();
      for (const row of rows) enqueue(row);
    },
    size: () => known.size,
    stop: async () => {
      stopped = true;
      const until = clock.real() + 5_000;
      while (queues.size() > 0 && clock.real() < until) await clock.sleep(10);
    },
  };
}
