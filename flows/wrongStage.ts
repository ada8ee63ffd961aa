import type { Application } from './candidate.ts';
import type { Refused } from './staffCommand.ts';
import type { Turn } from './turn.ts';

/** The refusal that says where the application stands. */
export function wrongStage(turn: Turn, application: Application): Refused {
  return { code: 'wrongStage', params: { stage: turn.stageName(application) } };
}
