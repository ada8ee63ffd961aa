import type { Message } from '../flows/effect.ts';
import type { Database } from '../models/database.ts';
import { insertNew } from '../models/databaseErrors.ts';
import type { LedgerRow } from '../models/rows.ts';
import type { Clock } from './clock.ts';
import type { FactReader } from './readFacts.ts';
import { untilReached } from './untilReached.ts';

/** Tell every head something of the product itself, that concerns no candidate; each once per `key`. */
export type TellHeads = (key: string, message: Message) => Promise<void>;

export function makeTellHeads(deps: {
  db: Pick<Database, 'ledger'>;
  clock: Clock;
  reader: FactReader;
  outbox: { deliver(row: LedgerRow): void };
}): TellHeads {
  const { db, clock, outbox } = deps;
  return async (key, message) => {
    const heads = (await deps.reader.members()).filter(({ role, active }) => role === 'head' && active);
    const rows = heads.map(({ _id: member }): LedgerRow => ({
      _id: `${key}:${member}`,
      kind: 'out',
      at: clock.now(),
      to: { member },
      message,
      status: 'pending',
      prompt: true,
    }));
    const fresh = await untilReached(clock, () => insertNew(db.ledger, rows));
    for (const row of rows) if (fresh.has(row._id)) outbox.deliver(row);
  };
}
