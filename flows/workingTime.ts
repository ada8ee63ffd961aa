import { DateTime } from 'luxon';
import type { Member } from './member.ts';
import type { Calendar } from './policies/calendars/calendar.ts';

/** How far ahead a working minute is looked for, in days: someone with no hours at all gets plain time. */
const horizon = 60;

/**
 * The member's working windows on a day, as [from, to] in milliseconds, earliest first. With a production calendar:
 * none on public holidays, those of another weekday on a moved working day, an hour less before a holiday. The
 * member's own days off are off in any case.
 */
export function windowsOn(
  day: DateTime,
  { hours }: Pick<Member, 'hours'>,
  calendar?: Calendar,
): [from: number, to: number][] {
  const date = day.toISODate() ?? '';
  const year = calendar?.[String(day.year)];
  if (hours.off.includes(date) || year?.off.includes(date)) return [];
  const own = hours.week[String(day.weekday)];
  const windows = (own ?? hours.week[String(year?.working[date])] ?? [])
    .map(([from, to]): [number, number] => [clockTime(day, from).toMillis(), clockTime(day, to).toMillis()])
    .sort(([a], [b]) => a - b);
  return year?.short.includes(date) ? anHourLess(windows) : windows;
}

/** The last hour of the day is not worked, whichever windows it lies in. */
function anHourLess(windows: [from: number, to: number][]): [from: number, to: number][] {
  const last = windows.at(-1)?.[1] ?? 0;
  const end = last - 3_600_000;
  return windows
    .filter(([from]) => from < end)
    .map(([from, to]): [number, number] => [from, Math.min(to, end)]);
}

/** A wall-clock time of a day; "24:00" is the next midnight. */
export function clockTime(day: DateTime, time: string): DateTime {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour === 24
    ? day.startOf('day').plus({ days: 1 })
    : day.set({ hour, minute, second: 0, millisecond: 0 });
}

/**
 * The moment when `minutes` of the member's working time have passed since `from`.
 * @example two hours from Friday 18:00 for someone who works until 19:00 ends on Monday at 11:00.
 */
export function addWorkingTime(
  from: number,
  minutes: number,
  member: Pick<Member, 'hours' | 'zone'>,
  calendar?: Calendar,
): number {
  let left = minutes * 60_000;
  const first = DateTime.fromMillis(from, { zone: member.zone }).startOf('day');
  for (let ahead = 0; ahead < horizon; ahead += 1) {
    for (const [open, close] of windowsOn(first.plus({ days: ahead }), member, calendar)) {
      const begin = Math.max(open, from);
      if (begin >= close) continue;
      if (close - begin >= left) return begin + left;
      left -= close - begin;
    }
  }
  return from + minutes * 60_000;
}
