/** Letters that decide a word: endings differ by case and number, in Russian as in English. */
const stem = 5;
const least = 4;

/** The words of a text that say something, in lower case; the two Russian letters people mix up are one. */
export function tokens(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('\u0451', '\u0435')
      .match(/\p{L}+/gu) ?? []
  ).filter((word) => word.length >= least);
}

/** How a word is looked for in the index, whatever its ending. */
export function stemOf(word: string): string {
  return word.slice(0, stem);
}

/** Are these two one word in different forms? What they begin with alike is all but an ending of both. */
export function alike(a: string, b: string): boolean {
  const most = Math.min(a.length, b.length);
  let same = 0;
  while (same < most && a[same] === b[same]) same += 1;
  return same >= Math.max(least, Math.max(a.length, b.length) - 3);
}
