import type { Lexicon } from './facts.ts';

/** What is left of typed words without the courtesies: "sorry, I can't come today" is "I can't", "hello" is nothing. */
export function withoutCourtesies(said: string, { around }: Lexicon['meeting']): string {
  let left = ` ${said.replace(/[^\p{L}\p{N}'\u2019-]+/gu, ' ').trim()} `;
  for (const phrase of around) left = left.replaceAll(` ${phrase} `, ' ');
  return left.trim();
}
