import type { Application } from './candidate.ts';
import { waitsForDay } from './late/atWork.ts';
import type { Turn } from './turn.ts';

/**
 * Nobody is forgotten: after every decision an application in work has a question that is open to the candidate, an
 * interview that is to come, or a task. Where a decision left none (the talk went on about another vacancy, a window
 * was not got), its recruiter has one.
 */
export function keepInHand(turn: Turn): void {
  for (const application of turn.state.applications) {
    // What has to be done about an application that lies at a stage is the pipeline's word; an end has none.
    const kind = turn.spec(application).task?.kind;
    if (kind && !isInHand(turn, application)) turn.addTask(application, kind);
  }
}

/** Is somebody or something awaited: a task, the candidate's answer, a meeting, a day? */
export function isInHand(turn: Turn, application: Application): boolean {
  const { id, stage, interview, tasks } = application;
  if (tasks.some(({ done }) => done === undefined)) return true;
  if (turn.state.dialog?.application === id) return true;
  const meets =
    (stage === 'interview' || stage === 'clientInterview' || stage === 'training') && interview !== undefined;
  if (meets && interview.attendance === undefined) return true;
  return waitsForDay(application, turn.facts.policy, turn.now);
}
