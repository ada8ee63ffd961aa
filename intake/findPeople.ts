import type { Candidate } from '../flows/candidate.ts';
import { marksOf } from '../flows/duplicates/sameAs.ts';
import { isDay } from '../flows/imports/matchRow.ts';
import type { Database } from '../models/database.ts';
import type { FindPeople } from './resolveRow.ts';

/** How many are asked for at once. */
const chunk = 500;
/** On one day many are born: of those who share a mark, so many are looked at. */
const most = 200;

/** People as they stand in the database now. */
export function findPeople(db: Pick<Database, 'candidates'>): FindPeople {
  const marked = async (marks: string[], limit: number): Promise<Candidate[]> =>
    marks.length > 0
      ? db.candidates
          .find({ marks: { $in: marks } })
          .limit(limit)
          .toArray()
      : [];
  return async (ids, marks) => {
    const phones = marks.flatMap((mark) => (mark.startsWith('p:') ? [mark.slice(2)] : []));
    const found = await Promise.all([
      ids.length > 0 ? db.candidates.find({ _id: { $in: ids } }).toArray() : [],
      marked(
        marks.filter((mark) => !isDay(mark)),
        Math.max(most, marks.length),
      ),
      // Apart: whoever is reached by the same number must not be lost among those who are born on the same day.
      marked(marks.filter(isDay), most * marks.length),
      // Whoever was entered by hand, and has done nothing since, has no marks yet.
      phones.length > 0 ? db.candidates.find({ phone: { $in: phones } }).toArray() : [],
    ]);
    return [...new Map(found.flat().map((person) => [person._id, person])).values()];
  };
}

/**
 * The same out of memory: whoever could be asked for is read beforehand, many at once.
 *
 * @param wanted the ids and marks of all rows
 */
export async function findAhead(
  db: Pick<Database, 'candidates'>,
  wanted: { ids: string[]; marks: string[] },
): Promise<FindPeople> {
  const find = findPeople(db);
  const asked = new Set(wanted.ids);
  const byId = new Map<string, Candidate>();
  const byMark = new Map<string, Candidate[]>();
  const keep = (people: Candidate[]) => {
    for (const person of people) {
      if (byId.has(person._id)) continue;
      byId.set(person._id, person);
      for (const mark of marksOf(person)) {
        const list = byMark.get(mark) ?? [];
        list.push(person);
        byMark.set(mark, list);
      }
    }
  };
  for (let at = 0; at < wanted.ids.length; at += chunk)
    keep(await find(wanted.ids.slice(at, at + chunk), []));
  for (let at = 0; at < wanted.marks.length; at += chunk)
    keep(await find([], wanted.marks.slice(at, at + chunk)));
  return async (ids, marks) => {
    const away = ids.filter((id) => !byId.has(id) && !asked.has(id));
    if (away.length > 0) keep(await find(away, []));
    return [...ids.flatMap((id) => byId.get(id) ?? []), ...marks.flatMap((mark) => byMark.get(mark) ?? [])];
  };
}
