import type { Application } from './candidate.ts';
import { clientNotice } from './clientNotice.ts';
import { neverAgain } from './line/neverAgain.ts';
import { silence } from './reminders.ts';
import { tellHostOff } from './tellHostOff.ts';
import type { Turn } from './turn.ts';

/**
 * Let an interview go: the window is free, its reminders are silent, the client and interviewer know.
 *
 * @param later when they are told, and until when the window is kept for it; unset: at once
 */
export function dropInterview(
  turn: Turn,
  application: Application,
  by: string,
  later?: { told: number; kept: number },
): void {
  const { interview } = application;
  if (!interview) return;
  const { interviewer, start } = interview;
  turn.release(application, interviewer, start, later?.kept);
  neverAgain(application, interview);
  silence(turn, application, interview);
  delete application.interview;
  application.interviewVersion += 1;
  turn.finishTasks(application, 'attendance');
  turn.fact('interviewCancelled', application.id, by, { when: { at: start, as: 'dateTime' } });
  if (start > turn.now && interview.attendance === undefined) {
    clientNotice(turn, application, interview, 'cancelled', later?.told);
    tellHostOff(turn, application, interview, by, later?.told);
  }
}
