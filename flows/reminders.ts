import { DateTime } from 'luxon';
import type { Application, Interview } from './candidate.ts';
import type { Param } from './effect.ts';
import type { Turn } from './turn.ts';
import { interviewParams } from './interviewParams.ts';
import { reminderTime } from './quietHours.ts';

const hour = 3_600_000;

/** The name of an alarm that belongs to one reminder of an application's interview. */
export function alarmOf(kind: 'reminder' | 'silence', hours: number, application: string): string {
  return `${kind}${hours}:${application}`;
}

/** Arm every reminder of the policy that is still to come, and the question about attendance. */
export function armReminders(turn: Turn, application: Application, interview: Interview): void {
  const { policy } = turn.facts;
  const version = application.interviewVersion;
  for (const hours of [...new Set(policy.reminders.hoursBefore)].sort((a, b) => b - a)) {
    const due = reminderTime(interview.start, hours, turn.state.zone, policy.quiet);
    const known = interview.reminders.find((one) => one.hours === hours);
    // Due this moment and not rung yet, it would ring for an interview that is another by then.
    const overdue = known !== undefined && known.asked === undefined;
    if (due <= turn.now && !overdue) continue;
    if (!known) interview.reminders.push({ hours });
    const timer = { kind: 'reminder' as const, hours, application: application.id, version };
    turn.schedule(alarmOf('reminder', hours, application.id), due, timer);
  }
  interview.reminders.sort((a, b) => b.hours - a.hours);
  turn.schedule(`attendance:${application.id}`, interview.start + policy.attendanceMinutes * 60_000, {
    kind: 'attendance',
    application: application.id,
    version,
  });
}

/** Stop every alarm of an application's interview. */
export function silence(turn: Turn, application: Application, { reminders }: Interview): void {
  for (const { hours } of reminders) {
    turn.cancel(alarmOf('reminder', hours, application.id));
    turn.cancel(alarmOf('silence', hours, application.id));
  }
  turn.cancel(`attendance:${application.id}`);
}

/** A reminder is due: asked once, and its silence is looked at later. */
export function remind(turn: Turn, application: Application, version: number, hours: number): void {
  const { interview } = application;
  if (!interview || application.interviewVersion !== version || interview.start <= turn.now) return;
  const reminder = interview.reminders.find((one) => one.hours === hours);
  if (!reminder) return;
  // Since it was set they may have named a city of another zone: it waits for their own morning.
  const due = reminderTime(interview.start, hours, turn.state.zone, turn.facts.policy.quiet, turn.now);
  if (due > turn.now) {
    const timer = { kind: 'reminder' as const, hours, application: application.id, version };
    return turn.schedule(alarmOf('reminder', hours, application.id), due, timer);
  }
  reminder.asked = turn.now;
  if (interview.kind === 'client') remindOthers(turn, application, interview, hours);
  // Whoever wrote /stop gets nothing that was not asked for; the recruiter calls instead.
  if (turn.state.stopped) return silent(turn, application, version);
  const data = (answer: string) => `r:${application.id}:${version}:${answer}:${hours}`;
  turn.effects.push({
    type: 'notify',
    key: `reminder:${application.id}:${hours}h:${version}`,
    to: { candidate: turn.state._id },
    application: application.id,
    prompt: true,
    interviewVersion: version,
    message: {
      key: `${interview.group ? 'group' : 'candidate'}.reminder.${hours < 24 ? 'hours' : 'days'}`,
      params: { ...interviewParams(turn, application, interview), left: left(turn, interview.start, hours) },
      buttons: [
        [{ label: { key: 'candidate.button.willCome' }, data: data('yes'), style: 'success' }],
        [
          { label: { key: 'candidate.button.anotherTime' }, data: data('move') },
          { label: { key: 'candidate.button.cannot' }, data: data('no'), style: 'danger' },
        ],
      ],
    },
  });
  const answerBy = turn.now + turn.facts.policy.reminders.silenceMinutes * 60_000;
  if (answerBy < interview.start) {
    const timer = { kind: 'silence' as const, hours, application: application.id, version };
    turn.schedule(alarmOf('silence', hours, application.id), answerBy, timer);
  }
}

/**
 * How long it is until the meeting, in words. What is left is told, not the policy's number: a reminder may have been
 * moved out of the night, and a day before is "today" when it left at eight for a meeting at eleven in the evening.
 */
function left(turn: Turn, start: number, hours: number): Param {
  if (hours < 24) {
    const count = Math.round((start - turn.now) / hour);
    return count < 1
      ? { key: 'candidate.reminder.soon' }
      : { key: 'candidate.reminder.inHours', params: { count } };
  }
  const { zone } = turn.state;
  const day = (at: number) => DateTime.fromMillis(at, { zone }).startOf('day');
  const count = Math.round(day(start).diff(day(turn.now), 'days').days);
  if (count < 2) return { key: `candidate.reminder.${count === 1 ? 'tomorrow' : 'today'}` };
  return { key: 'candidate.reminder.inDays', params: { count } };
}

/** Nobody answered the last reminder: the recruiter is told, and can call. */
export function silent(turn: Turn, application: Application, version: number): void {
  const { interview } = application;
  if (!interview || application.interviewVersion !== version || interview.start <= turn.now) return;
  const last = interview.reminders.findLast(({ asked }) => asked !== undefined);
  if (!last?.asked) return;
  const { asked } = last;
  if (interview.reminders.some(({ confirmed }) => confirmed !== undefined && confirmed >= asked)) return;
  turn.tell(application, 'notice.silent', {
    when: { at: interview.start, as: 'dateTime' },
    phone: turn.state.phone ?? '—',
  });
  turn.fact('reminderUnanswered', application.id);
}

/** Before the client's interview its client and recruiter hear too: date, time, format. */
function remindOthers(turn: Turn, application: Application, interview: Interview, hours: number): void {
  const version = application.interviewVersion;
  const params = {
    name: turn.state.name ?? '—',
    vacancy: turn.title(application),
    when: { at: interview.start, as: 'dateTime' as const },
    format: { key: `candidate.formatWithin.${interview.format}` },
  };
  for (const member of new Set([interview.interviewer, application.recruiter]))
    if (member && turn.member(member)?.active)
      turn.effects.push({
        type: 'notify',
        key: `reminder:${application.id}:${hours}h:${version}:${member}`,
        to: { member },
        application: application.id,
        prompt: false,
        interviewVersion: version,
        message: { key: 'late.meetingSoon', params },
      });
}
