/** A heading or a word of a table as it is compared: small letters, one spelling of two, without signs. */
export function plainText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('\u0451', '\u0435')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Latin small letters and the Cyrillic ones that look like them: a driver's category is typed with either. */
const alike: Record<string, string> = Object.fromEntries(
  [...'abcehkmoptxy'].map((latin, place) => [
    latin,
    '\u0430\u0432\u0441\u0435\u043d\u043a\u043c\u043e\u0440\u0442\u0445\u0443'[place] ?? latin,
  ]),
);

/** A plain text to be compared with another by how it looks. */
export function lookOf(plain: string): string {
  return plain.replaceAll(/[a-z]/g, (letter) => alike[letter] ?? letter);
}

/**
 * What a text means by a list of phrases: the one it is, else the longest that stands in it as whole words.
 *
 * @returns the name under which the phrase stands
 */
export function meaning<Name extends string>(
  text: string,
  names: Partial<Record<Name, string[]>>[],
): Name | undefined {
  const plain = plainText(text);
  if (plain === '') return undefined;
  let best: { name: Name; length: number } | undefined;
  for (const table of names)
    for (const [name, phrases] of Object.entries(table) as [Name, string[]][])
      for (const phrase of phrases) {
        if (phrase === plain) return name;
        if (!` ${plain} `.includes(` ${phrase} `)) continue;
        if (!best || phrase.length > best.length) best = { name, length: phrase.length };
      }
  return best?.name;
}
