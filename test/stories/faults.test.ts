import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningProduct, startProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let cook = '';

beforeAll(async () => {
  product = await startProduct();
  cook = (await product.sim.demo()).vacancies.find(({ title }) => title.includes('Повар'))?.start ?? '';
});
afterAll(async () => {
  await product.stop();
  product.remove();
});

const fault = (kind: string, more: object = {}) =>
  product.sim.call('POST', '/sim/faults', { method: 'sendMessage', kind, times: 1, ...more });

describe('Telegram’s faults', () => {
  test.each([
    ['429', { retryAfter: 1 }],
    ['500', {}],
  ])('a %s is waited out, and the answer comes once', async (kind, more) => {
    const person = await product.sim.newPerson(`Сбой ${kind}`);
    await fault(kind, more);
    await person.say('/help');
    const helps = (await person.messages()).filter(({ text }) => worded('candidate.help').test(text));
    expect(helps).toHaveLength(1);
  });

  test('a socket dropped after acceptance: the message stands once, it is never repeated', async () => {
    const person = await product.sim.newPerson('Обрыв');
    await fault('drop-after');
    await person.say('/help');
    const helps = (await person.messages()).filter(({ text }) => worded('candidate.help').test(text));
    expect(helps).toHaveLength(1);
  });

  test('an update delivered twice is worked once', async () => {
    const person = await product.sim.newPerson('Дважды');
    await fault('duplicate-update');
    await person.say('/help');
    const helps = (await person.messages()).filter(({ text }) => worded('candidate.help').test(text));
    expect(helps).toHaveLength(1);
  });

  test('who blocked the bot and comes back goes on where they were', async () => {
    const person = await product.sim.newPerson('Вернувшийся', 'ru', '+79160002222');
    await person.say(`/start ${cook}`);
    await person.tap(label('candidate.consent.yes'));
    await product.sim.call('POST', `/sim/users/${person.id}/block`);
    await product.sim.idle();
    await product.sim.call('POST', `/sim/users/${person.id}/unblock`);
    await person.tap('2/2');
    await person.sees('Сколько лет');
  });
});
