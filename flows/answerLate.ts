import { settleReminder, unanswered } from './answerReminder.ts';
import type { Application } from './candidate.ts';
import { dayOf } from './dayOf.ts';
import { saysLate } from './saysLate.ts';
import { saysLater } from './saysLater.ts';
import type { Turn } from './turn.ts';

/**
 * "I'll be ten minutes late": whoever says so is coming, also where they were asked why they cannot. Their reminder is
 * answered and nothing is said to them: what they wrote is for the recruiter to read.
 *
 * @returns whose meeting that is to come it was said of
 */
export function answerLate(turn: Turn, text: string): Application | undefined {
  const [next] = turn.state.applications
    .flatMap((application) =>
      application.interview ? [{ application, interview: application.interview }] : [],
    )
    .filter(({ interview }) => interview.start > turn.now)
    .sort((a, b) => a.interview.start - b.interview.start);
  if (!next) return undefined;
  const { application, interview } = next;
  const { zone, dialog } = turn.state;
  const today = dayOf(interview.start, zone) === dayOf(turn.now, zone);
  if (!saysLate(turn, text) && !(today && saysLater(turn, text))) return undefined;
  if (dialog?.application === application.id) delete turn.state.dialog;
  const reminder = unanswered(interview);
  if (reminder) settleReminder(turn, application, reminder);
  return application;
}
