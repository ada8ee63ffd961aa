/** The words of a name, remembered: those who are born on one day are compared each with each. */
export function nameWords(name: string): string[] {
  const known = words.get(name);
  if (known) return known;
  const found = [
    ...new Set(
      name
        .toLowerCase()
        .replaceAll('\u0451', '\u0435')
        .match(/\p{L}{2,}/gu) ?? [],
    ),
  ];
  if (words.size >= remembered) words.clear();
  words.set(name, found);
  return found;
}

/** Of so many names: those of the largest table, and of whoever is there already. */
const remembered = 50_000;
const words = new Map<string, string[]>();
