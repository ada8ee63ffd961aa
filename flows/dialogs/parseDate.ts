import { DateTime } from 'luxon';
import type { Lexicon } from '../facts.ts';

/**
 * A date as people write it: "25.11", "25.11.2026", "2026-11-25", a day and a month by name, "tomorrow", a weekday.
 * Without a year it is the next such day that is not past. Undefined when it is not a date.
 */
export function parseDate(text: string, now: number, zone: string, words: Lexicon): DateTime | undefined {
  const said = text
    .trim()
    .toLowerCase()
    .replace(/\u0451/g, '\u0435');
  const today = DateTime.fromMillis(now, { zone }).startOf('day');
  const has = (list: string[]) => list.some((word) => said === word || said.split(/[\s,]+/).includes(word));
  if (has(words.dayAfterTomorrow)) return today.plus({ days: 2 });
  if (has(words.tomorrow)) return today.plus({ days: 1 });
  if (has(words.today)) return today;
  const iso = /(\d{4})-(\d{2})-(\d{2})/.exec(said);
  if (iso) return valid(Number(iso[1]), Number(iso[2]), Number(iso[3]), zone);
  const digits = /(?:^|\s)(\d{1,2})[./](\d{1,2})(?:[./](\d{2,4}))?(?!\d)/.exec(said);
  if (digits) return inYear(Number(digits[1]), Number(digits[2]), digits[3], today);
  const named = /(\d{1,2})\s+([^\s\d.,]+)\.?(?:\s+(\d{4}))?/.exec(said);
  const month = named ? words.months.findIndex((forms) => forms.includes(named[2] ?? '')) : -1;
  if (named && month >= 0) return inYear(Number(named[1]), month + 1, named[3], today);
  const weekday = words.weekdays.findIndex(has);
  if (weekday >= 0) return today.plus({ days: (weekday + 1 - today.weekday + 7) % 7 });
  return undefined;
}

function inYear(day: number, month: number, year: string | undefined, today: DateTime): DateTime | undefined {
  if (year)
    return valid(year.length === 2 ? 2000 + Number(year) : Number(year), month, day, today.zoneName ?? 'utc');
  const zone = today.zoneName ?? 'utc';
  const thisYear = valid(today.year, month, day, zone);
  return thisYear && thisYear >= today ? thisYear : valid(today.year + 1, month, day, zone);
}

function valid(year: number, month: number, day: number, zone: string): DateTime | undefined {
  const date = DateTime.fromObject({ year, month, day }, { zone });
  return date.isValid ? date : undefined;
}
