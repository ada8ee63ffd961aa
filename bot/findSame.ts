import type { Candidate } from '../flows/candidate.ts';
import { marksOf, sameAs, type Sign } from '../flows/duplicates/sameAs.ts';
import type { Database } from '../models/database.ts';

/** Somebody who looks like the same person, and by what. */
export interface Same {
  person: Candidate;
  signs: Sign[];
}

/** So many who share a mark are looked at, and so many of them are shown. */
const [lookedAt, shown] = [50, 3];

/** Who else may be this person, as things stand now: one indexed read. */
export async function findSame(db: Database, candidate: Candidate): Promise<Same[]> {
  const marks = marksOf(candidate);
  if (marks.length === 0) return [];
  const others = await db.candidates
    .find({ marks: { $in: marks }, _id: { $ne: candidate._id } })
    .limit(lookedAt)
    .toArray();
  return others
    .map((person) => ({ person, signs: sameAs(candidate, person) }))
    .filter(({ signs }) => signs.length > 0)
    .slice(0, shown);
}
