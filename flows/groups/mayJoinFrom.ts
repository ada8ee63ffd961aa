import type { Application } from '../candidate.ts';
import type { Pipeline } from '../pipelines/pipeline.ts';
import { movesOf } from '../pipelines/specOf.ts';
import type { Stage } from '../pipelines/stages.ts';
import type { GroupKind } from './group.ts';

/** From where one may be called to a group interview. */
const before = new Set<Stage>(['screening', 'review', 'call', 'invited', 'interview', 'decision', 'reserve']);

/** May an application be asked into a group from the stage where it stands? To a training, as its pipeline leads. */
export function mayJoinFrom(
  pipelines: readonly Pipeline[],
  application: Application,
  kind: GroupKind,
): boolean {
  if (kind === 'interview') return before.has(application.stage);
  return application.stage === 'training' || movesOf(pipelines, application).includes('training');
}
