import { handTasks } from './handTasks.ts';
import type { Application, Interview, Task } from './candidate.ts';
import type { Timer } from './event.ts';
import type { Turn } from './turn.ts';
import { reserveSilent } from './calls/notAnswered.ts';
import { callAgain } from './calls/putOff.ts';
import { askAgain } from './dialogs/askAgain.ts';
import { taskName } from './pipelines/stageName.ts';
import { askAssessment, askFirstDay } from './late/afterMeeting.ts';
import { clientOf } from './clientOf.ts';
import { holdsEnded, stalled } from './late/agreement.ts';
import { nudge } from './nudge.ts';
import { offerEnds } from './line/offer.ts';
import { isFirstDay } from './late/atWork.ts';
import { saySetAside } from './places/placeTaken.ts';
import { remind, silent } from './reminders.ts';
import { answerSites, unlessAnswered } from './sites/answerSites.ts';

type TaskTimer = Extract<Timer, { kind: 'task' | 'taskReminder' }>;

/** An alarm rang. First: does its reason still stand? A moved or cancelled one never speaks. */
export function timerDue(turn: Turn, timer: Timer): void {
  if (timer.kind === 'relayEnd') return endRelay(turn, timer.until);
  const application = turn.application(timer.application);
  if (!application) return;
  switch (timer.kind) {
    case 'reminder':
      return remind(turn, application, timer.version, timer.hours);
    case 'silence':
      return silent(turn, application, timer.version);
    case 'attendance':
      return askAttendance(turn, application, timer.version);
    case 'task':
      return taskLate(turn, application, timer);
    case 'taskReminder':
      return taskSoon(turn, application, timer);
    case 'callAgain':
      return callAgain(turn, application, timer.at);
    case 'callReserve':
      return reserveSilent(turn, application, timer.at);
    case 'stall':
      return stalled(turn, application, timer.round, timer.side);
    case 'holdEnd':
      return holdsEnded(turn, application, timer.round);
    case 'startEve':
      if (isFirstDay(turn, application, timer.start))
        turn.say('late.tomorrow', { vacancy: turn.title(application) }, undefined, {
          prompt: false,
          application: application.id,
          stages: ['starting'],
        });
      return;
    case 'firstDay':
      if (isFirstDay(turn, application, timer.start)) askFirstDay(turn, application);
      return;
    case 'probation':
      if (application.stage === 'work') askAssessment(turn, application, timer.end);
      return;
    case 'nudge':
      return nudge(turn, application);
    case 'offerEnd':
      return offerEnds(turn, application, timer.start);
    case 'refusal':
      return sendRefusal(turn, application, timer.at);
    case 'setAside':
      return saySetAside(turn, application, timer.at);
    default:
  }
}

function askAttendance(turn: Turn, application: Application, version: number): void {
  const { interview } = application;
  if (!interview || application.interviewVersion !== version || interview.attendance) return;
  turn.addTask(application, 'attendance');
  const client = interview.kind === 'client' ? clientOf(turn, application) : undefined;
  if (client)
    turn.notify(
      { member: client },
      {
        key: 'late.askAttendance',
        params: {
          name: turn.state.name ?? '—',
          vacancy: turn.title(application),
          when: { at: interview.start, as: 'dateTime' },
        },
        buttons: [
          [
            { label: { key: 'notice.button.came' }, data: `k:came:${application.id}`, style: 'success' },
            { label: { key: 'notice.button.missed' }, data: `k:missed:${application.id}`, style: 'danger' },
          ],
        ],
      },
      { application: application.id, interviewVersion: version },
    );
  if (interview.group) return askGroupAttendance(turn, interview);
  turn.tell(application, 'notice.attendance', { when: { at: interview.start, as: 'dateTime' } }, {}, [
    [
      { label: { key: 'notice.button.came' }, data: `s:came:${application.id}`, style: 'success' },
      { label: { key: 'notice.button.missed' }, data: `s:missed:${application.id}`, style: 'danger' },
    ],
  ]);
}

