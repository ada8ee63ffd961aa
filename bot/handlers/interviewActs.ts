import { DateTime } from 'luxon';
import type { FreeSlot } from '../../flows/facts.ts';
import type { Format } from '../../flows/vacancy.ts';
import { closePrompt, openPrompt } from '../prompt.ts';
import { toast } from '../reply.ts';
import { showCard } from '../showCard.ts';
import { inRows } from '../speech.ts';
import type { StaffContext } from '../staffContext.ts';
import type { CardFacts } from '../views/cardFacts.ts';
import { slotButton } from '../views/slotButtons.ts';
import { freeFor, setInterview } from '../setInterview.ts';
import type { CardHandlers } from './cardHandler.ts';
import { readCard } from '../views/makeCard.ts';

const daysShown = 10;
const timesShown = 24;

/** Setting an interview: the format when there are several, the day, the time; or a typed date and time. */
export const interviewActs: CardHandlers = {
  when: chooseFormat,
  move: chooseFormat,
  format: async (ctx, id, format = '', page = '0') => {
    await toast(ctx);
    const facts = await readCard(ctx.staff, ctx.member, id);
    const chosen = facts?.vacancy?.formats.find((offered) => offered === format);
    if (!facts?.vacancy || !chosen) return void (await showCard(ctx, id));
    const free = await freeFor(ctx, facts, chosen);
    const card = ctx.callbackQuery?.message?.message_id ?? 0;
    await showCard(ctx, id, (now) => days(now, free, chosen, Number(page) || 0));
    await openPrompt(ctx, { kind: 'when', application: id, format: chosen, card });
  },
  day: async (ctx, id, format = '', day = '', page = '0') => {
    await toast(ctx);
    const facts = await readCard(ctx.staff, ctx.member, id);
    const chosen = facts?.vacancy?.formats.find((offered) => offered === format);
    if (!facts || !chosen) return void (await showCard(ctx, id));
    const free = await freeFor(ctx, facts, chosen);
    await showCard(ctx, id, (now) => times(now, free, format, day, Number(page) || 0));
  },
  slot: async (ctx, id, format = '', minutes = '') => {
    const facts = await readCard(ctx.staff, ctx.member, id);
    const chosen = facts?.vacancy?.formats.find((offered) => offered === format);
    if (!facts || !chosen) return void (await showCard(ctx, id));
    await closePrompt(ctx);
    await setInterview(ctx, facts, chosen, Number.parseInt(minutes, 36) * 60_000);
  },
};

async function chooseFormat(ctx: StaffContext, id: string): Promise<void> {
  const facts = await readCard(ctx.staff, ctx.member, id);
  const formats = facts?.vacancy?.formats ?? [];
  const [only] = formats;
  if (formats.length === 1 && only) return interviewActs.format?.(ctx, id, only);
  await toast(ctx);
  await showCard(ctx, id, ({ speech }) => ({
    question: speech.text('staff.ask.format'),
    rows: formats.map((format) => [speech.button(`staff.format.${format}`, `s:format:${id}:${format}`)]),
  }));
}

function days(facts: CardFacts, free: FreeSlot[], format: Format, page: number) {
  const { speech, application, reader } = facts;
  const all = [...new Set(free.map(({ start }) => dayOf(start, reader.zone)))];
  const shown = all.slice(page * daysShown, (page + 1) * daysShown);
  const buttons = shown.map((day) => {
    const at = DateTime.fromISO(day, { zone: reader.zone }).toMillis();
    const data = `s:day:${application.id}:${format}:${day}`;
    return speech.button('staff.button.day', data, { params: { day: { at, as: 'day' } } });
  });
  const more = speech.button('staff.button.moreDays', `s:format:${application.id}:${format}:${page + 1}`);
  return {
    question: speech.text(all.length > 0 ? 'staff.ask.day' : 'staff.ask.noDays'),
    rows: [...inRows(buttons, 2), ...(all.length > (page + 1) * daysShown ? [[more]] : [])],
  };
}

function times(facts: CardFacts, free: FreeSlot[], format: string, day: string, page: number) {
  const { speech, application, reader } = facts;
  const starts = [...new Set(free.map(({ start }) => start))].filter(
    (start) => dayOf(start, reader.zone) === day,
  );
  const shown = starts.slice(page * timesShown, (page + 1) * timesShown);
  const buttons = shown.map((start) => slotButton(speech, application.id, format, start, 'time'));
  const more = speech.button(
    'staff.button.moreTimes',
    `s:day:${application.id}:${format}:${day}:${page + 1}`,
  );
  return {
    question: speech.text(starts.length > 0 ? 'staff.ask.time' : 'staff.ask.noTimes', {
      day: { at: DateTime.fromISO(day, { zone: reader.zone }).toMillis() || facts.now, as: 'weekday' },
    }),
    rows: [
      ...inRows(buttons, 4),
      ...(starts.length > (page + 1) * timesShown ? [[more]] : []),
      [speech.button('staff.button.otherDay', `s:format:${application.id}:${format}`)],
    ],
  };
}

function dayOf(at: number, zone: string): string {
  return DateTime.fromMillis(at, { zone }).toISODate() ?? '';
}
