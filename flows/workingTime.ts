import { DateTime } from 'luxon';
import type { Member } from './member.ts';

/** How far ahead a working minute is looked for, in days: someone with no hours at all gets plain time. */
const horizon = 60;

/** The member's working windows on the day of `at`, as [from, to] in milliseconds, earliest first. */
export function windowsOn(day: DateTime, { hours }: Pick<Member, 'hours'>): [from: number, to: number][] {
  if (hours.off.includes(day.toISODate() ?? '')) return [];
  return (hours.week[String(day.weekday)] ?? [])
    .map(([from, to]): [number, number] => [clockTime(day, from).toMillis(), clockTime(day, to).toMillis()])
    .sort(([a], [b]) => a - b);
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
): number {
  let left = minutes * 60_000;
  const first = DateTime.fromMillis(from, { zone: member.zone }).startOf('day');
  for (let ahead = 0; ahead < horizon; ahead += 1) {
    for (const [open, close] of windowsOn(first.plus({ days: ahead }), member)) {
      const begin = Math.max(open, from);
      if (begin >= close) continue;
      if (close - begin >= left) return begin + left;
      left -= close - begin;
    }
  }
  return from + minutes * 60_000;
}
