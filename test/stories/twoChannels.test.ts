import { latestDay } from '../support/latestDay.ts';
import { expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { auditOf } from '../support/auditOf.ts';
import type { Person } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
aStory((started) => {
  product = started;
});

const hour = 3_600_000;
const phone = '+79160000401';

/** From the link's prepared text to a booked time on the last day that is offered: its start, milliseconds of UTC. */
async function book(person: Person): Promise<number> {
  const { vacancies } = await product.sim.demo();
  const cook = vacancies.find(({ title }) => title.includes('Повар'))?.start ?? '';
  await person.say(`Здравствуйте! Хочу откликнуться [${cook}]`);
  await person.tap(label('candidate.consent.yes'));
  await person.tap('2/2');
  await person.say('3 года');
  await person.tap(label('candidate.button.yes'));
  await person.say('завтра');
  const days = await person.sees(worded('candidate.slot.day'));
  const day = latestDay(days);
  await person.tapData(days.id, day);
  const times = await person.sees(worded('candidate.slot.time'));
  const time = /\*1\* — (\d\d:\d\d)/.exec(times.text)?.[1];
  await person.say('1');
  await person.sees(worded('candidate.slot.booked'));
  return Date.parse(`${day.slice(-10)}T${time}+03:00`);
}

test('[X-05] booked in WhatsApp, linked to Telegram, confirmed there: the recruiter sees one candidate', async () => {
  const there = await product.sim.newPerson('Анна Дваканала', 'ru', phone, 'whatsapp');
  const start = await book(there);
  await there.say('/link');
  const code = /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec((await there.last()).text)?.[0] ?? '';
  const here = await product.sim.newPerson('Анна Дваканала', 'ru', phone);
  await here.say('/start');
  await here.say(code);
  await here.sees(worded('candidate.link.done'));

  const before = (await there.messages()).length;
  await product.sim.to(new Date(start - 24 * hour + 60_000).toISOString());
  await here.sees(worded('candidate.reminder.days'));
  // It went where they wrote last, and only there.
  expect(await there.messages()).toHaveLength(before);
  await here.tap(label('candidate.button.willCome'));
  await here.sees(worded('candidate.reminder.confirmed'));

  const recruiters = await Promise.all([0, 1].map((index) => product.sim.role('recruiter', index)));
  const told = (await Promise.all(recruiters.map((one) => one.messages()))).flat();
  const confirmed = told.filter(({ text }) => worded('notice.confirmed').test(text));
  expect(confirmed.map(({ text }) => text.includes('Анна Дваканала'))).toEqual([true]);
});

test('the audit accounts for all of it', async () => {
  const { code, said } = await auditOf({ DATA_DIR: product.dataDir });
  expect([code, said]).toEqual([0, expect.anything()]);
});
