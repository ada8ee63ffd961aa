import type { Pipeline } from './pipeline.ts';
import { builtInStages, isOpen, type Stage } from './stages.ts';

/**
 * Every stage at which somebody works on an application, of any pipeline and any version of it: who stands there is found
 * by the index of stages, without a look at all those who ended.
 */
export function openStages(pipelines: readonly Pipeline[]): Stage[] {
  const stages = pipelines.flatMap((pipeline) => pipeline.stages.map(({ stage }) => stage));
  return [...new Set([...builtInStages, ...stages].filter(isOpen))];
}
