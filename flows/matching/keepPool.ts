import type { Candidate } from '../candidate.ts';
import { isOpen } from '../pipelines/stages.ts';
import type { Turn } from '../turn.ts';
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
  const { state } = turn;
  if (!isFree(state)) {
    delete state.pool;
    return;
  }
  const keys = state.applications.flatMap(({ vacancy }) => {
    const found = turn.vacancy(vacancy);
    return found ? positionKeys(found) : [];
  });
  if (state.city) keys.push(cityKey(state.city));
  state.pool = {
    keys: [...new Set(keys)],
    at: Math.max(...state.applications.map(({ stageAt }) => stageAt)),
  };
}

/** How a city stands in the index. */
export function cityKey(city: string): string {
  return `c:${city.trim().toLowerCase().replaceAll('\u0451', '\u0435')}`;
}
