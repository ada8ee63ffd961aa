import type { Application } from '../candidate.ts';
import type { StaffCommand } from '../event.ts';
import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';
import { enter } from './enter.ts';
import { isMovable, stageIn } from './movePlan.ts';

/** Go on by a newer version of the same pipeline, as the plan showed; what is on it already stays. */
export function adopt(
  turn: Turn,
  application: Application,
  { by, version }: Extract<StaffCommand, { type: 'adopt' }>,
): Refused {
  const { pipelines } = turn.facts;
  const id = application.pipeline?.id ?? 'agency';
  const next = pipelines.find((one) => one.id === id && one.version === version);
  if (!next) return { code: 'noSuchPipeline' };
  if (!isMovable(pipelines, application, next)) return undefined;
  const to = stageIn(pipelines, application, next);
  application.pipeline = { id, version };
  if (to !== application.stage) enter(turn, application, to);
  delete application.undo;
  turn.fact('pipelineChanged', application.id, by, { version, stage: turn.stageName(application) });
  return undefined;
}
