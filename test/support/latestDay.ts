import type { Seen } from './simulator.ts';

/** The button of the latest day a message offers, as data: what is nearest may stand below it. */
export function latestDay({ buttons }: Seen): string {
  const days = buttons.flat().flatMap(({ data = '' }) => (/:\d{4}-\d\d-\d\d$/.test(data) ? [data] : []));
  return days.sort((a, b) => (a.slice(-10) < b.slice(-10) ? 1 : -1))[0] ?? '';
}
