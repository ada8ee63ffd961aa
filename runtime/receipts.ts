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

  const find = async (channel: ChannelId, messageId: string): Promise<string | undefined> => {
    for (const pause of [0, ...pauses]) {
      if (pause > 0) await clock.sleep(pause);
      const row = await untilReached(clock, () =>
        db.ledger.findOne({ 'via.channel': channel, messageId }, { projection: { _id: 1 } }),
      );
      if (row) return row._id;
    }
    return undefined;
  };

  return async ({ channel, messageId, state, at, error, again }) => {
    const id = await find(channel, messageId);
    if (id === undefined) return;
    if (state === 'failed') return gaveUp(id, messageId, error ?? 'not delivered', again === true);
    const first = { _id: id, messageId, [state]: { $exists: false } };
    await untilReached(clock, () => db.ledger.updateOne(first, { $set: { [state]: at } }));
  };
}
