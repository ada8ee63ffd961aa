import type { Candidate } from '../flows/candidate.ts';
import { sameAs, type Sign } from '../flows/duplicates/sameAs.ts';
import type { Database } from './database.ts';

/** Two who look like one person, and by what. */
export interface Pair {
  person: Candidate;
  other: Candidate;
  signs: Sign[];
}

/**
 * Those who look like somebody of whom their recruiter was told: each pair once, those who are one by now left out. A
 * card that was joined to another stands for both.
 *
 * @param after only people whose id comes after it
 * @param limit how many people are looked at
 */
export async function readDuplicates(
  db: Pick<Database, 'candidates'>,
  { after, limit }: { after?: string; limit: number },
): Promise<{ pairs: Pair[]; people: Candidate[] }> {
  const people = await db.candidates
    .find({ duplicates: { $exists: true }, ...(after !== undefined && { _id: { $gt: after } }) })
    .sort({ _id: 1 })
    .limit(limit)
    .toArray();
  return { pairs: await pairsOf(db, people), people };
}

async function pairsOf(db: Pick<Database, 'candidates'>, found: Candidate[]): Promise<Pair[]> {
  const ids = [...new Set(found.flatMap(({ duplicates }) => duplicates ?? []))];
  const cards = await db.candidates
    .find({ $or: [{ _id: { $in: ids } }, { joined: { $in: ids } }], merged: { $exists: false } })
    .toArray();
  const others = new Map(
    cards.flatMap((card) => [card._id, ...(card.joined ?? [])].map((id) => [id, card] as const)),
  );
  const told = new Set<string>();
  return found.flatMap((person) =>
    (person.duplicates ?? []).flatMap((id) => {
      const other = others.get(id);
      const signs = other ? sameAs(person, other) : [];
      const pair = [person._id, other?._id].sort().join(' ');
      if (!other || signs.length === 0 || told.has(pair)) return [];
      // Told of each other: the pair stands with the first of them, whatever page that is on.
      if (other._id < person._id && other.duplicates?.includes(person._id)) return [];
      told.add(pair);
      return [{ person, other, signs }];
    }),
  );
}
