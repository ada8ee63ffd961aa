import type { Application } from '../candidate.ts';
import type { Pipeline } from './pipeline.ts';
import { pipelineOf } from './specOf.ts';
import { isOpen, type Stage } from './stages.ts';

/** Where applications of older versions would stand in a newer one. */
export interface MoveStep {
  from: Stage;
  to: Stage;
  count: number;
}

/** The stage an application comes to in another version: its own when it is there, else where its way led on. */
export function stageIn(pipelines: readonly Pipeline[], application: Application, next: Pipeline): Stage {
  const has = (stage: Stage) => next.stages.some((one) => one.stage === stage);
  const { stage } = application;
  if (has(stage) || !isOpen(stage)) return stage;
  const old = pipelineOf(pipelines, application).stages.find((one) => one.stage === stage);
  return old?.outcomes.map(({ to }) => to).find((to) => isOpen(to) && has(to)) ?? 'review';
}

/** What moving everything that is open to a newer version would do, shown before it is done. */
export function movePlan(
  pipelines: readonly Pipeline[],
  applications: readonly Application[],
  next: Pipeline,
): MoveStep[] {
  const steps = new Map<string, MoveStep>();
  for (const application of applications) {
    if (!isMovable(pipelines, application, next)) continue;
    const { stage: from } = application;
    const to = stageIn(pipelines, application, next);
    const step = steps.get(`${from}>${to}`) ?? { from, to, count: 0 };
    step.count += 1;
    steps.set(`${from}>${to}`, step);
  }
  return [...steps.values()];
}

/** Open, and on an older version of this very pipeline. */
export function isMovable(pipelines: readonly Pipeline[], application: Application, next: Pipeline): boolean {
  const { id, version } = pipelineOf(pipelines, application);
  return isOpen(application.stage) && id === next.id && version < next.version;
}
