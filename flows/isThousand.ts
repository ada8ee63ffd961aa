import type { Lexicon } from './facts.ts';

/** Does a word behind a number say "thousand" ("80 thousand", "80k."), in any of these languages? */
export function isThousand(word: string, lexicons: readonly Lexicon[]): boolean {
  const said = word.toLowerCase().replace(/\.$/, '');
  return lexicons.some(({ match }) => match.thousand.includes(said));
}
