import { DateTime } from 'luxon';
import type { Policy } from './policies/policy.ts';
import { clockTime } from './workingTime.ts';

/** When something due at `at` may leave in this zone: then, or when the quiet hours end. */
export function afterQuiet(at: number, zone: string, quiet: Policy['quiet']): number {
  const local = DateTime.fromMillis(at, { zone });
  const from = clockTime(local, quiet.from).toMillis();
  const to = clockTime(local, quiet.to).toMillis();
  if (from <= to) return at >= from && at < to ? to : at;
  if (at < to) return to;
  return at >= from ? clockTime(local.plus({ days: 1 }), quiet.to).toMillis() : at;
}

/** An hour: a reminder moved out of the night must leave at least this before the meeting. */
const leastNotice = 3_600_000;

/**
 * When a reminder leaves: not at night, unless the person chose a meeting so early that the morning would be too
 * late for it.
 */
export function reminderTime(
  start: number,
  hoursBefore: number,
  zone: string,
  quiet: Policy['quiet'],
): number {
  const sharp = start - hoursBefore * 3_600_000;
  const moved = afterQuiet(sharp, zone, quiet);
  return moved <= start - leastNotice ? moved : sharp;
}
