import { latestDay } from '../support/latestDay.ts';
import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import type { Person } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let cook = '';

aStory(async (started) => {
  product = started;
  cook = await product.sim.startOf('Повар');
});

const hour = 3_600_000;
const join = (name: string, phone: string) => product.sim.newPerson(name, 'ru', phone, 'whatsapp');

/** From the link's prepared text to the choice of a day. */
async function screenedCook(person: Person): Promise<void> {
  await person.say(`Здравствуйте! Хочу откликнуться [${cook}]`);
  await person.sees('Повар в кафе');
  await person.tap(label('candidate.consent.yes'));
  await person.sees('график');
  await person.tap('2/2');
  await person.say('3 года');
  await person.tap(label('candidate.button.yes'));
  await person.say('завтра');
}

describe('a candidate in WhatsApp', () => {
  test('[X-07] goes from a link to a kept interview; days are a list, times are numbers, the number is not asked', async () => {
    const person = await join('Анна Ватсап', '+79160000101');
    await screenedCook(person);
    const days = await person.sees(worded('candidate.slot.day'));
    const all = await person.messages();
    expect(all.some(({ text }) => text.includes('номеру'))).toBe(false);
    const last = latestDay(days);
    await person.tapData(days.id, last);
    const times = await person.sees(worded('candidate.slot.time'));
    expect(times.buttons).toEqual([]);
    const time = /\*1\* — (\d\d:\d\d)/.exec(times.text)?.[1];
    const start = Date.parse(`${last.slice(-10)}T${time}+03:00`);
    await person.say('1');
    await person.sees(worded('candidate.slot.booked'));
    expect((await person.messages()).some(({ document }) => document?.name === 'interview.ics')).toBe(true);

    // The day before nobody has written for more than 24 hours: a template, and its button works.
    await product.sim.to(new Date(start - 24 * hour + 60_000).toISOString());
    const reminder = await person.sees('[interview_reminder]');
    await person.tapData(reminder.id, reminder.buttons[0]?.[0]?.data ?? '');
    await person.sees(worded('candidate.reminder.confirmed'));
    const recruiters = await Promise.all([
      product.sim.role('recruiter', 0),
      product.sim.role('recruiter', 1),
    ]);
    const told = (await Promise.all(recruiters.map((one) => one.messages()))).flat();
    expect(told.some(({ text }) => worded('notice.confirmed').test(text) && text.includes('Анна'))).toBe(
      true,
    );
  });

  test('[A-26] a number that a recruiter entered is the same person; one that was only typed elsewhere is not', async () => {
    const typed = await product.sim.newPerson('Тимур Телеграм', 'ru', '+79160000102');
    await typed.say(`/start ${cook}`);
    await typed.tap(label('candidate.consent.yes'));
    await typed.tap('2/2');
    await typed.say('3 года');
    await typed.tap(label('candidate.button.yes'));
    await typed.say('завтра');
    await typed.say('+79160000103');

    const stranger = await join('Кто-то Другой', '+79160000103');
    await stranger.say('Здравствуйте');
    // Somebody new: they are shown the vacancies, and nothing of Timur's.
    await stranger.sees(worded('candidate.chooseVacancy'));
  });
});
