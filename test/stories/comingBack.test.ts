import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { screenedDriver } from '../support/screenedDriver.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let driver = '';

aStory(async (started) => {
  product = started;
  driver = await product.sim.startOf('Водитель');
});

const recruiters = () => Promise.all([0, 1].map((index) => product.sim.role('recruiter', index)));

/** A driver who has answered everything. */
const screened = (name: string, phone: string) => screenedDriver(product.sim, { name, phone });

/** The head opens the card by name and presses one of its buttons. */
async function act(name: string, verb: string): Promise<void> {
  const head = await product.sim.role('head');
  await head.say(`/candidates ${name}`);
  await head.tap(/^1$/);
  const card = await head.last();
  const data = card.buttons.flat().find((button) => button.data?.startsWith(`s:${verb}:`))?.data;
  if (!data) throw new Error(`the card has no ${verb}`);
  await head.tapData(card.id, data);
}

describe('coming back, in chat', () => {
  test('[P-04] [P-20] from the reserve by the same link: answers are shown, one is changed, a recruiter gets the card', async () => {
    const person = await screened('Семён Возвращенцев', '+79160002001');
    await act('Возвращенцев', 'reserve');
    await product.sim.advance('24h');
    await person.sees(worded('candidate.reserved'));
    await person.say(`/start ${driver}`);
    await person.sees(worded('candidate.again.welcome'));
    const shown = await person.sees(worded('candidate.again.check'));
    expect(shown.text).toContain('Москва');
    await person.tap('✏️ 2');
    await person.say('8');
    const again = await person.sees(worded('candidate.again.check'));
    expect(again.text).toContain('8');
    await person.tap(label('candidate.again.right'));
    await person.say('/status');
    const status = await person.last();
    expect(status.text.match(/•/g)).toHaveLength(1);
    const told = (await Promise.all((await recruiters()).map((one) => one.messages()))).flat();
    expect(told.some(({ text }) => text.includes('Возвращенцев') && /Раньше: /.test(text))).toBe(true);
  });

  test('[P-07] the same time in another format: the window stays, the client is told', async () => {
    const person = await screened('Егор Форматов', '+79160002002');
    await act('Форматов', 'invite');
    await person.tap(label('candidate.format.office'));
    const days = await person.sees(worded('candidate.slot.day'));
    const day = days.buttons[0]?.[0]?.label ?? '';
    await person.tapData(days.id, days.buttons[0]?.[0]?.data ?? '');
    const times = await person.sees(worded('candidate.slot.time'));
    const time = times.buttons[0]?.[0]?.label ?? '';
    await person.tapData(times.id, times.buttons[0]?.[0]?.data ?? '');
    await person.sees(worded('candidate.slot.booked'));
    await person.tap(label('candidate.button.anotherTime'));
    await person.tap(label('candidate.format.phone'));
    await person.tap(day);
    await person.tap(time);
    const booked = await person.sees(worded('candidate.slot.booked'));
    expect(booked.text).toContain(label('candidate.format.phone'));
    const client = await product.sim.role('client');
    const notice = (await client.messages()).findLast(({ text }) => text.includes('Форматов'));
    expect(notice?.text).toMatch(worded('client.interview.reformed'));
    expect(notice?.document?.name).toMatch(/\.ics$/);
  });

  test('[P-04] a lead typed by hand, and the same person in chat: the recruiter hears of it', async () => {
    const [recruiter] = await recruiters();
    await recruiter?.say('/add');
    await recruiter?.say('Фома Двойников');
    await recruiter?.say('8 916 000-20-03');
    await recruiter?.tap('Водитель');
    await screened('Фома Д.', '+79160002003');
    const told = (await Promise.all((await recruiters()).map((one) => one.messages()))).flat();
    expect(told.some(({ text }) => worded('notice.duplicateOwn').test(text))).toBe(true);
  });
});

describe('the head’s settings, in chat', () => {
  test('[P-21] [P-08] other reminders: those of the next booking are the new ones', async () => {
    const head = await product.sim.role('head');
    await head.say('/settings');
    await head.tap('Напоминания и явка');
    await head.tap('За сколько часов');
    await head.say('через пять');
    await head.sees(/целые числа от 1/);
    await head.say('2');
    await head.sees(/Сохранено/);
    const person = await screened('Настя Напомни', '+79160002004');
    await act('Напомни', 'invite');
    await person.tap(label('candidate.format.office'));
    const days = await person.sees(worded('candidate.slot.day'));
    await person.tapData(days.id, days.buttons[0]?.[0]?.data ?? '');
    const times = await person.sees(worded('candidate.slot.time'));
    // The last of the day: two hours before the first it may still be night, and the reminder waits for the morning.
    const windows = times.buttons.flat().flatMap((button) => button.data ?? []);
    const data = windows.findLast((one) => /:\d{9,}$/.test(one)) ?? '';
    await person.tapData(times.id, data);
    await person.sees(worded('candidate.slot.booked'));
    const start = Number(data.split(':').at(-1));
    await product.sim.to(new Date(start - 3_600_000).toISOString());
    const reminder = await person.sees(worded('candidate.reminder.hours'));
    expect(reminder.text).toContain('через 2 часа');
    const all = (await person.messages()).map(({ text }) => text);
    expect(all.some((text) => worded('candidate.reminder.days').test(text))).toBe(false);
  });
});
