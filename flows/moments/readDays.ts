import { DateTime } from 'luxon';
import { parseDate } from '../dialogs/parseDate.ts';
import type { Lexicon } from '../facts.ts';

/** A day that may have been named, and what else was said. */
export interface Day {
  day: DateTime;
  /** A weekday: when its hour is past, next week's is meant. */
  weekday: boolean;
  rest: string[];
}

/** Every reading of the words as a day, the likeliest first: a day by its name before one by its number. */
export function readDays(
  tokens: string[],
  { now, zone, words }: { now: number; zone: string; words: Lexicon },
): Day[] {
  const today = DateTime.fromMillis(now, { zone }).startOf('day');
  const named: Day[] = [];
  const dated: Day[] = [];
  for (const [at, token] of tokens.entries()) {
    const weekday = words.weekdays.some((forms) => forms.includes(token));
    const length = lengthOfDate(tokens, at, words);
    if (length === 0 && !weekday && !isNamed(token, words)) continue;
    const day = parseDate(tokens.slice(at, at + Math.max(length, 1)).join(' '), now, zone, words);
    if (!day) continue;
    const next = words.moment.next.includes(tokens[at - 1] ?? '');
    const rest = [
      ...tokens.slice(0, weekday && next ? at - 1 : at),
      ...tokens.slice(at + Math.max(length, 1)),
    ];
    if (length > 0) dated.push({ day, weekday: false, rest: withoutWeekday(rest, day, words) });
    else if (weekday && next) named.push({ day: afterThisWeek(day, today), weekday: false, rest });
    else named.push({ day, weekday, rest });
  }
  return [...named, ...dated];
}

function isNamed(token: string, { today, tomorrow, dayAfterTomorrow }: Lexicon): boolean {
  return [today, tomorrow, dayAfterTomorrow].some((list) => list.includes(token));
}

/** How many words from here are a date in digits or with its month; 0 when none. */
function lengthOfDate(tokens: string[], at: number, { months }: Lexicon): number {
  const [first = '', second = '', third = ''] = tokens.slice(at, at + 3);
  if (/^(\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}([./]\d{2,4})?)$/.test(first)) return 1;
  if (!/^\d{1,2}$/.test(first) || !months.some((forms) => forms.includes(second))) return 0;
  return /^\d{4}$/.test(third) ? 3 : 2;
}

/** "Friday, 15 May": the weekday says nothing more, when it is right. */
function withoutWeekday(rest: string[], day: DateTime, { weekdays }: Lexicon): string[] {
  const own = weekdays[day.weekday - 1] ?? [];
  return rest.filter((token) => !own.includes(token));
}

function afterThisWeek(day: DateTime, today: DateTime): DateTime {
  return day.hasSame(today, 'week') ? day.plus({ weeks: 1 }) : day;
}
