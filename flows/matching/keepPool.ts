import type { Candidate } from '../candidate.ts';
import { isOpen } from '../pipelines/stages.ts';
import type { Turn } from '../turn.ts';
import type { Vacancy } from '../vacancy.ts';
import { positionKeys } from './position.ts';

/** Nobody works with them now, and nothing says that they would rather be left alone. */
export function isFree(state: Candidate): boolean {
  const { applications, blacklisted, notLooking, stopped } = state;
  if (blacklisted || notLooking || stopped || applications.length === 0) return false;
  return applications.every(({ stage }) => !isOpen(stage));
}

/**
 * Whoever is free stands in an index under what they applied for and where they live: a saved vacancy finds them by
 * one read, without looking at anybody else.
 */
export function keepPool(turn: Turn): void {
  const pool = poolOf(turn.state, (id) => turn.vacancy(id));
  if (pool) turn.state.pool = pool;
  else delete turn.state.pool;
}

/** How a person stands in that index; undefined when they are not free. */
export function poolOf(
  state: Candidate,
  vacancyOf: (id: string) => Pick<Vacancy, 'title'> | undefined,
): Candidate['pool'] {
  if (!isFree(state)) return undefined;
  const keys = state.applications.flatMap(({ vacancy }) => {
    const found = vacancyOf(vacancy);
    return found ? positionKeys(found) : [];
  });
  if (state.city) keys.push(cityKey(state.city));
  return { keys: [...new Set(keys)], at: Math.max(...state.applications.map(({ stageAt }) => stageAt)) };
}

/** How a city stands in the index. */
export function cityKey(city: string): string {
  return `c:${city.trim().toLowerCase().replaceAll('\u0451', '\u0435')}`;
}
