import type { Lexicon } from './facts.ts';

/** What typed words are looked up in: the reader's language first, then the others, since people mix them. */
export function lexiconsFor(lexicon: Record<string, Lexicon>, lang: string): Lexicon[] {
  const own = lexicon[lang];
  return [...(own ? [own] : []), ...Object.values(lexicon).filter((words) => words !== own)];
}
