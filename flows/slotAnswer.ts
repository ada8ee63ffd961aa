import type { Application, Interview } from './candidate.ts';
import type { Button } from './effect.ts';
import type { SlotAnswer } from './event.ts';
import type { Turn } from './turn.ts';
import { calendarFile } from './calendarFile.ts';
import { clientNotice } from './clientNotice.ts';
import { silence } from './dropInterview.ts';
import { offerNearest } from './dialogs/slotChoice.ts';
import { reminderTime } from './quietHours.ts';
import { stages } from './policies/stages.ts';

/** The window is ours: the interview stands, the old one (if any) is free, everybody knows, reminders are armed. */
export function slotBooked(turn: Turn, event: SlotAnswer): void {
  const application = turn.application(event.application);
  const { interviewer, start, format, by } = event;
  const release = { type: 'release' as const, application: event.application, interviewer };
  if (!application || !stages[application.stage].open) {
    turn.effects.push({ ...release, key: `${turn.event.id}:free`, start });
    return;
  }
  const old = application.interview;
  if (turn.state.dialog?.application === application.id) delete turn.state.dialog;
  if (old?.start === start && old.interviewer === interviewer) return;
  if (old)
    turn.effects.push({
      ...release,
      key: `${turn.event.id}:free`,
      interviewer: old.interviewer,
      start: old.start,
    });
  const interview: Interview = { interviewer, start, format, bookedAt: turn.now };
  application.interview = interview;
  application.interviewVersion += 1;
  application.stage = 'interview';
  application.stageAt = turn.now;
  turn.finishTasks(application, 'take', 'review', 'reschedule', 'attendance', 'decision');
  turn.fact(old ? 'interviewMoved' : 'interviewSet', application.id, by ?? 'candidate', {
    when: { at: start, as: 'dateTime' },
    format: { key: `candidate.format.${format}` },
  });
  confirm(turn, application, interview, by === undefined);
  tellStaff(turn, application, interview, old !== undefined);
  arm(turn, application, interview);
}

/** Somebody was faster. */
export function slotTaken(turn: Turn, event: SlotAnswer): void {
  const application = turn.application(event.application);
  if (!application) return;
  if (event.by) {
    // The API's callers are answered by the API.
    if (!turn.member(event.by)) return;
    turn.notify(
      { member: event.by },
      { key: 'notice.slotTaken', params: { when: { at: event.start, as: 'dateTime' } } },
    );
    return;
  }
  const { dialog } = turn.state;
  if (dialog?.kind === 'booking' && dialog.application === application.id)
    offerNearest(turn, application, event.format, event.start, 'candidate.slot.taken');
}

function confirm(turn: Turn, application: Application, interview: Interview, asked: boolean): void {
  const vacancy = turn.vacancy(application.vacancy);
  const { format } = interview;
  const version = application.interviewVersion;
  const rows: Button[][] = [
    ...(format === 'office' && vacancy?.address
      ? [[{ label: { key: 'candidate.button.copyAddress' }, copy: vacancy.address.slice(0, 256) }]]
      : []),
    ...(format === 'zoom' && vacancy?.link
      ? [[{ label: { key: 'candidate.button.openLink' }, url: vacancy.link }]]
      : []),
    [
      { label: { key: 'candidate.button.anotherTime' }, data: `i:${application.id}:${version}:move` },
      {
        label: { key: 'candidate.button.cancel' },
        data: `i:${application.id}:${version}:cancel`,
        style: 'danger',
      },
    ],
  ];
  turn.say('candidate.slot.booked', interviewParams(turn, application, interview), rows, {
    prompt: asked,
    application: application.id,
    interviewVersion: version,
  });
  turn.say('candidate.slot.calendar', undefined, undefined, {
    prompt: asked,
    application: application.id,
    interviewVersion: version,
    file: calendarFile(turn, application, interview, false),
  });
}

/** Date, time, zone, format, and where: what every message about an interview says. */
export function interviewParams(turn: Turn, application: Application, { start, format }: Interview) {
  const vacancy = turn.vacancy(application.vacancy);
  return {
    vacancy: turn.title(application),
    when: { at: start, as: 'dateTime' as const },
    zone: { at: start, as: 'zone' as const },
    format: { key: `candidate.format.${format}` },
    place: {
      key: `candidate.place.${format}`,
      params: {
        address: vacancy?.address ?? '—',
        link: vacancy?.link ?? '—',
        phone: turn.state.phone ?? '—',
      },
    },
    notes: vacancy?.notes ? { key: 'candidate.notes', params: { notes: vacancy.notes } } : '',
  };
}

function tellStaff(turn: Turn, application: Application, interview: Interview, moved: boolean): void {
  const when = { at: interview.start, as: 'dateTime' as const };
  const format = { key: `candidate.format.${interview.format}` };
  turn.tell(application, moved ? 'notice.interviewMoved' : 'notice.interviewSet', { when, format });
  clientNotice(turn, application, interview, moved ? 'moved' : 'set');
  if (interview.interviewer === application.recruiter) return;
  turn.notify(
    { member: interview.interviewer },
    {
      key: moved ? 'notice.interviewMoved' : 'notice.interviewSet',
      params: { name: turn.state.name ?? '—', vacancy: turn.title(application), when, format },
      file: calendarFile(turn, application, interview, false),
    },
    { application: application.id },
  );
}

function arm(turn: Turn, application: Application, interview: Interview): void {
  silence(turn, application);
  const version = application.interviewVersion;
  const { policy } = turn.facts;
  for (const [hours, kind] of [
    [24, 'reminder24'],
    [3, 'reminder3'],
  ] as const) {
    const due = reminderTime(interview.start, hours, turn.state.zone, policy.quiet);
    if (due > turn.now)
      turn.schedule(`${kind}:${application.id}`, due, { kind, application: application.id, version });
  }
  const after = interview.start + policy.attendanceMinutes * 60_000;
  turn.schedule(`attendance:${application.id}`, after, {
    kind: 'attendance',
    application: application.id,
    version,
  });
}
