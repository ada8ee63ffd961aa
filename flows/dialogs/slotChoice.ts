import { lexiconsFor } from '../lexiconsFor.ts';
import { DateTime } from 'luxon';
import type { Application, Dialog } from '../candidate.ts';
import type { Button, Notify, Params } from '../effect.ts';
import type { FreeSlot } from '../facts.ts';
import { dayOf } from '../dayOf.ts';
import { freeOf } from '../freeOf.ts';
import { nearest } from '../freeSlots.ts';
import { misunderstood } from '../candidateMessages.ts';
import { afterQuiet } from '../quietHours.ts';
import { answerSites, unlessAnswered } from '../sites/answerSites.ts';
import { stageTasks } from '../pipelines/stageTasks.ts';
import type { Turn } from '../turn.ts';
import type { Format } from '../vacancy.ts';
import { meetingAside } from './meetingAside.ts';
import { parseDate } from './parseDate.ts';
import { spokenTime } from './spokenTime.ts';

type SlotDialog = Extract<Dialog, { kind: 'format' | 'day' | 'time' }>;

/** Invite to an interview: the candidate chooses how and when. */
export function invite(turn: Turn, application: Application, by: string): void {
  application.stage = 'invited';
  application.stageAt = turn.now;
  turn.finishTasks(application, 'take', ...stageTasks);
  turn.fact('invited', application.id, by);
  turn.say('candidate.invited', { vacancy: turn.title(application) }, undefined, {
    prompt: by === 'bot',
    dropKeyboard: true,
    application: application.id,
    stages: ['invited', 'interview'],
    ...unlessAnswered(application),
  });
  answerSites(turn, application, 'invite', {
    notBefore: afterQuiet(turn.graceEnds(), turn.state.zone, turn.facts.policy.quiet),
    stages: ['invited', 'interview'],
  });
  chooseSlot(turn, application, by === 'bot', unlessAnswered(application));
}

/** Begin the choice: of the format when there are several, of the day otherwise. */
export function chooseSlot(
  turn: Turn,
  application: Application,
  prompt = true,
  by: Pick<Notify, 'only'> = {},
): void {
  const [only, ...others] = formatsOf(turn, application);
  if (others.length > 0 || !only) turn.ask({ kind: 'format', application: application.id });
  else turn.ask({ kind: 'day', application: application.id, page: 0, format: only });
  const { dialog } = turn.state;
  if (dialog?.kind === 'format' || dialog?.kind === 'day') showSlots(turn, dialog, prompt, by);
}

/** What is to be chosen now, as buttons. */
export function showSlots(
  turn: Turn,
  dialog: SlotDialog,
  prompt = true,
  by: Pick<Notify, 'only'> = {},
): void {
  const application = turn.application(dialog.application ?? '');
  if (!application) return;
  const free = freeOf(turn, application, dialog.kind === 'format' ? undefined : dialog.format);
  if (free.length === 0) return noSlots(turn, application);
  const zone = {
    key: 'candidate.zone',
    params: { zone: { at: turn.now, as: 'zone' as const, zone: turn.state.zone } },
  };
  const more = { prompt, application: application.id, ...by };
  if (dialog.kind === 'format') {
    const rows = formatsOf(turn, application).map((format) => [
      choice(dialog, format, `candidate.format.${format}`),
    ]);
    return turn.step('candidate.slot.format', {}, rows, more);
  }
  if (dialog.kind === 'day') {
    const { daysShown } = turn.facts.policy.slot;
    const days = daysInOrder(turn, free);
    const first = dialog.page * daysShown;
    const shown = days.slice(first, first + daysShown).sort();
    // What is nearer than the days offered first stands apart, below: else the calendar would run backwards.
    const [best = ''] = days;
    const dayButton = (day: string, key: string) =>
      choice(dialog, day, key, {
        day: { at: dayStart(turn, day), as: 'day', zone: turn.state.zone },
      });
    const buttons = shown
      .filter((day) => day >= best)
      .map((day) => dayButton(day, 'candidate.slot.dayButton'));
    const sooner = shown
      .filter((day) => day < best)
      .map((day) => dayButton(day, 'candidate.slot.soonerButton'));
    const back = dialog.page > 0 || formatsOf(turn, application).length > 1;
    return turn.step(
      'candidate.slot.day',
      { zone },
      [
        ...inRows(buttons, 2),
        ...inRows(sooner, 2),
        [
          ...(back ? [choice(dialog, 'back', 'candidate.button.back')] : []),
          ...(days.length > first + daysShown ? [choice(dialog, 'more', 'candidate.button.moreDays')] : []),
        ],
        [choice(dialog, 'none', 'candidate.button.noDaySuits')],
      ].filter((row) => row.length > 0),
      more,
    );
  }
  const { timesShown } = turn.facts.policy.slot;
  const times = timesOf(turn, free, dialog.day);
  const first = dialog.page * timesShown;
  const buttons = times
    .slice(first, first + timesShown)
    .map(({ start }) =>
      choice(dialog, String(start), 'candidate.slot.timeButton', { time: { at: start, as: 'time' } }),
    );
  turn.step(
    'candidate.slot.time',
    { day: { at: dayStart(turn, dialog.day), as: 'weekday', zone: turn.state.zone }, zone },
    [
      ...inRows(buttons, 4),
      [
        ...(dialog.page > 0 ? [choice(dialog, 'earlier', 'candidate.button.earlier')] : []),
        ...(times.length > first + timesShown ? [choice(dialog, 'later', 'candidate.button.later')] : []),
      ],
      [choice(dialog, 'back', 'candidate.button.otherDay')],
    ].filter((row) => row.length > 0),
    more,
  );
}

