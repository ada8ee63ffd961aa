import type { Candidate } from '../candidate.ts';
import { cityKey } from '../matching/keepPool.ts';
import { nameWords } from './nameWords.ts';

type Named = Pick<Candidate, 'name' | 'city' | 'birthday'>;

/** Of a name so many words count. */
const most = 4;

/**
 * By what people of one name and one city are found in the index: each two words of the name, since one may write a
 * patronymic and the other not. It is a weak sign: nobody is told of it, and a table goes by none of it.
 */
export function namesakeMarks({ name = '', city }: Named): string[] {
  if (!city) return [];
  const words = nameWords(name).slice(0, most).sort();
  return words.flatMap((one, at) => words.slice(at + 1).map((two) => `n:${one} ${two} ${cityKey(city)}`));
}

/** One city, and every word of the shorter name is in the other: at least two. Two birthdays tell them apart. */
export function areNamesakes(a: Named, b: Named): boolean {
  if (!a.city || !b.city || cityKey(a.city) !== cityKey(b.city)) return false;
  if (a.birthday && b.birthday && a.birthday !== b.birthday) return false;
  const [mine, theirs] = [nameWords(a.name ?? ''), nameWords(b.name ?? '')];
  const least = Math.min(mine.length, theirs.length);
  return least > 1 && mine.filter((word) => theirs.includes(word)).length === least;
}
