import type { Application, Candidate, Task, Undo } from './candidate.ts';
import { calledOff } from './cancelInterview.ts';
import type { Notify, Param } from './effect.ts';
import type { StaffCommand } from './event.ts';
import { copyPlain } from './copyPlain.ts';
import { fieldName } from './pipelines/fieldName.ts';
import { taskName } from './pipelines/stageName.ts';
import type { Stage } from './pipelines/stages.ts';
import { refusalOf } from './refuse.ts';
import type { Turn } from './turn.ts';

/**
 * What becomes of "undo" after a command: it is this one's (`waits`: when what tells of it waits), or nobody's any
 * more; the others leave it alone. An interview that is set is told at once: the booking itself ends what was before.
 */
const after: Partial<Record<StaffCommand['type'], 'undoable' | 'waits' | 'small' | 'ends'>> = {
  take: 'small',
  finishTask: 'small',
  snoozeTask: 'small',
  handTask: 'small',
  setField: 'small',
  invite: 'undoable',
  reserve: 'undoable',
  refuse: 'undoable',
  blacklist: 'undoable',
  move: 'undoable',
  outcome: 'undoable',
  judgePortrait: 'undoable',
  recordAttendance: 'undoable',
  detach: 'undoable',
  placeTaken: 'undoable',
  callResult: 'undoable',
  cancelInterview: 'waits',
  proposeWindows: 'waits',
  answerWindows: 'ends',
};

/**
 * Places whose leaving is not undone by a button: a message or the blacklist hung on them. On the way from one to the
 * other the message waits.
 */
const final = new Set<Stage>(['refused', 'blacklist']);

/** Of the state before an act: what is needed to take it back. */
export interface Before {
  application: Application;
  dialog: Candidate['dialog'];
  notLooking: Candidate['notLooking'];
  /** How many effects had been ordered. */
  effects: number;
}

/** To be taken before the command runs. */
export function beforeAct(turn: Turn, application: Application): Before {
  const { dialog, notLooking } = turn.state;
  return { application: copyPlain(application), dialog, notLooking, effects: turn.effects.length };
}

/** Remember how things stood, so that the last act can be taken back. A client's acts are not the recruiter's. */
export function keepUndo(turn: Turn, application: Application, command: StaffCommand, before: Before): void {
  if (command.type === 'callResult' && command.result === 'skip') return;
  const kind = after[command.type];
  if (!kind || turn.member(command.by)?.role === 'client') return;
  // A refusal that has not left yet stays what is undone, whatever is put down beside it.
  if (kind === 'small' && (waitsToLeave(application) || isWaiting(turn, application))) return;
  const old = before.application;
  delete application.undo;
  const told = turn.effects.slice(before.effects).some((one) => one.type === 'notify' && isLater(one));
  if (
    kind === 'ends' ||
    (kind === 'waits' && !told) ||
    (final.has(old.stage) && old.stage !== application.stage && application.stage !== 'blacklist')
  )
    return;
  application.undo = {
    act: command.type,
    by: command.by,
    at: turn.now,
    event: turn.event.id,
    stage: old.stage,
    what: nameOf(turn, application, command),
    was: wasOf(turn, application, before, command),
  };
}

/** Does it wait, so that the act can be taken back? */
function isLater({ stages, notBefore }: Notify): boolean {
  return stages !== undefined || notBefore !== undefined;
}

/** Was something done that is told only later, and is it not later yet? */
function isWaiting(turn: Turn, { undo }: Application): boolean {
  if (!undo || after[undo.act as StaffCommand['type']] !== 'waits') return false;
  return turn.now < undo.at + turn.facts.policy.undoSeconds * 1_000;
}

function waitsToLeave({ refusal, setAside }: Application): boolean {
  return (refusal !== undefined && !refusal.messageSent) || (setAside !== undefined && !setAside.messageSent);
}

function wasOf(
  turn: Turn,
  application: Application,
  { application: old, dialog, notLooking, effects }: Before,
  command: StaffCommand,
): NonNullable<Undo['was']> {
  const ordered = turn.effects.slice(effects);
  const asked = turn.state.dialog?.prompt;
  const refused = refusalOf(old);
  return {
    stageAt: old.stageAt,
    ...(old.recruiter && { recruiter: old.recruiter }),
    ...(old.interview?.attendance && { attendance: old.interview.attendance }),
    ...(notLooking === undefined && turn.state.notLooking && { looking: true }),
    ...(dialog?.application === old.id && dialog.prompt !== asked && { dialog }),
    ...(asked !== undefined && asked !== dialog?.prompt && { asked }),
    ...(command.type === 'setField' && {
      field: { id: command.field, ...(old.fields?.[command.field] && { value: old.fields[command.field] }) },
    }),
    ...(old.interview && application.past?.at(-1)?.start === old.interview.start && { held: true }),
    ...(application.stage === 'blacklist' && refused && { refused }),
    ...(command.type === 'callResult' && { calls: { ...(old.calls && { value: old.calls }) } }),
    ...(command.type === 'cancelInterview' && calledBefore(turn, old)),
    ...(command.type === 'proposeWindows' && { rounds: old.agreementRounds ?? 0 }),
    tasks: old.tasks.filter((task) => changed(task, application.tasks)),
    made: application.tasks.filter(({ id }) => !old.tasks.some((task) => task.id === id)).map(({ id }) => id),
    messages: ordered.flatMap((one) => (one.type === 'notify' && isLater(one) ? [one.key] : [])),
    alarms: ordered.flatMap((one) =>
      one.type === 'schedule' && !one.key.startsWith('task') ? [one.key] : [],
    ),
    told: [
      ...new Set(
        ordered.flatMap((one) =>
          one.type === 'notify' && 'member' in one.to && one.to.member !== command.by && !isLater(one)
            ? [one.to.member]
            : [],
        ),
      ),
    ],
  };
}

function calledBefore(turn: Turn, old: Application) {
  const called = calledOff(turn, old);
  return called && { called };
}

/** Was this open task closed, moved or handed over? */
function changed(task: Task, now: Task[]): boolean {
  const same = now.find(({ id }) => id === task.id);
  return (
    task.done === undefined &&
    (same === undefined || same.done !== undefined || same.member !== task.member || same.due !== task.due)
  );
}

/** The act in words, for the button that takes it back. */
function nameOf(turn: Turn, application: Application, command: StaffCommand): Param {
  const { pipelines } = turn.facts;
  switch (command.type) {
    case 'invite':
    case 'move':
    case 'outcome':
    case 'callResult':
    case 'judgePortrait':
      if (application.stage === 'refused') return { key: 'fact.act.refuse' };
      if (command.type === 'callResult' && command.result !== 'outcome')
        return { key: 'fact.act.callResult' };
      return { key: 'fact.act.stage', params: { stage: turn.stageName(application) } };
    case 'setField':
      return {
        key: 'fact.act.setField',
        params: { field: fieldName(pipelines, application, command.field) },
      };
    case 'finishTask':
    case 'snoozeTask':
    case 'handTask': {
      const task = application.tasks.find(({ id }) => id === command.task);
      const name = task ? taskName(pipelines, application, task) : '—';
      return { key: `fact.act.${command.type}`, params: { task: name } };
    }
    default:
      return { key: `fact.act.${command.type}` };
  }
}