function choice(dialog: SlotDialog, data: string, key: string, params?: Params): Button {
  return { label: { key, ...(params && { params }) }, data: `p:${dialog.prompt}:${data}` };
}

/** A tap on a format, a day or a time. */
export function tapSlot(turn: Turn, dialog: SlotDialog, choice: string): void {
  const application = turn.application(dialog.application ?? '');
  if (!application) return;
  if (dialog.kind === 'format') {
    const format = formatsOf(turn, application).find((offered) => offered === choice);
    return format && toDays(turn, application, format, 0);
  }
  if (dialog.kind === 'day') {
    if (choice === 'more') return toDays(turn, application, dialog.format, dialog.page + 1);
    if (choice === 'back' && dialog.page === 0) return chooseSlot(turn, application);
    if (choice === 'back') return toDays(turn, application, dialog.format, dialog.page - 1);
    if (choice === 'none') return noSlots(turn, application);
    return toTimes(turn, application, dialog.format, choice);
  }
  if (choice === 'back') return toDays(turn, application, dialog.format, 0);
  if (choice === 'later') return toTimes(turn, application, dialog.format, dialog.day, dialog.page + 1);
  if (choice === 'earlier') return toTimes(turn, application, dialog.format, dialog.day, dialog.page - 1);
  pick(turn, application, dialog.format, Number(choice));
}

/** A typed day ("tomorrow", "25.11") or time ("14:20"). */
export function answerSlotText(turn: Turn, dialog: SlotDialog, text: string): void {
  const application = turn.application(dialog.application ?? '');
  if (!application) return;
  const { zone, lang } = turn.state;
  if (dialog.kind === 'format') {
    const format = formatsOf(turn, application)[Number(text.trim()) - 1];
    return format ? toDays(turn, application, format, 0) : misunderstood(turn, 'candidate.hint.choice');
  }
  const lexicons = lexiconsFor(turn.facts.lexicon, lang);
  const day = lexicons
    .map((words) => parseDate(text, turn.now, zone, words)?.toISODate())
    .find((found) => found !== undefined);
  const time = dialog.kind === 'time' ? timeOn(dialog.day, text, zone) : undefined;
  // "10.12" is a time only when it is free, or no window lies on that day.
  const free = freeOf(turn, application, dialog.format);
  const isDay = day && !text.includes(':') && timesOf(turn, free, day).length > 0;
  if (time !== undefined && (!isDay || free.some(({ start }) => start === time)))
    return pick(turn, application, dialog.format, time);
  // An hour without a day, where the day is asked for, is not enough to be booked by.
  const shown = dialog.kind === 'time' && !day ? dialog.day : undefined;
  const said = (day ?? shown) && spokenTime(text, { day: shown, now: turn.now, zone, lexicons });
  if (said) return pick(turn, application, dialog.format, said);
  if (day) return toTimes(turn, application, dialog.format, day);
  if (meetingAside(turn, application, text)) return;
  misunderstood(turn, dialog.kind === 'day' ? 'candidate.hint.day' : 'candidate.hint.time');
}

/** "14:20", "14.20" or "14 20" of a day; undefined when no such time stands in the text. */
function timeOn(day: string, text: string, zone: string): number | undefined {
  const clock = /(?:^|\s)([01]?\d|2[0-3])[:.\s-]([0-5]\d)(?!\d|\.)/.exec(text);
  if (!clock) return undefined;
  return DateTime.fromISO(day, { zone })
    .set({ hour: Number(clock[1]), minute: Number(clock[2]) })
    .toMillis();
}

