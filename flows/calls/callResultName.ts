import type { Param } from '../effect.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import { outcomeName } from '../pipelines/stageName.ts';
import { callResults } from './calls.ts';

/** How a call ended, in words: one of the call's own results, or the stage's as its pipeline calls it. */
export function callResultName(pipelines: readonly Pipeline[], result: string): Param {
  const own = callResults.find((one) => one === result);
  if (own) return { key: `calls.result.${own}` };
  const outcomes = pipelines.flatMap(({ stages }) => stages).flatMap((stage) => stage.outcomes);
  return outcomeName(outcomes.find(({ id }) => id === result) ?? { id: result });
}
