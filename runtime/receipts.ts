import type { ChannelId } from '../flows/channels.ts';
import type { Database } from '../models/database.ts';
import type { Clock } from './clock.ts';
import { untilReached } from './untilReached.ts';

/** What a channel says of a message that it took. */
export interface Receipt {
  channel: ChannelId;
  messageId: string;
  state: 'delivered' | 'read' | 'failed';
  /** Milliseconds of UTC. */
  at: number;
  error?: string;
  /** It failed for a reason that is gone by now: it goes the same way again. */
  again?: boolean;
}

/**
 * Receipts come in any order, more than once, and before the ledger knows what the message is called: it is looked for
 * a while. Those of messages that are not ours are passed over.
 */
export type Receipts = (receipt: Receipt) => Promise<void>;

/** Pauses between the looks for a message, in milliseconds. */
const pauses = [20, 50, 100, 200, 400, 800, 1_600];

export function makeReceipts(deps: {
  db: Pick<Database, 'ledger'>;
  clock: Pick<Clock, 'sleep'>;
  /** The channel gave it up: it goes the next way. */
  gaveUp: (id: string, messageId: string, error: string, again: boolean) => Promise<void>;
}): Receipts {
  const { db, clock, gaveUp } = deps;

  /** Look for the message, and once more after each pause. */
  const find = async (look: () => Promise<{ _id: string } | null>): Promise<string | undefined> => {
    for (const pause of [0, ...pauses]) {
      if (pause > 0) await clock.sleep(pause);
      const row = await untilReached(clock, look);
      if (row) return row._id;
    }
    return undefined;
  };

  return async ({ channel, messageId, state, at, error, again }) => {
    const only = { projection: { _id: 1 } } as const;
    const message = { 'via.channel': channel, messageId };
    if (state === 'failed') {
      const id = await find(() => db.ledger.findOne(message, only));
      if (id !== undefined) await gaveUp(id, messageId, error ?? 'not delivered', again === true);
      return;
    }
    const first = { ...message, [state]: { $exists: false } };
    const told = { ...message, [state]: { $exists: true } };
    // Nearly each comes once, of a message that is there: found and marked by one question. One that is named between the
    // two is not marked yet, and looked for again.
    await find(
      async () =>
        (await db.ledger.findOneAndUpdate(first, { $set: { [state]: at } }, only)) ??
        (await db.ledger.findOne(told, only)),
    );
  };
}
