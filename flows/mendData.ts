import type { Application } from './candidate.ts';
import { hostOf } from './groups/hostOf.ts';
import { isOpen } from './pipelines/stages.ts';
import type { Turn } from './turn.ts';

/**
 * What was right when it was put down may be wrong by now: the interviewer has left, the client is blocked. Whoever
 * has the application gets a task to put it right, once, with the button that does it.
 */
export function mendData(turn: Turn): void {
  for (const application of turn.state.applications) {
    if (!isOpen(application.stage)) continue;
    const fault = faultOf(turn, application);
    const open = application.tasks.find(({ kind, done }) => kind === 'fix' && done === undefined);
    if (!fault) {
      if (open) turn.finishTasks(application, 'fix');
      continue;
    }
    if (open || !turn.addTask(application, 'fix', fault)) continue;
    const verb = fault === 'client' ? 'agree' : 'move';
    turn.tell(application, `late.fix.${fault}`, {}, {}, [
      [{ label: { key: `late.fix.button.${fault}` }, data: `s:${verb}:${application.id}` }],
    ]);
  }
}

/** What is wrong with what stands there; undefined when nothing is. */
export function faultOf(turn: Turn, application: Application): 'interviewer' | 'client' | undefined {
  const { interview, agreement, vacancy } = application;
  const gone = (id: string | undefined) => id !== undefined && turn.member(id)?.active === false;
  if (agreement && gone(turn.vacancy(vacancy)?.client)) return 'client';
  if (!interview || interview.attendance !== undefined || interview.start <= turn.now) return undefined;
  if (!gone(hostOf(interview))) return undefined;
  return interview.kind === 'client' ? 'client' : 'interviewer';
}
