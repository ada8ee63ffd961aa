import type { Application } from '../candidate.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import { pipelineOf } from '../pipelines/specOf.ts';
import { isOpen } from '../pipelines/stages.ts';

/** Of the open applications on one vacancy: the one that stays, and those that end for it. */
export interface Double {
  stays: Application;
  ends: Application[];
}

/**
 * Nobody is on one vacancy twice: the application that is further on its way stays. Of two that are as far the one with
 * a meeting to come stays, then the elder.
 */
export function doublesOf(pipelines: readonly Pipeline[], applications: Application[]): Double[] {
  const open = Map.groupBy(
    applications.filter(({ stage }) => isOpen(stage)),
    ({ vacancy }) => vacancy,
  );
  return [...open.values()].flatMap((many) => {
    const [stays, ...ends] = many.toSorted((a, b) => compare(far(pipelines, b), far(pipelines, a)));
    return stays && ends.length > 0 ? [{ stays, ends }] : [];
  });
}

/** How far an application has come: by its stage, its meeting, its age. */
function far(pipelines: readonly Pipeline[], application: Application): number[] {
  const { stages } = pipelineOf(pipelines, application);
  const at = stages.findIndex(({ stage }) => stage === application.stage);
  const meets = application.interview !== undefined && application.interview.attendance === undefined;
  return [at, meets ? 1 : 0, -application.createdAt];
}

function compare(a: number[], b: number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
