import { personName } from '../../flows/personName.ts';
import { DateTime } from 'luxon';
import type { Task } from '../../flows/candidate.ts';
import { laterChoices, laterTime } from '../../flows/laterTime.ts';
import { lineHash } from '../../flows/lineHash.ts';
import { stageName, taskName } from '../../flows/pipelines/stageName.ts';
import { taskSpec } from '../../flows/pipelines/taskSpec.ts';
import { calendarOf } from '../../flows/policies/calendars/calendarOf.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Rendered, RenderedButton } from '../../runtime/words.ts';
import { mayAct } from '../mayAct.ts';
import { type CardFacts, nameOf } from './cardFacts.ts';
import { inRows } from '../speech.ts';
import { span } from './taskLines.ts';

/** How many comments a task shows, and how long one may be. */
const comments = 3;
const longest = 300;

/** A question under the task, with its choices; "Back" brings the task again. */
export type TaskMenu = (facts: CardFacts, task: Task) => { question: string; rows: RenderedButton[][] };

/** One task with all that one needs to do it: whose, until when, the hint, the check-list, what was said of it. */
export function drawTask(facts: CardFacts, id: string, menu?: TaskMenu): Rendered | undefined {
  const { application, speech, reader, vacancy } = facts;
  const task = application.tasks.find((one) => one.id === id);
  if (!task) return undefined;
  const blocks = [taskText(facts, task), commentLines(facts, task)].filter(Boolean);
  const list = speech.button('tasks.button.list', 't:time:0:');
  const card = speech.button('staff.button.card', `s:card:${application.id}`);
  if (menu) {
    const { question, rows } = menu(facts, task);
    const back = speech.button('staff.button.back', taskData('open', facts, task));
    return { text: [...blocks, question].join('\n\n'), buttons: [...rows, [back]] };
  }
  const open = task.done === undefined && mayAct(reader, application, vacancy);
  return {
    text: blocks.join('\n\n'),
    buttons: [...(open ? actRows(facts, task) : []), [card, list]],
  };
}

/** The data of a task's button: `tk:<verb>:<application>:<task>[:…]`, at most 64 bytes. */
function taskData(
  verb: string,
  { application }: Pick<CardFacts, 'application'>,
  task: Task,
  ...more: (string | number)[]
): string {
  return ['tk', verb, application.id, task.id, ...more].join(':');
}

function taskText(
  { speech, application, candidate, vacancy, members, now, pipelines }: CardFacts,
  task: Task,
): string {
  const { due, done, also, member } = task;
  const late = due < now;
  const hint = taskSpec(pipelines, application, task)?.hint;
  return [
    speech.text('tasks.card.title', {
      task: taskName(pipelines, application, task),
      name: personName(candidate).slice(0, 60),
      vacancy: { words: vacancy?.title ?? { ru: '—' } },
      stage: stageName(pipelines, application),
    }),
    done === undefined
      ? speech.text(late ? 'tasks.card.late' : 'tasks.card.due', {
          when: { at: due, as: 'dateTime' },
          left: span(Math.abs(due - now)),
        })
      : speech.text('tasks.card.done', { when: { at: done, as: 'dateTime' } }),
    speech.text(also ? 'tasks.card.ownerAnd' : 'tasks.card.owner', {
      name: nameOf(members, member),
      also: nameOf(members, also),
    }),
    ...(hint ? [speech.text('tasks.card.hint', { hint })] : []),
  ].join('\n');
}

function commentLines({ speech, application, members }: CardFacts, task: Task): string {
  return application.notes
    .filter((note) => note.task === task.id)
    .slice(-comments)
    .map(({ text, by, at }) =>
      speech.text('staff.card.note', {
        day: { at, as: 'day' },
        name: nameOf(members, by),
        text: text.length > longest ? `${text.slice(0, longest)}…` : text,
      }),
    )
    .join('\n');
}

function actRows(facts: CardFacts, task: Task): RenderedButton[][] {
  const { speech, application, pipelines } = facts;
  const { checklist = [], training } = taskSpec(pipelines, application, task) ?? {};
  const button = (verb: string, style?: RenderedButton['style']) =>
    speech.button(`tasks.button.${verb}`, taskData(verb, facts, task), style && { style });
  return [
    ...checklist.map((line) => {
      const hash = lineHash(line);
      const on = task.ticked?.includes(hash) === true;
      const label = speech.label({ key: `tasks.tick.${on ? 'on' : 'off'}`, params: { line } });
      return [{ label: label.slice(0, 60), data: taskData('tick', facts, task, hash, on ? 0 : 1) }];
    }),
    ...(training ? [[{ label: speech.plain('tasks.button.training'), url: training }]] : []),
    [button('done', 'success'), button('later')],
    [button('hand'), button('say')],
  ];
}

/** When it may be put off to by a tap, each with its time; or typed. */
export function laterMenu(policy: Policy): TaskMenu {
  return (facts, task) => {
    const { speech, reader, now } = facts;
    const moves = task.moves ?? 0;
    const choices = laterChoices.flatMap((choice) => {
      const at = laterTime(choice, now, reader, calendarOf(policy));
      if (at === undefined) return [];
      const when = { at, as: isToday(at, now, reader.zone) ? ('time' as const) : ('dateTime' as const) };
      return [
        speech.button(`tasks.later.${choice}`, taskData('snooze', facts, task, choice, moves), {
          params: { when },
        }),
      ];
    });
    return {
      question: speech.text('tasks.ask.later'),
      rows: [
        ...choices.map((one) => [one]),
        [speech.button('tasks.later.typed', taskData('type', facts, task))],
      ],
    };
  };
}

function isToday(at: number, now: number, zone: string): boolean {
  return DateTime.fromMillis(at, { zone }).hasSame(DateTime.fromMillis(now, { zone }), 'day');
}

/** Who may have it instead: everybody of the staff but its owner, at most ten. */
export const handMenu: TaskMenu = (facts, task) => {
  const { speech, members } = facts;
  const others = members.filter(
    ({ _id, role, active }) => active && role !== 'client' && _id !== task.member,
  );
  return {
    question: speech.text(others.length > 0 ? 'tasks.ask.hand' : 'tasks.ask.nobody'),
    rows: inRows(
      others.slice(0, 10).map(({ _id, name }) => ({
        label: name.slice(0, 40),
        data: taskData('give', facts, task, _id, task.moves ?? 0),
      })),
      2,
    ),
  };
};
