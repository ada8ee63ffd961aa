import type { Application, Interview } from './candidate.ts';
import type { Button } from './effect.ts';
import type { SlotAnswer } from './event.ts';
import type { Turn } from './turn.ts';
import { calendarFile } from './calendarFile.ts';
import { meetingLost } from './cancelInterview.ts';
import { clientNotice } from './clientNotice.ts';
import { pick } from './dialogs/slotChoice.ts';
import { inviteCopies } from './inviteCopies.ts';
import { interviewParams } from './interviewParams.ts';
import { backToRecruiter, dropAgreement } from './late/agreement.ts';
import { keepPast } from './keepPast.ts';
import { armReminders, silence } from './reminders.ts';
import { stageTasks } from './pipelines/stageTasks.ts';
import { groupOfSeat } from './groups/seat.ts';
import { inGroup, seatIsOld, seatTaken } from './groups/seatAnswer.ts';
import { earlierMakesSense } from './line/joinLine.ts';
import { lineEnds, offerGone } from './line/offer.ts';
import { neverAgain } from './line/neverAgain.ts';
import { isOpen } from './pipelines/stages.ts';
import { isHeldByRecruiter } from './isHeldByRecruiter.ts';
import { hostOf } from './groups/hostOf.ts';
import { tellHostOff } from './tellHostOff.ts';

/** The window is ours: the interview stands, the old one (if any) is free, everybody knows, reminders are armed. */
export function slotBooked(turn: Turn, event: SlotAnswer): void {
  const application = turn.application(event.application);
  const { interviewer, start, format, by } = event;
  const release = { type: 'release' as const, application: event.application, interviewer };
  if (!application || !isOpen(application.stage)) {
    turn.effects.push({ ...release, key: `${turn.event.id}:free`, start });
    return;
  }
  if (seatIsOld(turn, application, event)) return;
  const group = turn.group(groupOfSeat(interviewer));
  const client = turn.member(interviewer)?.role === 'client';
  const { agreement } = application;
  // The first interview was held: it stays in the history, and its window is nobody's business any more.
  const own = client ? 'client' : group?.kind === 'training' ? 'training' : undefined;
  const held = application.interview?.attendance !== undefined && application.interview.group !== undefined;
  if (application.interview && ((own && application.interview.kind !== own) || held)) {
    silence(turn, application, application.interview);
    keepPast(application, application.interview);
  }
  const old = application.interview;
  const sameWindow = old?.start === start && old.interviewer === interviewer;
  const { dialog } = turn.state;
  // Asked for once more, a meeting that stands ends no waiting for an earlier one, and no question but
  // the one for its time.
  const stands = sameWindow && old.format === format;
  if (dialog?.application === application.id && (!stands || dialog.kind === 'booking'))
    delete turn.state.dialog;
  if (stands) return;
  lineEnds(turn, application, interviewer, start);
  if (old) silence(turn, application, old);
  if (old && !sameWindow) {
    neverAgain(application, old);
    turn.effects.push({
      ...release,
      key: `${turn.event.id}:free`,
      interviewer: old.interviewer,
      start: old.start,
    });
  }
  // The same time held in another way: what was asked and confirmed of it still stands.
  const reminders = sameWindow ? old.reminders : [];
  const interview: Interview = {
    interviewer,
    start,
    format,
    bookedAt: turn.now,
    reminders,
    ...(client && { kind: 'client' as const }),
    ...(group && inGroup(group)),
    ...(client && agreement?.notes && { notes: agreement.notes }),
    ...(client && agreement?.address && { address: agreement.address }),
  };
  if (client) dropAgreement(turn, application, start);
  const untold = notCalledOff(turn, application);
  if (by !== undefined) delete application.undo;
  application.interview = interview;
  application.interviewVersion += 1;
  application.stage = client ? 'clientInterview' : group?.kind === 'training' ? 'training' : 'interview';
  if (!group && !client) delete application.group;
  if (group) application.group = { id: group._id, state: 'booked', at: turn.now, by: by ?? 'candidate' };
  application.stageAt = turn.now;
  turn.finishTasks(application, 'take', 'attendance', ...stageTasks);
  const change = old ? (sameWindow ? 'reformed' : 'moved') : untold ? 'moved' : 'set';
  turn.fact(group ? 'groupJoined' : facts[change], application.id, by ?? 'candidate', {
    when: { at: start, as: 'dateTime' },
    format: { key: `candidate.formatWithin.${format}` },
    ...(group && { what: { key: `group.kind.${group.kind}` } }),
  });
  confirm(turn, application, interview, by === undefined);
  tellStaff(turn, application, interview, change, old);
  // It is held by somebody else now.
  if (old && hostOf(old) !== hostOf(interview)) tellHostOff(turn, application, old, 'candidate');
  armReminders(turn, application, interview);
}

