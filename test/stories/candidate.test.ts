import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import type { Person } from '../support/simulator.ts';
import { type RunningProduct, startProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
const starts: Record<string, string> = {};

aStory(async (started) => {
  product = started;
  for (const { title, start } of (await product.sim.demo()).vacancies) starts[title] = start;
});

const hour = 3_600_000;
const startOf = (title: RegExp) => Object.entries(starts).find(([name]) => title.test(name))?.[1] ?? '';

/** Everything up to the choice of a day, for the cook's vacancy, which invites by itself. */
async function screenedCook(name: string, phone: string): Promise<Person> {
  const person = await product.sim.newPerson(name, 'ru', phone);
  await person.say(`/start ${startOf(/Повар/)}`);
  await person.sees('Повар в кафе');
  await person.tap(label('candidate.consent.yes'));
  await person.sees('график');
  await person.tap('2/2');
  await person.say('3 года');
  await person.tap(label('candidate.button.yes'));
  await person.say('завтра');
  await person.sees('номеру');
  await person.send({ contact: true });
  await person.sees(worded('candidate.slot.day'));
  return person;
}

/** …and the first time of the first day. Returns when the interview is, by the calendar file. */
async function bookedCook(name: string, phone: string): Promise<{ person: Person; start: number }> {
  const person = await screenedCook(name, phone);
  await person.tapData((await person.last()).id, (await person.last()).buttons[0]?.[0]?.data ?? '');
  const times = await person.sees(worded('candidate.slot.time'));
  await person.tapData(times.id, times.buttons[0]?.[0]?.data ?? '');
  const booked = Number(times.buttons[0]?.[0]?.data?.split(':').at(-1));
  await person.sees(worded('candidate.slot.booked'));
  return { person, start: booked };
}

describe('a candidate', () => {
  test('[P-07] [P-08] [X-02] goes from a link to a confirmed interview, and the recruiter sees it', async () => {
    const { person, start } = await bookedCook('Пётр Первый', '+79160000001');
    expect((await person.messages()).some(({ document }) => document?.name.endsWith('.ics'))).toBe(true);
    await product.sim.to(new Date(start - 24 * hour + 60_000).toISOString());
    await person.sees(worded('candidate.reminder.days'));
    await person.tap(label('candidate.button.willCome'), 2);
    await person.sees(worded('candidate.reminder.confirmed'));
    await product.sim.to(new Date(start - 3 * hour + 60_000).toISOString());
    await person.sees(worded('candidate.reminder.hours'));
    const said = (await person.messages()).filter(({ text }) =>
      worded('candidate.reminder.confirmed').test(text),
    );
    expect(said).toHaveLength(1);
    const seen = await Promise.all([product.sim.role('recruiter', 0), product.sim.role('recruiter', 1)]);
    const texts = (await Promise.all(seen.map((member) => member.messages()))).flat().map(({ text }) => text);
    expect(texts.some((text) => worded('notice.confirmed').test(text))).toBe(true);
  });

  test('[P-07] chooses in one message: days, later days, back, times', async () => {
    const person = await screenedCook('Одно Сообщение', '+79160000031');
    const chooser = await person.last();
    await person.tap(label('candidate.button.moreDays'));
    await person.tap(label('candidate.button.back'));
    const [day] = (await person.last()).buttons.flat();
    await person.tap(day?.label ?? '');
    const times = await person.last();
    expect(times).toMatchObject({ id: chooser.id, edited: true });
    expect(times.buttons.flat().length).toBeGreaterThan(20);
  });

  test('[X-02] says no to consent: a kind end, and nothing to ask any more', async () => {
    const person = await product.sim.newPerson('Нет Нетович');
    await person.say(`/start ${startOf(/Повар/)}`);
    await person.tap(label('candidate.consent.no'));
    await person.sees(worded('candidate.consent.declined'));
  });

  test('[A-16] [P-18] [B-04] a knock-out answer ends politely, and the refusal comes twelve hours later', async () => {
    const person = await product.sim.newPerson('Без Прав', 'ru', '+79160000002');
    await person.say(`/start ${startOf(/Водитель/)}`);
    await person.tap(label('candidate.consent.yes'));
    await person.tap(label('candidate.button.no'));
    await person.sees(worded('candidate.screened'));
    await product.sim.advance('11h');
    expect((await person.messages()).some(({ text }) => worded('candidate.refusal').test(text))).toBe(false);
    await product.sim.advance('13h');
    await person.sees(worded('candidate.refusal'));
    const refusals = (await person.messages()).filter(({ text }) => worded('candidate.refusal').test(text));
    expect(refusals).toHaveLength(1);
  });

  test('[X-05] is handed to a human after three misunderstandings', async () => {
    const person = await product.sim.newPerson('Непонятный', 'ru', '+79160000003');
    await person.say(`/start ${startOf(/Водитель/)}`);
    await person.tap(label('candidate.consent.yes'));
    for (const text of ['мммм', 'эээ', 'ааа']) await person.say(text);
    await person.sees(worded('candidate.human.coming'));
  });

  test('[X-06] voice, sticker, photo, edits and forwards get a kind answer and change nothing', async () => {
    const person = await product.sim.newPerson('Голосистый', 'ru', '+79160000004');
    await person.say(`/start ${startOf(/Повар/)}`);
    await person.send({ voice: true });
    await person.sees(worded('candidate.hint.voice'));
    await person.send({ sticker: true });
    await person.sees(worded('candidate.hint.sticker'));
    await person.send({ text: 'привет', forward: true });
    const mine = (await person.messages()).find(
      ({ from, text }) => from === 'user' && text.startsWith('/start'),
    );
    await person.send({ edit: mine?.id, text: 'исправлено' });
    await person.sees(worded('candidate.hint.edited'));
    await person.tap(label('candidate.consent.yes'));
    await person.sees('график');
  });

  test('[X-06] a tap on an old button has no effect', async () => {
    const person = await screenedCook('Старая Кнопка', '+79160000005');
    const before = await person.messages();
    const old = before.find(({ buttons }) =>
      (buttons ?? []).flat().some(({ label: text }) => text.includes('5/2')),
    );
    const data = old?.buttons.flat().find(({ label: text }) => text.includes('5/2'))?.data ?? '';
    await person.tapData(old?.id ?? 0, data);
    expect((await person.messages()).length).toBe(before.length);
  });

  test('[P-08] another time re-arms the reminders; the old ones stay silent; the window is free again', async () => {
    const { person, start } = await bookedCook('Перенос', '+79160000006');
    await person.tap(label('candidate.button.anotherTime'));
    const days = await person.sees(worded('candidate.slot.day'));
    const dated = days.buttons.flat().filter(({ data }) => /\d{4}-\d{2}-\d{2}$/.test(data ?? ''));
    const latest = dated
      .map(({ data }) => data ?? '')
      .sort((a, b) => a.slice(-10).localeCompare(b.slice(-10)))
      .at(-1);
    await person.tapData(days.id, latest ?? '');
    const times = await person.sees(worded('candidate.slot.time'));
    const next = times.buttons[0]?.[0]?.data ?? '';
    await person.tapData(times.id, next);
    await person.sees(worded('candidate.slot.booked'));
    const moved = Number(next.split(':').at(-1));
    expect(moved).not.toBe(start);
    await product.sim.to(new Date(Math.max(moved, start) - 3 * hour + 60_000).toISOString());
    const reminders = (await person.messages()).filter(({ text }) =>
      worded('candidate.reminder.hours').test(text),
    );
    expect(reminders).toHaveLength(1);
  });

  test('[X-01] the language follows Telegram and can be changed', async () => {
    const person = await product.sim.newPerson('John', 'en', '+79160000007');
    await person.say(`/start ${startOf(/Повар/)}`);
    await person.sees('Cook in a café');
    await person.say('/language');
    await person.tap(label('candidate.language.ru'));
    await person.sees(worded('candidate.consent.ask'));
  });

  test('[X-06] everything survives kill -9 of the whole product and a new start', async () => {
    const person = await product.sim.newPerson('Живучий', 'ru', '+79160000008');
    await person.say(`/start ${startOf(/Повар/)}`);
    await person.tap(label('candidate.consent.yes'));
    await person.tap('2/2');
    await product.kill();
    product = await startProduct(product.dataDir);
    const again = product.sim.person(person.id);
    await again.say('4');
    await again.sees('книжка');
  });
});
