import { type MomentWords, nameOf, numberOf, type Unit } from './momentWords.ts';

/** A length of time, by unit. */
export type Length = Partial<Record<Unit, number>>;

/**
 * The length of time that begins at a word: "2 hours and 30 minutes", "an hour".
 *
 * @returns with where it ends; its units are none when no length begins there
 */
export function lengthAt(
  tokens: string[],
  from: number,
  words: MomentWords,
): { length: Length; end: number } {
  const length: Length = {};
  let end = from;
  for (;;) {
    let next = end;
    while (words.filler.includes(tokens[next] ?? '')) next += 1;
    const count = amountOf(tokens[next], words);
    // "In an hour" has no number in every language.
    const unit = nameOf(words.units, tokens[count === undefined ? next : next + 1]);
    if (!unit || length[unit] !== undefined) return { length, end };
    length[unit] = count ?? 1;
    end = next + (count === undefined ? 1 : 2);
  }
}

/** Two weeks are 20,160 minutes: longer than any number of a date. */
function amountOf(token: string | undefined, words: MomentWords): number | undefined {
  return token !== undefined && /^\d{5,6}$/.test(token) ? Number(token) : numberOf(token, words);
}
