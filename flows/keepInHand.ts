import type { Stage, Task } from './candidate.ts';
import type { Turn } from './turn.ts';

/** What somebody has to do about an application that lies at a stage. Those that are not named wait for nobody. */
const todo: Partial<Record<Stage, Task['kind']>> = {
  screening: 'review',
  review: 'review',
  invited: 'reschedule',
  interview: 'decision',
  decision: 'decision',
};

/**
 * Nobody is forgotten: after every decision an application in work has a question that is open to the candidate, an
 * interview that is to come, or a task. Where a decision left none (the talk went on about another vacancy, a window
 * was not got), its recruiter has one.
 */
export function keepInHand(turn: Turn): void {
  for (const application of turn.state.applications) {
    const { id, stage, interview, tasks } = application;
    const kind = todo[stage];
    if (!kind || tasks.some(({ done }) => done === undefined)) continue;
    if (turn.state.dialog?.application === id) continue;
    if (stage === 'interview' && interview && interview.attendance === undefined) continue;
    turn.addTask(application, kind);
  }
}
