import type { Trace } from '../../flows/forgetting/forgotten.ts';
import type { Database } from '../database.ts';
import { rowsOf } from './rowsOf.ts';

/**
 * Leads of theirs from a source. That one was there stays under the source's own id, without what leads to them: told
 * again, it must not make them anew. One that waits still is dropped.
 */
export async function eraseFound(db: Database, { cards, words }: Trace): Promise<void> {
  const own = { candidate: { $in: cards } };
  // The head was asked which vacancy it is for, and who it was.
  for (const posting of await db.found.distinct('posting', own))
    await db.ledger.deleteMany({ ...rowsOf(`posting:${posting}`), 'message.params.name': { $in: words } });
  await db.found.updateMany(own, { $unset: { candidate: 1, application: 1, lead: 1 } });
  const reached = [{ 'lead.phone': { $in: words } }, { 'lead.email': { $in: words } }];
  await db.found.updateMany(
    { status: { $in: ['new', 'waiting'] }, $or: reached },
    { $set: { status: 'dropped' }, $unset: { lead: 1 } },
  );
}