/** A meeting was called off and nobody has heard of it yet: the new one takes its place. @returns whether it was so */
function notCalledOff(turn: Turn, { undo }: Application): boolean {
  if (!undo?.was?.called || undo.at + turn.facts.policy.undoSeconds * 1_000 <= turn.now) return false;
  turn.withdraw(undo.was.messages);
  return true;
}

/** What the history says of each kind of change. */
const facts = { set: 'interviewSet', moved: 'interviewMoved', reformed: 'interviewReformed' };

/** Somebody was faster. */
export function slotTaken(turn: Turn, event: SlotAnswer): void {
  const application = turn.application(event.application);
  if (!application || offerGone(turn, application, event) || seatTaken(turn, application, event)) return;
  if (event.by) {
    meetingLost(turn, application, event.start, event.interviewer);
    // The API's callers are answered by the API.
    if (!turn.member(event.by)) return;
    turn.notify(
      { member: event.by },
      { key: 'notice.slotTaken', params: { when: { at: event.start, as: 'dateTime' } } },
    );
    return;
  }
  const { dialog } = turn.state;
  if (dialog?.kind !== 'booking' || dialog.application !== application.id) return;
  if (turn.member(event.interviewer)?.role === 'client') {
    delete turn.state.dialog;
    turn.say('late.taken', undefined, undefined, { application: application.id });
    return backToRecruiter(turn, application, 'late.windowsTaken');
  }
  // Another interviewer may be free at that very time: then it is the candidate's all the same.
  pick(turn, application, event.format, event.start);
}

function confirm(turn: Turn, application: Application, interview: Interview, asked: boolean): void {
  const vacancy = turn.vacancy(application.vacancy);
  const { format, group } = interview;
  const address = group?.place ?? interview.address ?? vacancy?.address;
  const link = group?.place ?? vacancy?.link;
  const version = application.interviewVersion;
  const rows: Button[][] = [
    ...(format === 'office' && address
      ? [[{ label: { key: 'candidate.button.copyAddress' }, copy: address.slice(0, 256) }]]
      : []),
    ...(format === 'zoom' && link ? [[{ label: { key: 'candidate.button.openLink' }, url: link }]] : []),
    ...(earlierMakesSense(interview, turn.now)
      ? [[{ label: { key: 'line.button.earlier' }, data: `i:${application.id}:${version}:earlier` }]]
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
  const key = interview.kind === 'client' ? 'late.booked' : group ? 'group.booked' : 'candidate.slot.booked';
  const params = interviewParams(turn, application, interview);
  const file = calendarFile(turn, application, interview, false);
  const of = `${turn.event.id}:booked`;
  turn.say(key, params, rows, {
    key: of,
    prompt: asked,
    application: application.id,
    interviewVersion: version,
  });
  turn.say('candidate.slot.calendar', undefined, undefined, {
    prompt: asked,
    application: application.id,
    interviewVersion: version,
    only: ['telegram', 'max', 'whatsapp', 'email'],
    file,
  });
  inviteCopies(turn, application, { key, params, file }, { of, interviewVersion: version });
}

/** The recruiter, the interviewer and the client hear of a meeting. */
export function tellStaff(
  turn: Turn,
  application: Application,
  interview: Interview,
  change: 'set' | 'moved' | 'reformed',
  old?: Interview,
): void {
  const when = { at: interview.start, as: 'dateTime' as const };
  const format = { key: `candidate.format.${interview.format}` };
  const key = {
    set: 'notice.interviewSet',
    moved: 'notice.interviewMoved',
    reformed: 'notice.interviewReformed',
  }[change];
  const { group } = interview;
  if (group) {
    const what = { key: `group.kind.${interview.kind === 'training' ? 'training' : 'interview'}` };
    const params = { name: turn.state.name ?? '—', vacancy: turn.title(application), what, when };
    for (const member of new Set([application.recruiter, group.host]))
      if (member)
        turn.notify({ member }, { key: 'group.notice.joined', params }, { application: application.id });
    return clientNotice(turn, application, interview, change);
  }
  const file = calendarFile(turn, application, interview, false, 'staff');
  const theirs = isHeldByRecruiter(application, interview);
  // It was the recruiter's to hold, and is somebody else's: their calendar forgets it.
  const was = old && isHeldByRecruiter(application, old);
  const gone = was ? { file: calendarFile(turn, application, old, true, 'staff') } : {};
  turn.tell(application, key, { when, format }, theirs ? { file } : gone);
  clientNotice(turn, application, interview, change);
  if (theirs || interview.kind === 'client') return;
  turn.notify(
    { member: interview.interviewer },
    {
      key,
      params: { name: turn.state.name ?? '—', vacancy: turn.title(application), when, format },
      file,
    },
    { application: application.id },
  );
}
