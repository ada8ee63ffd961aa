import type { Message } from '../flows/effect.ts';
import type { Database } from '../models/database.ts';
import type { LedgerRow } from '../models/rows.ts';
import type { Clock } from './clock.ts';
import { insertRows } from './insertRows.ts';

/**
 * Tell members something that concerns no candidate; each of them once per `key`.
 *
 * @param place one message of each that is edited in place by whatever is told there later
 */
export type Tell = (
  key: string,
  members: readonly string[],
  message: Message,
  place?: string,
) => Promise<void>;

export function makeTell(deps: {
  db: Pick<Database, 'ledger'>;
  clock: Clock;
  outbox: { deliver(row: LedgerRow): void };
}): Tell {
  const { db, clock, outbox } = deps;
  return async (key, members, message, place) => {
    const rows = [...new Set(members)].map((member): LedgerRow => ({
      _id: `${key}:${member}`,
      kind: 'out',
      at: clock.now(),
      to: { member },
      message,
      status: 'pending',
      prompt: true,
      ...(place && { place: `${place}:${member}` }),
    }));
    const fresh = await insertRows(db, clock, rows);
    for (const row of rows) if (fresh.has(row._id)) outbox.deliver(row);
  };
}
