import type { Place } from '../flows/channels.ts';
import { eraseChat } from '../models/forgetting/eraseChat.ts';
import type { LedgerRow } from '../models/rows.ts';
import { batch } from './batch.ts';
import type { Database } from '../models/database.ts';
import type { Clock } from './clock.ts';
import { untilReached } from './untilReached.ts';

/** A message that is being sent and stands in no ledger row yet. */
interface Early {
  outcome: PromiseWithResolvers<undefined>;
  ledger: PromiseWithResolvers<undefined>;
  /** What came of it. */
  set?: Partial<LedgerRow>;
  /** What of that the row was inserted with. */
  written?: Partial<LedgerRow>;
}

/** How rows end: those in the ledger are marked, many by one write; those that are sent before they stand there wait. */
export interface RowEnds {
  /** What became of a row. Ends when it is written. */
  end(row: LedgerRow, set: Partial<LedgerRow>): Promise<void>;
  /** From now on this row is sent early. @returns false when it is already */
  begin(id: string): boolean;
  isEarly(id: string): boolean;
  /** Wait for the outcomes of rows that are sent early, a moment at most, and put what is known into the rows. */
  known(rows: LedgerRow[]): Promise<void>;
  /** They stand in the ledger now; `fresh`: as they were given. */
  stored(rows: LedgerRow[], fresh: Set<string>): void;
}

/** How long a row may wait for its outcome before it is written without, in milliseconds. */
const patience = 200;

export function makeRowEnds({
  db,
  clock,
}: {
  db: Pick<Database, 'ledger' | 'choices' | 'windows'>;
  clock: Clock;
}): RowEnds {
  const mark = batch<{ id: string; set: Partial<LedgerRow> }>(clock, async (orders) => {
    const operations = orders.map(({ id, set }) => ({
      updateOne: { filter: { _id: id }, update: { $set: set } },
    }));
    // What became of a message must not be forgotten because the database was away just then.
    await untilReached(clock, () => db.ledger.bulkWrite(operations, { ordered: false }));
  });

  const early = new Map<string, Early>();

  /** The last word to somebody who was forgotten: what stays is that it was said, and not to whom. */
  const endGoodbye = async (
    { _id }: LedgerRow,
    chat: Place,
    { status = 'sent', sentAt }: Partial<LedgerRow>,
  ): Promise<void> => {
    const one = early.get(_id);
    one?.outcome.resolve(undefined);
    await one?.ledger.promise;
    const set = { status, ...(sentAt !== undefined && { sentAt }) };
    const update = { $set: set, $unset: { to: 1, message: 1, via: 1, tried: 1, messageId: 1 } } as const;
    await untilReached(clock, async () => {
      await eraseChat(db, chat);
      await db.ledger.updateOne({ _id }, update);
    });
  };

  return {
    end: async (row, set) => {
      if (row.to && 'chat' in row.to && set.status !== 'pending') return endGoodbye(row, row.to.chat, set);
      const one = early.get(row._id);
      if (one) {
        one.set = set;
        one.outcome.resolve(undefined);
        await one.ledger.promise;
        if (one.written === set) return;
      }
      await mark({ id: row._id, set });
    },
    begin: (id) => {
      if (early.has(id)) return false;
      early.set(id, { outcome: Promise.withResolvers(), ledger: Promise.withResolvers() });
      return true;
    },
    isEarly: (id) => early.has(id),
    known: async (rows) => {
      const all = rows.map((row) => early.get(row._id)?.outcome);
      const callOff = clock.after(patience, () => all.forEach((outcome) => outcome?.resolve(undefined)));
      await Promise.all(all.map((outcome) => outcome?.promise));
      callOff();
      for (const row of rows) {
        const one = early.get(row._id);
        if (one?.set) one.written = one.set;
        Object.assign(row, one?.written);
      }
    },
    stored: (rows, fresh) => {
      for (const { _id } of rows) {
        const one = early.get(_id);
        if (!one) continue;
        if (!fresh.has(_id)) delete one.written;
        early.delete(_id);
        one.ledger.resolve(undefined);
      }
    },
  };
}
