/** A heading or a word of a table as it is compared: small letters, one spelling of two, without signs. */
export function plainText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('\u0451', '\u0435')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
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
