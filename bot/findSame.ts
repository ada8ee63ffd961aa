import type { Candidate } from '../flows/candidate.ts';
import { marksOf, sameAs, type Sign } from '../flows/duplicates/sameAs.ts';
import { lineHash } from '../flows/lineHash.ts';
import type { Database } from '../models/database.ts';

/** Somebody who looks like the same person, and by what. */
export interface Same {
  person: Candidate;
  signs: Sign[];
}

/**
 * How a button names somebody whose id may be too long for it. A list that has changed since never has another person
 * meant.
 */
export function markOf({ _id }: Pick<Candidate, '_id'>): string {
  return lineHash({ key: _id });
}

/** So many who share a mark are looked at, and so many of them are shown. */
const [lookedAt, shown] = [50, 3];

/** Who else may be this person, as things stand now: one indexed read. */
export async function findSame(db: Database, candidate: Candidate): Promise<Same[]> {
  const marks = marksOf(candidate);
  if (marks.length === 0) return [];
  const others = await db.candidates
    .find({ marks: { $in: marks }, _id: { $ne: candidate._id }, merged: { $exists: false } })
    .limit(lookedAt)
    .toArray();
  return others
    .map((person) => ({ person, signs: sameAs(candidate, person) }))
    .filter(({ signs }) => signs.length > 0)
    .slice(0, shown);
}
