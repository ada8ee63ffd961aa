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

const join = (name: string, phone: string) => product.sim.newPerson(name, 'ru', phone, 'max');

/** From the deep link to the phone question. */
async function toPhone(person: Person): Promise<void> {
  await person.say(`/start ${cook}`);
  await person.sees('Повар в кафе');
  await person.tap(label('candidate.consent.yes'));
  await person.tap('2/2');
  await person.say('3 года');
  await person.tap(label('candidate.button.yes'));
  await person.say('завтра');
  await person.sees('номеру');
}

describe('a candidate in MAX', () => {
  test('[X-07] goes from a deep link to a booked interview; the choice of a time stays one message', async () => {
    const person = await join('Максим Максов', '+79160000201');
    await toPhone(person);
    await person.tap(label('candidate.button.back'));
    await person.say('завтра');
    await person.tap(label('candidate.button.shareContact'));
    const days = await person.sees(worded('candidate.slot.day'));
    await person.tapData(days.id, days.buttons[0]?.[0]?.data ?? '');
    const times = await person.last();
    expect(times).toMatchObject({ id: days.id, edited: true });
    await person.tapData(times.id, times.buttons[0]?.[0]?.data ?? '');
    await person.sees(worded('candidate.slot.booked'));
    expect((await person.messages()).some(({ document }) => document?.name === 'interview.ics')).toBe(true);
  });

  test('[X-05] writes to the recruiter, is answered, and sends a file', async () => {
    const person = await join('Мила Файлова', '+79160000202');
    await toPhone(person);
    await person.send({ contact: true });
    const file = { name: 'резюме.txt', base64: Buffer.from('Опыт: повар').toString('base64') };
    await person.send({ file });
    const files = (
      await Promise.all([0, 1].map(async (index) => (await product.sim.role('recruiter', index)).messages()))
    )
      .flat()
      .filter(({ document }) => document?.name === 'резюме.txt');
    expect(files).toHaveLength(1);
    const got = await fetch(`${product.url}${files[0]?.document?.url}`);
    expect(await got.text()).toBe('Опыт: повар');
  });

  test('[X-06] has stopped the bot: nothing is sent there any more', async () => {
    const person = await join('Стоп Стопов', '+79160000203');
    await toPhone(person);
    await product.sim.call('POST', `/sim/users/${person.id}/block`);
    await product.sim.idle();
    const before = (await person.messages()).length;
    await product.sim.advance('30h');
    expect((await person.messages()).length).toBe(before);
  });
});
