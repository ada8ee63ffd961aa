import type { Words } from './words.ts';

/** A time zone as people call it: the first city of the reader's language that lies in it, else its own name. */
export function zoneName(words: Words, lang: string, zone: string): string {
  const city = words.lexicon[lang]?.cities.find((one) => one.zone === zone)?.names[0];
  if (!city) return zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
  return city.replace(
    /(^|[\s-])(\p{L})/gu,
    (_all, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
