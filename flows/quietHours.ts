import { DateTime } from 'luxon';
import { dayOf } from './dayOf.ts';
import type { Policy } from './policies/policy.ts';
import { clockTime } from './workingTime.ts';

/** The quiet hours of a day in a zone: when they begin and end on it, and when they end on the next. */
interface Bounds {
  from: number;
  to: number;
  nextTo: number;
}
const known = new Map<string, Bounds>();
const kept = 5_000;

/** Remembered by the day: every message asks, and so does each who waits in a line for each window. */
function boundsOf(at: number, zone: string, { from, to }: Policy['quiet']): Bounds {
  const key = `${dayOf(at, zone)} ${zone} ${from} ${to}`;
  const there = known.get(key);
  if (there) return there;
  if (known.size > kept) known.clear();
  const day = DateTime.fromMillis(at, { zone }).startOf('day');
  const bounds = {
    from: clockTime(day, from).toMillis(),
    to: clockTime(day, to).toMillis(),
    nextTo: clockTime(day.plus({ days: 1 }), to).toMillis(),
  };
  known.set(key, bounds);
  return bounds;
}

/** When something due at `at` may leave in this zone: then, or when the quiet hours end. */
export function afterQuiet(at: number, zone: string, quiet: Policy['quiet']): number {
  const { from, to, nextTo } = boundsOf(at, zone, quiet);
  if (from <= to) return at >= from && at < to ? to : at;
  if (at < to) return to;
  return at >= from ? nextTo : at;
}

/** An hour: a reminder moved out of the night must leave at least this before the meeting. */
const leastNotice = 3_600_000;

/**
 * When a reminder leaves: not at night, unless the person chose a meeting so early that the morning would be too
 * late for it.
 *
 * @param now one that is late already leaves now, or in the morning
 */
export function reminderTime(
  start: number,
  hoursBefore: number,
  zone: string,
  quiet: Policy['quiet'],
  now = -Infinity,
): number {
  const sharp = Math.max(start - hoursBefore * 3_600_000, now);
  const moved = afterQuiet(sharp, zone, quiet);
  return moved <= start - leastNotice ? moved : sharp;
}
