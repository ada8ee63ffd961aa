import type { Stage } from '../pipelines/stages.ts';

/** The stages at which a person has one of a vacancy's places: they have begun to work. */
export const placeStages = ['work', 'hired'] as const satisfies readonly Stage[];

/** Does somebody who stands there have one of the vacancy's places? */
export function fillsPlace(stage: Stage): boolean {
  return placeStages.some((one) => one === stage);
}

/** Those who were promised a place: when it is filled by somebody else, that is for a recruiter to settle. */
const promised: ReadonlySet<Stage> = new Set<Stage>(['offer', 'starting', ...placeStages]);

/** May the bot itself end an application that stands there when the vacancy is filled? */
export function mayBeTurnedAway(stage: Stage): boolean {
  return !promised.has(stage);
}
