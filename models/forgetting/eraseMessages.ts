import { keptFiles } from '../../flows/forgetting/keptFiles.ts';
import type { Trace } from '../../flows/forgetting/forgotten.ts';
import type { Database } from '../database.ts';
import { eraseFiles } from './eraseFiles.ts';
import { rowsBut } from './rowsOf.ts';
import { blank } from './scrub.ts';

/** Messages to others that name them as somebody who looks like the reader's candidate. */
const ofLikeness = ['notice.duplicateOwn', 'notice.duplicateTyped', 'same.found', 'same.joinedNotice'];

/**
 * Everything that passed between them and the product, and what was said of them; files that came with it before it.
 * What the deciding event ordered names nobody, and stays: among it is the proof that they were forgotten.
 */
export async function eraseMessages(
  db: Database,
  trace: Pick<Trace, 'cards' | 'applications' | 'alike'>,
  event: string,
): Promise<void> {
  const { cards, applications } = trace;
  const about = [{ candidate: { $in: cards } }, { application: { $in: applications } }];
  const theirs = { $and: [{ $or: about }, rowsBut(event)] };
  const files = new Set<string>();
  for await (const row of db.ledger.find(theirs)) for (const id of keptFiles(row)) files.add(id);
  await eraseFiles(db, [...files]);
  await db.ledger.deleteMany(theirs);
  const others = { candidate: { $in: await alikeOf(db, trace) } };
  await db.ledger.deleteMany({ ...others, 'message.key': { $in: ofLikeness } });
  // What happened to the other card stays in its history, without saying with whom.
  for (const field of ['params.name', 'params.phone'])
    await db.ledger.updateMany(
      {
        ...others,
        what: { $in: ['joined', 'parted'] },
        'params.card': { $in: cards },
        [field]: { $exists: true },
      },
      { $set: { [field]: blank } },
    );
}

/** Cards that look like theirs, whichever of the two was told of, and those that theirs was joined to for a while. */
export async function alikeOf(
  db: Pick<Database, 'candidates'>,
  { cards, alike }: Pick<Trace, 'cards' | 'alike'>,
): Promise<string[]> {
  const told = await db.candidates.find({ duplicates: { $in: cards } }).toArray();
  return [...new Set([...alike, ...told.map(({ _id }) => _id)])];
}
