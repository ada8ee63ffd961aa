/** What stands in the place of a name or a number that was deleted. */
export const blank = '…';

/** A text without these words, however they are spelt; one of them inside a longer word is left. */
export function scrub(text: string, words: string[]): string {
  const longest = [...words].sort((a, b) => b.length - a.length).map(escaped);
  if (longest.length === 0) return text;
  const any = new RegExp(`(?<![\\p{L}\\p{N}])(?:${longest.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return text.replace(any, blank);
}

function escaped(word: string): string {
  return word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