/** Of a group its host is asked once, for all: whoever's alarm rings first says it. */
function askGroupAttendance(turn: Turn, { group, start, kind }: Interview): void {
  if (!group) return;
  turn.effects.push({
    type: 'notify',
    key: `group:${group.id}:${start}:attendance`,
    to: { member: group.host },
    prompt: false,
    shared: true,
    message: {
      key: 'group.notice.attendance',
      params: {
        what: { key: `group.kind.${kind === 'training' ? 'training' : 'interview'}` },
        when: { at: start, as: 'dateTime' },
      },
      buttons: [
        [{ label: { key: 'group.button.attendance' }, data: `u:attendance:${group.id}`, style: 'primary' }],
      ],
    },
  });
}

/** Late. A lead nobody took goes to the next recruiter, then to the head; anything else to the head. */
function taskLate(turn: Turn, application: Application, timer: TaskTimer): void {
  const task = taskOf(application, timer);
  if (!task) return;
  const next =
    task.kind === 'take' && task.passed === 0 ? nextRecruiter(turn, application, task.member) : undefined;
  const to = next ?? turn.head();
  task.passed += 1;
  const from = turn.member(task.member)?.name ?? '—';
  turn.fact('taskLate', application.id, undefined, {
    task: taskName(turn.facts.pipelines, application, task),
  });
  if (!to) return;
  if (next) application.recruiter = next;
  turn.tellOfTask(application, task, to, next ? 'notice.passedToYou' : 'notice.escalated', { from });
  if (next) {
    const before = task.member;
    task.member = next;
    turn.armTask(application, task);
    handTasks(turn, application, (member) => member === before, next);
  }
}

/** The open task an alarm was set for, as long as neither its time nor its owner was changed since. */
function taskOf({ tasks }: Application, { task: id, passed, moves = 0 }: TaskTimer): Task | undefined {
  return tasks.find(
    (task) =>
      task.id === id && task.done === undefined && task.passed === passed && (task.moves ?? 0) === moves,
  );
}

function nextRecruiter(turn: Turn, application: Application, after: string): string | undefined {
  const recruiters = turn.vacancy(application.vacancy)?.recruiters ?? [];
  const active = recruiters.filter((id) => turn.member(id)?.active);
  const next = active[(active.indexOf(after) + 1) % Math.max(active.length, 1)];
  return next === after ? undefined : next;
}

function taskSoon(turn: Turn, application: Application, timer: TaskTimer): void {
  const task = taskOf(application, timer);
  if (!task) return;
  const soon = task.due - turn.now < 12 * 3_600_000;
  const due = { at: task.due, as: soon ? ('time' as const) : ('dateTime' as const) };
  for (const member of [task.member, ...(task.also ? [task.also] : [])])
    turn.tellOfTask(application, task, member, 'notice.taskSoon', { due });
}

/** Twelve hours have passed and nobody undid the refusal. */
function sendRefusal(turn: Turn, application: Application, at: number): void {
  const { refusal } = application;
  if (!refusal || refusal.at !== at || refusal.messageSent || application.stage !== 'refused') return;
  refusal.messageSent = true;
  delete application.undo;
  turn.effects.push({
    type: 'notify',
    key: `refusal:${application.id}:${at}`,
    to: { candidate: turn.state._id },
    application: application.id,
    prompt: false,
    ...unlessAnswered(application),
    message: {
      key: refusal.reason === 'filled' ? 'places.refusal' : 'candidate.refusal',
      params: {
        name: turn.state.name ?? '',
        vacancy: turn.title(application),
        agency: { key: 'agency.name' },
      },
    },
  });
  answerSites(turn, application, 'refuse', { stages: ['refused'] });
}

function endRelay(turn: Turn, until: number): void {
  const { relay } = turn.state;
  if (!relay) return;
  if (relay.until > until || relay.until > turn.now) {
    return turn.schedule(`relay:${turn.state._id}`, relay.until, {
      kind: 'relayEnd',
      application: '',
      until: relay.until,
    });
  }
  delete turn.state.relay;
  turn.notify(
    { member: relay.member },
    { key: 'notice.relayEnded', params: { name: turn.state.name ?? '—' } },
  );
  if (!turn.state.stopped) askAgain(turn);
}
