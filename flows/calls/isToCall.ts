import type { Application } from '../candidate.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import { specOf } from '../pipelines/specOf.ts';
import type { Stage } from '../pipelines/stages.ts';

/** Has somebody to ring: because it is the time of the road for it, or because they rang and nobody answered? */
export function isToCall(pipelines: readonly Pipeline[], application: Application): boolean {
  return isCallStage(pipelines, application) || owesRing(application);
}

/** Is it the time of an application's road where somebody has to ring? Where its stage's task is a call. */
export function isCallStage(pipelines: readonly Pipeline[], application: Application): boolean {
  return specOf(pipelines, application).task?.kind === 'call';
}

/** Did they ring, and has nobody rung back yet? */
export function owesRing({ tasks }: Pick<Application, 'tasks'>): boolean {
  return tasks.some(({ kind, done }) => kind === 'ringBack' && done === undefined);
}

/** Every stage of every pipeline where somebody has to ring. */
export function callStages(pipelines: readonly Pipeline[]): Stage[] {
  const stages = pipelines.flatMap((pipeline) => pipeline.stages);
  return [...new Set(stages.filter(({ task }) => task?.kind === 'call').map(({ stage }) => stage))];
}
