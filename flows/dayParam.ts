import type { Param } from './effect.ts';

/** An ISO date as the locale writes it; a day has no zone. */
export function dayParam(day: string): Param {
  return { at: Date.parse(`${day}T00:00:00Z`), as: 'date', zone: 'utc' };
}
