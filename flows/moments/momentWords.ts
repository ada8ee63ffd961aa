/** What typed moments are made of in one language, from `locales/<lang>/lexicon.json`. All in lower case. */
export interface MomentWords {
  /** Said instead of what they mean, as "half past two" for "2:30"; longer ones are looked for first. */
  phrases: Record<string, string>;
  /** Begins a length of time from now: "in two hours". */
  in: string[];
  /** Before a weekday: the one of the next week. */
  next: string[];
  /** Says nothing about when. */
  filler: string[];
  numbers: Record<string, number>;
  units: Record<Unit, string[]>;
  parts: Record<PartOfDay, string[]>;
}

export type Unit = 'minutes' | 'hours' | 'days' | 'weeks';
export type PartOfDay = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night' | 'am' | 'pm';

/** Words and numbers as they stand, with what was said in other words put plainly. */
export function tokensOf(text: string, { phrases }: Pick<MomentWords, 'phrases'>): string[] {
  let said = ` ${text
    .toLowerCase()
    .replace(/\u0451/g, '\u0435')
    .replace(/[!?"\u00ab\u00bb()\u2019']/g, ' ')
    .replace(/(\d)(\p{L})/gu, '$1 $2')
    .replace(/[,;]?\s+/g, ' ')
    .replace(/(\p{L})\.(?=\s|$)/gu, '$1')
    .replace(/[.,;\s]+$/, '')
    .trim()} `;
  for (const phrase of Object.keys(phrases).sort((a, b) => b.length - a.length))
    said = said.replaceAll(` ${phrase} `, ` ${phrases[phrase] ?? ''} `);
  return said.split(' ').filter(Boolean);
}

/** A number in digits ("1,5" too) or as a word. */
export function numberOf(token: string | undefined, { numbers }: MomentWords): number | undefined {
  if (token === undefined) return undefined;
  if (/^\d{1,4}([.,]\d)?$/.test(token)) return Number(token.replace(',', '.'));
  return Object.hasOwn(numbers, token) ? numbers[token] : undefined;
}

/** Which list of a table holds the word. */
export function nameOf<Name extends string>(
  table: Record<Name, string[]>,
  token: string | undefined,
): Name | undefined {
  if (token === undefined) return undefined;
  for (const name in table) if (table[name].includes(token)) return name;
  return undefined;
}
