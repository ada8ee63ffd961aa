import { DateTime } from 'luxon';
import type { Policy } from '../../flows/policies/policy.ts';

/** The judge's own quiet hours, told from the wall clock and nothing of the product. */
export function isNight(at: number, zone: string, { quiet }: Policy): boolean {
  const time = DateTime.fromMillis(at, { zone }).toFormat('HH:mm');
  return time >= quiet.from || time < quiet.to;
}

/** The first quarter of an hour that is not night: clocks change on quarters. */
export function afterNight(at: number, zone: string, policy: Policy): number {
  if (!isNight(at, zone, policy)) return at;
  const quarter = 900_000;
  let next = Math.ceil((at + 1) / quarter) * quarter;
  while (isNight(next, zone, policy)) next += quarter;
  return next;
}
