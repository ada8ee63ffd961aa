import { personName } from './personName.ts';
import type { Application, Dialog, Interview, Undo } from './candidate.ts';
import { restoreCalls } from './calls/restoreCalls.ts';
import { liftBlacklist } from './blacklist.ts';
import { bringBack } from './bringBack.ts';
import { bringMeetingBack } from './cancelInterview.ts';
import { unpropose } from './late/agreement.ts';
import { refuseAsBefore, reopen } from './refuse.ts';
import type { Refused } from './staffCommand.ts';
import type { Turn } from './turn.ts';

/** Take back the last act, as long as the first message that tells of it has not left. */
export function undo(turn: Turn, application: Application, { by }: { by: string }): Refused {
  const { undo: last, refusal } = application;
  if (refusal?.messageSent) return { code: 'alreadySent' };
  if (!last) return { code: 'nothingToUndo' };
  if (last.was?.messages.some((key) => turn.facts.left?.includes(key))) return { code: 'alreadySent' };
  if (last.was?.called && last.was.called.until < turn.now) return { code: 'windowGone' };
  reopen(turn, application);
  if (application.stage === 'blacklist') liftBlacklist(turn, application);
  delete application.undo;
  if (last.was?.called) bringMeetingBack(turn, application, by, last.was.called);
  if (last.was) restore(turn, application, last, last.was);
  else bringBack(turn, application, last.stage);
  const act = last.what ?? { key: `fact.act.${last.act}` };
  turn.fact('undone', application.id, by, { act });
  for (const member of last.was?.told ?? [])
    if (member !== by && turn.member(member)?.role !== 'client')
      turn.notify(
        { member },
        {
          key: 'notice.undone',
          params: { name: personName(turn.state), vacancy: turn.title(application), act },
        },
        { application: application.id },
      );
  return undefined;
}

/** Once an application has moved on by itself there is nothing to take back: what was done led further. */
export function dropStaleUndo(turn: Turn, before: Application[]): void {
  for (const application of turn.state.applications) {
    const old = before.find(({ id }) => id === application.id);
    const { undo: last } = application;
    const same = last !== undefined && old?.undo?.event === last.event && old?.undo?.at === last.at;
    if (same && old.stage !== application.stage) delete application.undo;
  }
}

/**
 * As it was, but for what cannot come back: a window that was let go may be somebody else's, so a new time is owed;
 * questions that went on in another talk are a recruiter's to look at. Taking a lead by acting on it stays.
 */
export function restore(
  turn: Turn,
  application: Application,
  last: Undo,
  was: NonNullable<Undo['was']>,
): void {
  restorePerson(turn, was);
  restoreTasks(turn, application, last, was);
  if (was.held && application.past && !application.interview) {
    const interview = application.past.pop();
    if (interview) application.interview = interview;
    if (application.past.length === 0) delete application.past;
  }
  const stage = stageOf(turn, application, last);
  if (application.stage !== stage) {
    application.stage = stage;
    application.stageAt = stage === last.stage ? was.stageAt : turn.now;
  }
  if (last.act === 'recordAttendance') unrecord(turn, application, was.attendance);
  if (last.act === 'proposeWindows') unpropose(turn, application, was.rounds ?? 0);
  if (last.act === 'take') delete application.taken;
  if (was.recruiter && (last.act === 'take' || last.act === 'handTask'))
    application.recruiter = was.recruiter;
  if (was.field) {
    const { id, value } = was.field;
    const others = Object.entries(application.fields ?? {}).filter(([field]) => field !== id);
    application.fields = { ...Object.fromEntries(others), ...(value && { [id]: value }) };
  }
  for (const key of was.alarms) turn.cancel(key);
  if (was.refused) refuseAsBefore(turn, application, was.refused);
  if (was.calls) restoreCalls(turn, application, was.calls.value);
  if (was.messages.length > 0) turn.withdraw(was.messages);
}

/** Questions that hang on no window which was let go meanwhile. */
const standsAlone = new Set<Dialog['kind']>([
  'question',
  'check',
  'format',
  'day',
  'time',
  'feedback',
  'terms',
]);

function restorePerson(turn: Turn, { dialog, asked, looking }: NonNullable<Undo['was']>): void {
  const { state } = turn;
  if (asked !== undefined && state.dialog?.prompt === asked) delete state.dialog;
  if (dialog && standsAlone.has(dialog.kind) && !state.dialog) state.dialog = dialog;
  if (looking) delete state.notLooking;
}

/** Acts after which a lead that was acted on is taken, whatever became of the act, are all but these. */
const ofTasks = ['take', 'finishTask', 'snoozeTask', 'handTask', 'join'];

function restoreTasks(
  turn: Turn,
  application: Application,
  { act }: Undo,
  { tasks, made }: NonNullable<Undo['was']>,
): void {
  for (const task of application.tasks.filter(({ id }) => made.includes(id))) turn.closeTask(task);
  application.tasks = application.tasks.filter(({ id }) => !made.includes(id));
  for (const before of tasks) {
    const task = application.tasks.find(({ id }) => id === before.id);
    if (!task || (before.kind === 'take' && !ofTasks.includes(act))) continue;
    const { moves = 0, passed } = task;
    Object.assign(task, before, { moves, passed });
    delete task.done;
    // What was late is late again, and those who have to know hear it.
    turn.moveTask(application, task, before.due);
  }
}

function stageOf(turn: Turn, { id, interview }: Application, { stage, act }: Undo): Undo['stage'] {
  if (stage === 'interview' && !interview) return 'invited';
  if (stage === 'clientInterview' && interview?.kind !== 'client') return 'agreeing';
  // Two cards that part have what was being asked in either, as it was.
  if (stage === 'screening' && act !== 'join' && turn.state.dialog?.application !== id) return 'review';
  return stage;
}

/** Nobody has said yet whether they came: it is asked when that is due, or once more a little later. */
function unrecord(turn: Turn, application: Application, attendance: Interview['attendance']): void {
  const { interview } = application;
  if (!interview) return;
  if (attendance) interview.attendance = attendance;
  else delete interview.attendance;
  if (attendance) return;
  const patience = turn.facts.policy.attendanceMinutes * 60_000;
  turn.schedule(`attendance:${application.id}`, Math.max(interview.start, turn.now) + patience, {
    kind: 'attendance',
    application: application.id,
    version: application.interviewVersion,
  });
}
