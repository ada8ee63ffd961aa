import type { Param } from '../../flows/effect.ts';
import { taskName } from '../../flows/pipelines/stageName.ts';
import { type CardFacts, nameOf } from './cardFacts.ts';

/** How many open tasks a card shows. */
const most = 5;

/** The open tasks with their deadline in the reader's zone, the most urgent first. */
export function taskLines({ pipelines, speech, application, members, now }: CardFacts): string[] {
  const open = application.tasks.filter(({ done }) => done === undefined).sort((a, b) => a.due - b.due);
  if (open.length === 0) return [];
  const lines = open.slice(0, most).map((task) =>
    speech.text(task.due < now ? 'staff.card.taskLate' : 'staff.card.task', {
      task: taskName(pipelines, application, task),
      day: { at: task.due, as: 'day' },
      time: { at: task.due, as: 'time' },
      left: span(Math.abs(task.due - now)),
      name: nameOf(members, task.member),
    }),
  );
  return [speech.text('staff.card.tasks'), ...lines];
}

/** A length of time in words: "1 h 20 min". */
export function span(milliseconds: number): Param {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  if (days > 0) return { key: 'staff.span.days', params: { days, hours } };
  if (hours > 0 && minutes % 60 === 0) return { key: 'staff.span.wholeHours', params: { hours } };
  if (hours > 0) return { key: 'staff.span.hours', params: { hours, minutes: minutes % 60 } };
  return { key: 'staff.span.minutes', params: { minutes } };
}