/** The window went to somebody else in the meantime: say so at once, with the three nearest. */
function offerNearest(turn: Turn, application: Application, format: Format, start: number): void {
  const near = nearest(
    freeOf(turn, application, format).filter((slot) => slot.start !== start),
    start,
    3,
  );
  if (near.length === 0) return noSlots(turn, application);
  const prompt = turn.ask({
    kind: 'time',
    application: application.id,
    day: dayOf(start, turn.state.zone),
    format,
    page: 0,
  });
  const rows = near
    .sort((a, b) => a.start - b.start)
    .map((slot): Button[] => [
      {
        label: {
          key: 'candidate.slot.nearButton',
          params: { when: { at: slot.start, as: 'dateTime', zone: turn.state.zone } },
        },
        data: `p:${prompt}:${slot.start}`,
      },
    ]);
  rows.push([{ label: { key: 'candidate.button.otherDay' }, data: `p:${prompt}:back` }]);
  turn.drawOver = false;
  turn.step('candidate.slot.taken', {}, rows, { application: application.id });
}

function toDays(turn: Turn, application: Application, format: Format, page: number): void {
  turn.ask({ kind: 'day', application: application.id, page, format });
  const { dialog } = turn.state;
  if (dialog?.kind === 'day') showSlots(turn, dialog);
}

function toTimes(turn: Turn, application: Application, format: Format, day: string, page = 0): void {
  if (timesOf(turn, freeOf(turn, application, format), day).length === 0) {
    return misunderstood(turn, 'candidate.slot.dayFull');
  }
  turn.ask({ kind: 'time', application: application.id, day, format, page });
  const { dialog } = turn.state;
  if (dialog?.kind === 'time') showSlots(turn, dialog);
}

/** Take the window at a time, whoever is free then; none is: say so, with the nearest. */
export function pick(turn: Turn, application: Application, format: Format, start: number): void {
  const slot = freeOf(turn, application, format).find((free) => free.start === start);
  if (!slot) return offerNearest(turn, application, format, start);
  turn.ask({ kind: 'booking', application: application.id, interviewer: slot.interviewer, start, format });
  turn.book(application, { interviewer: slot.interviewer, start, format });
}

/** Nothing suits or nothing is free: a recruiter agrees the time by hand, or the candidate waits in the line. */
function noSlots(turn: Turn, application: Application): void {
  const { dialog } = turn.state;
  const format = dialog && 'format' in dialog ? dialog.format : formatsOf(turn, application)[0];
  delete turn.state.dialog;
  turn.addTask(application, 'reschedule');
  turn.tell(application, 'notice.noSlots');
  const join: Button = {
    label: { key: 'line.button.join' },
    data: `w:${application.id}:join:${format ?? 'phone'}`,
  };
  const rows = application.waiting ? undefined : [[join]];
  turn.say('candidate.slot.none', undefined, rows, { application: application.id });
}

/**
 * Days whose windows all lie 24 hours ahead or more, up to 72, come first: there people forget least, and both
 * reminders still have their time. The rest follow in order.
 */
function daysInOrder(turn: Turn, free: FreeSlot[]): string[] {
  const { firstFrom, firstTo } = turn.facts.policy.slot;
  const earliest = new Map<string, number>();
  for (const { start } of free) {
    const day = dayOf(start, turn.state.zone);
    if (!earliest.has(day)) earliest.set(day, (start - turn.now) / 3_600_000);
  }
  const isFirst = (hours: number) => hours >= firstFrom && hours <= firstTo;
  const days = [...earliest];
  return [...days.filter(([, hours]) => isFirst(hours)), ...days.filter(([, hours]) => !isFirst(hours))].map(
    ([day]) => day,
  );
}

function timesOf(turn: Turn, free: FreeSlot[], day: string): FreeSlot[] {
  const seen = new Set<number>();
  return free.filter(
    ({ start }) => dayOf(start, turn.state.zone) === day && !seen.has(start) && seen.add(start),
  );
}

function dayStart(turn: Turn, day: string): number {
  const start = DateTime.fromISO(day, { zone: turn.state.zone });
  return start.isValid ? start.plus({ hours: 12 }).toMillis() : turn.now;
}

function formatsOf(turn: Turn, application: Application): Format[] {
  return turn.vacancy(application.vacancy)?.formats ?? ['phone'];
}

function inRows(buttons: Button[], width: number): Button[][] {
  const rows: Button[][] = [];
  for (let index = 0; index < buttons.length; index += width) rows.push(buttons.slice(index, index + width));
  return rows;
}
