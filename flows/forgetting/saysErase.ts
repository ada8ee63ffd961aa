import type { Lexicon } from '../facts.ts';

/** How typed words are compared with those that are known. */
export function wordOf(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll('\u0451', '\u0435')
    .replace(/[!.,]+$/, '');
}

/** Is it the word that deletes? It takes more than a yes, since nothing brings it back. */
export function saysErase(lexicon: Record<string, Lexicon>, text: string): boolean {
  return Object.values(lexicon).some(({ erase }) => erase.includes(wordOf(text)));
}
