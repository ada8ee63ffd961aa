import { lengthAt } from '../flows/moments/lengthAt.ts';
import { tokensOf } from '../flows/moments/momentWords.ts';
import type { Words } from '../runtime/words.ts';

const minutesIn = { minutes: 1, hours: 60, days: 1_440, weeks: 10_080 };

/** What a length of time is counted in. */
export interface LengthUnit {
  unit: keyof typeof minutesIn;
  /** Of working time: how long a working day is differs from member to member, so there are no days. */
  working?: true;
}

/**
 * A length of time as typed, in any language there is: "36 h", "2 days", "1 h 30 min"; a bare number is in the unit.
 *
 * @returns how many of the unit, a whole number; undefined for anything else
 */
export function readLength(
  { lexicon }: Pick<Words, 'lexicon'>,
  text: string,
  { unit, working }: LengthUnit,
): number | undefined {
  if (/^\d{1,6}$/.test(text.trim())) return Number(text);
  for (const { moment } of Object.values(lexicon)) {
    const tokens = tokensOf(text.slice(0, 100), moment);
    const { length, end } = lengthAt(tokens, 0, moment);
    if (tokens.length === 0 || end < tokens.length) continue;
    const { minutes = 0, hours = 0, days = 0, weeks = 0 } = length;
    if (working && days + weeks > 0) return undefined;
    const all = minutes + hours * 60 + days * minutesIn.days + weeks * minutesIn.weeks;
    const count = all / minutesIn[unit];
    return Number.isInteger(count) ? count : undefined;
  }
  return undefined;
}
