import type { Vacancy } from '../vacancy.ts';
import { alike, stemOf, tokens } from './tokens.ts';

/** The words by which people who did this work are found in the index. */
export function positionKeys({ title }: Pick<Vacancy, 'title'>): string[] {
  return [...new Set(Object.values(title).flatMap(tokens).map(stemOf))];
}

/**
 * Is it the same work? The title's first word names it ("cook in a café"), wherever it stands in the other one
 * ("senior cook"); a place they share ("waiter in a café") is not enough.
 */
export function samePosition(a: Pick<Vacancy, 'title'>, b: Pick<Vacancy, 'title'>): boolean {
  const [mine, theirs] = [tokens(a.title.ru), tokens(b.title.ru)];
  const [first] = mine;
  const [other] = theirs;
  if (first === undefined || other === undefined) return false;
  return theirs.some((word) => alike(word, first)) || mine.some((word) => alike(word, other));
}
