import { DateTime } from 'luxon';

/** Midnights and clock changes of every zone lie on quarter hours. */
const quarter = 900_000;
const kept = 20_000;
const days = new Map<string, Map<number, string>>();
let count = 0;

/**
 * The calendar day of a moment in a zone, "2026-11-25". Remembered per quarter of an hour: a choice of days asks it
 * for hundreds of windows, and zone arithmetic is the dearest thing there.
 */
export function dayOf(at: number, zone: string): string {
  if (count > kept) {
    days.clear();
    count = 0;
  }
  let ofZone = days.get(zone);
  if (!ofZone) days.set(zone, (ofZone = new Map()));
  const number = Math.floor(at / quarter);
  const known = ofZone.get(number);
  if (known !== undefined) return known;
  const day = DateTime.fromMillis(at, { zone }).toISODate() ?? '';
  ofZone.set(number, day);
  count += 1;
  return day;
}
