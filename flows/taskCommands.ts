import type { Application, Task } from './candidate.ts';
import type { StaffCommand } from './event.ts';
import { isInHand } from './keepInHand.ts';
import { lineHash } from './lineHash.ts';
import { faultOf } from './mendData.ts';
import { missingLines } from './pipelines/fieldName.ts';
import { taskName } from './pipelines/stageName.ts';
import { missingOf, taskSpec } from './pipelines/taskSpec.ts';
import type { Refused } from './staffCommand.ts';
import { take } from './take.ts';
import type { Turn } from './turn.ts';

type Of<T extends StaffCommand['type']> = Extract<StaffCommand, { type: T }>;

/** What is done with a task itself. Whoever acts on one that was moved meanwhile is told, and nothing happens. */
export const taskCommands = {
  /** Closed by hand: not without what it was to bring, and not where only a result leads on. */
  finishTask: (turn: Turn, application: Application, { by, task: id }: Of<'finishTask'>): Refused => {
    const task = openTask(application, id);
    if (!task) return { code: 'noSuchTask' };
    const { pipelines } = turn.facts;
    const missing = missingOf(pipelines, application, task);
    if (missing.length > 0)
      return { code: 'missing', params: { fields: missingLines(pipelines, application, missing) } };
    if (task.kind === 'fix' && faultOf(turn, application)) return { code: 'stillWrong' };
    if (task.kind === 'take') take(turn, application, by);
    turn.closeTask(task);
    if (turn.spec(application).task?.kind === task.kind && !isInHand(turn, application))
      return { code: 'resultFirst', params: { stage: turn.stageName(application) } };
    turn.fact('taskDone', application.id, by, { task: nameOf(turn, application, task) });
    return undefined;
  },
  /** Not now: its owner is reminded then, and it is due as long after that as a reminder comes before. */
  snoozeTask: (turn: Turn, application: Application, command: Of<'snoozeTask'>): Refused => {
    const { by, until } = command;
    const task = openTask(application, command.task);
    if (!task) return { code: 'noSuchTask' };
    if (isMoved(task, command.version)) return { code: 'taskMoved' };
    if (until <= turn.now) return { code: 'slotInPast' };
    const { remindBefore } = turn.facts.policy.sla[task.kind];
    turn.moveTask(application, task, turn.workingTime(task.member, remindBefore, until), until);
    turn.fact('taskSnoozed', application.id, by, {
      task: nameOf(turn, application, task),
      when: { at: until, as: 'dateTime' },
    });
    return undefined;
  },
  /** To a colleague, who is told; a lead that nobody took goes with its task. What is late begins anew. */
  handTask: (turn: Turn, application: Application, command: Of<'handTask'>): Refused => {
    const { by, to } = command;
    const task = openTask(application, command.task);
    if (!task) return { code: 'noSuchTask' };
    if (isMoved(task, command.version)) return { code: 'taskMoved' };
    const colleague = turn.member(to);
    if (!colleague?.active || colleague.role === 'client') return { code: 'noSuchMember' };
    if (task.member === to) return { code: 'taskTheirs', params: { name: colleague.name } };
    const from = task.member;
    task.member = to;
    if (task.kind === 'take') application.recruiter = to;
    if (task.due > turn.now) turn.moveTask(application, task, task.due);
    else turn.armTask(application, task);
    const names = { from: turn.member(from)?.name ?? '—', to: colleague.name };
    turn.fact('taskHanded', application.id, by, { task: nameOf(turn, application, task), ...names });
    const due = { at: task.due, as: 'dateTime' as const };
    if (to !== by) turn.tellOfTask(application, task, to, 'notice.taskHanded', { ...names, due });
    if (from !== by) turn.tellOfTask(application, task, from, 'notice.taskHandedOn', names);
    return undefined;
  },
  /** Words on a task: a note of the application's that says which task it is about. */
  commentTask: (turn: Turn, application: Application, command: Of<'commentTask'>): Refused => {
    const { by } = command;
    const task = application.tasks.find(({ id }) => id === command.task);
    if (!task) return { code: 'noSuchTask' };
    const text = command.text.trim().slice(0, 4_000);
    if (text === '') return { code: 'emptyText' };
    application.notes.push({ at: turn.now, by, text, task: task.id });
    turn.fact('taskCommented', application.id, by, { task: nameOf(turn, application, task), text });
    return undefined;
  },
  /** A line of the check-list, by the hash of its words. Which way is said: two people at once do not undo each other. */
  tickTask: (turn: Turn, application: Application, { by, task: id, line, on }: Of<'tickTask'>): Refused => {
    const task = openTask(application, id);
    if (!task) return { code: 'noSuchTask' };
    const lines = taskSpec(turn.facts.pipelines, application, task)?.checklist ?? [];
    const words = lines.find((one) => lineHash(one) === line);
    if (!words) return { code: 'noSuchLine' };
    const ticked = task.ticked ?? [];
    if (ticked.includes(line) === on) return undefined;
    task.ticked = on ? [...ticked, line] : ticked.filter((one) => one !== line);
    turn.fact(on ? 'taskTicked' : 'taskUnticked', application.id, by, { line: words });
    return undefined;
  },
};

function openTask({ tasks }: Application, id: string): Task | undefined {
  return tasks.find((task) => task.id === id && task.done === undefined);
}

/** Somebody else has snoozed it or handed it over since it was shown. */
function isMoved({ moves = 0 }: Task, shown: number | undefined): boolean {
  return shown !== undefined && shown !== moves;
}

function nameOf(turn: Turn, application: Application, task: Task) {
  return taskName(turn.facts.pipelines, application, task);
}
