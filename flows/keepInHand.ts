import { waitsForDay } from './late/atWork.ts';
import type { Turn } from './turn.ts';

/**
 * Nobody is forgotten: after every decision an application in work has a question that is open to the candidate, an
 * interview that is to come, or a task. Where a decision left none (the talk went on about another vacancy, a window
 * was not got), its recruiter has one.
 */
export function keepInHand(turn: Turn): void {
  for (const application of turn.state.applications) {
    const { id, stage, interview, tasks } = application;
    // What has to be done about an application that lies at a stage is the pipeline's word; an end has none.
    const kind = turn.spec(application).task?.kind;
    if (!kind || tasks.some(({ done }) => done === undefined)) continue;
    if (turn.state.dialog?.application === id) continue;
    if (
      (stage === 'interview' || stage === 'clientInterview') &&
      interview &&
      interview.attendance === undefined
    )
      continue;
    if (waitsForDay(application, turn.facts.policy, turn.now)) continue;
    turn.addTask(application, kind);
  }
}
