import { DateTime } from 'luxon';

/** Midnights and clock changes of every zone lie on quarter hours. */
const quarter = 900_000;
const kept = 20_000;
const days = new Map<string, string>();

/**
 * The calendar day of a moment in a zone, "2026-11-25". Remembered per quarter of an hour: a choice of days asks it
 * for hundreds of windows, and zone arithmetic is the dearest thing there.
 */
export function dayOf(at: number, zone: string): string {
  const key = `${zone}:${Math.floor(at / quarter)}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  if (days.size > kept) days.clear();
  const day = DateTime.fromMillis(at, { zone }).toISODate() ?? '';
  days.set(key, day);
  return day;
}
