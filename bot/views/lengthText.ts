import type { Setting } from '../settings/settings.ts';
import type { Speech } from '../speech.ts';

const day = 1_440;

/**
 * A length of time in words: "1 day 12 hours", never "2,160 minutes".
 *
 * @param form `limit` after "from" and "up to", which ask for another case
 */
export function lengthText(
  said: Speech,
  value: number,
  { unit, working }: Pick<Setting, 'unit' | 'working'>,
  form: 'count' | 'limit' = 'count',
): string {
  if (unit === undefined) return String(value);
  const parts =
    unit === 'minutes' || unit === 'hours' ? partsOf(value, unit, working) : [[unit, value] as const];
  return parts.map(([name, count]) => said.plain(`unit.${form}.${name}`, { count })).join(' ');
}

/** Working time has no days: how long one is differs from member to member. */
function partsOf(value: number, unit: 'minutes' | 'hours', working = false) {
  const minutes = unit === 'hours' ? value * 60 : value;
  const days = working ? 0 : Math.floor(minutes / day);
  const parts = [
    ['days', days],
    ['hours', Math.floor((minutes - days * day) / 60)],
    ['minutes', minutes % 60],
  ] as const;
  const said = parts.filter(([, count]) => count > 0);
  return said.length > 0 ? said : [[unit, 0] as const];
}
