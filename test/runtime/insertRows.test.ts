import { expect, test } from 'vitest';
import type { LedgerRow } from '../../models/rows.ts';
import { outOfReach } from '../../proof/database/mongoError.ts';
import { makeVirtualDatabase } from '../../proof/database/virtualDatabase.ts';
import { insertRows } from '../../runtime/insertRows.ts';

const clock = { sleep: () => Promise.resolve() };
const row = (_id: string): LedgerRow => ({ _id, kind: 'out', at: 1, status: 'pending', prompt: true });

test('[X-06] rows whose answer was lost are delivered by whoever put them in; those that were there are not', async () => {
  let lost = 2;
  const db = makeVirtualDatabase({}).through((operation, work) => {
    const done = Promise.resolve(work());
    return operation === 'ledger.insertMany' && (lost -= 1) >= 0
      ? done.then(() => Promise.reject(outOfReach()))
      : done;
  });
  await db.ledger.insertOne({ ...row('before'), status: 'sent' });
  expect(await insertRows(db, clock, [row('before'), row('a'), row('b')])).toEqual(new Set(['a', 'b']));
  expect(await insertRows(db, clock, [row('a')])).toEqual(new Set());
});
