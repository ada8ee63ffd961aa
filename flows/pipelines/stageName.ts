import type { Application, Task } from '../candidate.ts';
import type { Name, Outcome, Pipeline } from './pipeline.ts';
import { isOwn, type Stage } from './stages.ts';
import { pipelineOf } from './specOf.ts';

/** What a stage is called in the pipeline an application goes by. @param stage unset: where it stands */
export function stageName(
  pipelines: readonly Pipeline[],
  application: Pick<Application, 'stage' | 'pipeline'>,
  stage: Stage = application.stage,
): Name {
  const spec = pipelineOf(pipelines, application).stages.find((one) => one.stage === stage);
  return specName(spec ?? { stage });
}

/** What a pipeline calls a stage of its; one without a name is called as the locales have it. */
export function specName({ stage, name }: { stage: Stage; name?: Name | undefined }): Name {
  return name ?? { key: isOwn(stage) ? 'staff.stage.own' : `staff.stage.${stage}` };
}

/** What a result is called, on its button. */
export function outcomeName({ id, name }: Pick<Outcome, 'id' | 'name'>): Name {
  return name ?? { key: `pipeline.outcome.${id}` };
}

/** What is to be done, for a list or a notice; a step of an agency's own is called as its stage. */
export function taskName(
  pipelines: readonly Pipeline[],
  application: Pick<Application, 'stage' | 'pipeline'>,
  { kind, stage }: Pick<Task, 'kind' | 'stage'>,
): Name {
  return kind === 'step' ? stageName(pipelines, application, stage) : { key: `staff.task.${kind}` };
}
