/** A name as people write it: its spaces single, and not in capitals when the whole of it is. */
export function properName(text: string): string {
  const name = text.trim().replaceAll(/\s+/g, ' ');
  const loud = name.length > 3 && name === name.toUpperCase();
  const quiet = name === name.toLowerCase();
  if (!loud && !quiet) return name;
  return name
    .toLowerCase()
    .replaceAll(
      /(^|[\s\-(])(\p{L})/gu,
      (_all, before: string, letter: string) => before + letter.toUpperCase(),
    );
}
