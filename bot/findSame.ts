import type { Candidate } from '../flows/candidate.ts';
import { namesakeMarks } from '../flows/duplicates/namesakes.ts';
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

/** Two of one name and city may well be two. */
export function isWeak({ signs }: Same): boolean {
  return signs.every((sign) => sign === 'namesake');
}

/** So many who share a mark are looked at, and so many of them are shown. */
const [lookedAt, shown] = [50, 3];

/** Who else may be this person, as things stand now: by strong signs, and where there is room a namesake of one city. */
export async function findSame(db: Database, candidate: Candidate): Promise<Same[]> {
  const strong = await sharing(db, candidate, marksOf(candidate), []);
  if (strong.length >= shown) return strong.slice(0, shown);
  const known = strong.map(({ person }) => person._id);
  const weak = await sharing(db, candidate, namesakeMarks(candidate), known);
  return [...strong, ...weak].slice(0, shown);
}

/** Those who share a mark and look the same by it: one indexed read. */
async function sharing(
  db: Database,
  candidate: Candidate,
  marks: string[],
  known: string[],
): Promise<Same[]> {
  if (marks.length === 0) return [];
  const _id = { $nin: [candidate._id, ...known] };
  const others = await db.candidates
    .find({ marks: { $in: marks }, _id, merged: { $exists: false } })
    .limit(lookedAt)
    .toArray();
  return others
    .map((person) => ({ person, signs: sameAs(candidate, person) }))
    .filter(({ signs }) => signs.length > 0);
}
