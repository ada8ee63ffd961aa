import type { Database } from '../models/database.ts';
import { insertNew } from '../models/databaseErrors.ts';
import type { LedgerRow } from '../models/rows.ts';
import type { Clock } from './clock.ts';
import { untilReached } from './untilReached.ts';

/**
 * Put rows into the ledger, however long the database is away; those that are there already stay as they are.
 *
 * @returns whose delivery is the caller's: what was new, also when the answer of the attempt that put it in was lost
 */
export function insertRows(
  db: Pick<Database, 'ledger'>,
  clock: Pick<Clock, 'sleep'>,
  rows: LedgerRow[],
): Promise<Set<string>> {
  return untilReached(clock, async (again) => {
    const fresh = await insertNew(db.ledger, rows);
    const there = again ? rows.map(({ _id }) => _id).filter((id) => !fresh.has(id)) : [];
    if (there.length > 0)
      for (const { _id } of await db.ledger.find(untouched(rows, there)).toArray()) fresh.add(_id);
    return fresh;
  });
}

/** Of rows that are there: those nobody has touched since, waiting, or claimed by the very owner they were put in with. */
function untouched(rows: LedgerRow[], there: string[]) {
  const owners = [...new Set(rows.flatMap(({ owner }) => owner ?? []))];
  const asPutIn = [{ status: 'pending' as const }, { status: 'sending' as const, owner: { $in: owners } }];
  return { _id: { $in: there }, $or: asPutIn };
}
