import type { Application, Interview, Reminder } from './candidate.ts';
import { askCancelReason } from './dialogs/withdrawal.ts';
import { anotherTime } from './late/anotherTime.ts';
import { alarmOf } from './reminders.ts';
import { saidOfMeeting, type SaidOfMeeting } from './saidOfMeeting.ts';
import type { Turn } from './turn.ts';

/**
 * "I'll be there" / "Another time" / "I can't" under a reminder. The recruiter sees it at once.
 *
 * @returns whether there is such a reminder
 */
export function answerReminder(turn: Turn, application: Application, answer: string, hours: number): boolean {
  const { interview } = application;
  const reminder = interview?.reminders.find((one) => one.hours === hours);
  if (!interview || !reminder) return false;
  if (answer === 'move') anotherTime(turn, application);
  else if (answer === 'no') askCancelReason(turn, application);
  else if (reminder.confirmed !== undefined) turn.toast = { key: 'candidate.toast.alreadyConfirmed' };
  else {
    turn.toast = { key: 'candidate.toast.confirmed' };
    const when = { at: interview.start, as: 'dateTime' as const };
    turn.say('candidate.reminder.confirmed', { when }, undefined, { application: application.id });
    settleReminder(turn, application, reminder);
    turn.tell(application, 'notice.confirmed', { when, hours });
  }
  return true;
}

/** They will be there: no silence is looked for. */
export function settleReminder(turn: Turn, application: Application, reminder: Reminder): void {
  const { hours } = reminder;
  reminder.confirmed = turn.now;
  turn.cancel(alarmOf('silence', hours, application.id));
  turn.fact('attendanceConfirmed', application.id, 'candidate', { hours });
}

/** The newest reminder that was sent, when it has no answer. */
export function unanswered({ reminders }: Interview): Reminder | undefined {
  const newest = reminders.findLast(({ asked }) => asked !== undefined);
  return newest?.confirmed === undefined ? newest : undefined;
}

/**
 * The same, typed, as long as the newest reminder has no answer. Whoever was not asked says it of themselves: then
 * clear words alone count, and an illness.
 *
 * @returns what was understood of a meeting
 */
export function answerReminderText(turn: Turn, text: string): SaidOfMeeting | undefined {
  const said = saidOfMeeting(turn, text);
  if (!said) return undefined;
  for (const application of turn.state.applications) {
    const { interview } = application;
    if (!interview || interview.start <= turn.now) continue;
    const newest = unanswered(interview);
    if (newest) return answerReminder(turn, application, said.means, newest.hours) ? said : undefined;
    if (said.plain || said.means === 'yes' || !(said.exact || said.ill)) continue;
    if (said.means === 'move') anotherTime(turn, application);
    else askCancelReason(turn, application);
    return said;
  }
  return undefined;
}
