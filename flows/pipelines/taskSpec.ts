import type { Application, Task } from '../candidate.ts';
import { type FieldId, missingFields } from './fields.ts';
import type { Pipeline, StageTask } from './pipeline.ts';
import { specOf } from './specOf.ts';

/** What the pipeline says of a task: its check-list, its hint, its training; undefined for one it did not ask for. */
export function taskSpec(
  pipelines: readonly Pipeline[],
  { pipeline }: Pick<Application, 'pipeline'>,
  { kind, stage }: Pick<Task, 'kind' | 'stage'>,
): StageTask | undefined {
  if (!stage) return undefined;
  const { task } = specOf(pipelines, { stage, ...(pipeline && { pipeline }) });
  return task?.kind === kind ? task : undefined;
}

/**
 * What a task cannot be closed without: attendance must be known, and a stage's own task wants what the way on from
 * there wants.
 */
export function missingOf(
  pipelines: readonly Pipeline[],
  application: Application,
  task: Pick<Task, 'kind'>,
): FieldId[] {
  if (task.kind === 'attendance') return missingFields(application, ['attendance']);
  const { task: own, outcomes } = specOf(pipelines, application);
  if (own?.kind !== task.kind) return [];
  const way = outcomes.find(({ style }) => style === 'success') ?? outcomes[0];
  return missingFields(application, way?.needs ?? []);
}
