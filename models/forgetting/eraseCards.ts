import type { Trace } from '../../flows/forgetting/forgotten.ts';
import type { Database } from '../database.ts';
import { alikeOf } from './eraseMessages.ts';

/**
 * Cards that were joined to theirs lead there still, and name no chat any more; nor does a card that theirs was joined to
 * for a while. What was last ordered for those who look like them may name them, and stands where it lives.
 */
export async function eraseCards(db: Pick<Database, 'candidates'>, trace: Trace): Promise<void> {
  await db.candidates.updateMany(
    { _id: { $in: trace.cards }, merged: { $exists: true } },
    { $set: { 'merged.channels': [], decided: [], outbox: [] }, $inc: { version: 1 } },
  );
  const alike = { _id: { $in: await alikeOf(db, trace) } };
  await db.candidates.updateMany(
    { ...alike, unpublished: { $exists: false } },
    { $set: { outbox: [] }, $inc: { version: 1 } },
  );
  await db.candidates.updateMany(
    { ...alike, parted: { $exists: true } },
    { $pullAll: { parted: trace.chats }, $inc: { version: 1 } },
  );
}
