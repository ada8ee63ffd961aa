import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { auditOf } from '../support/auditOf.ts';
import { type Cooks, makeCooks } from '../support/makeCooks.ts';
import type { Books } from '../support/openBooks.ts';
import type { Person } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let cooks: Cooks;
let books: Books;

aStory(async (started, open) => {
  product = started;
  cooks = await makeCooks(product, 300);
  books = await open();
});

const fault = (method: string, kind: string, more: object = {}) =>
  product.sim.call('POST', '/sim/faults', { method, kind, times: 1, ...more });
const count = async (person: Person, text: RegExp | string) =>
  (await person.messages()).filter(
    (message) =>
      message.from === 'bot' &&
      (typeof text === 'string' ? message.text.includes(text) : text.test(message.text)),
  ).length;

describe('Telegram’s faults', () => {
  // What is seen in the chat, and how its one row in the ledger ends. Only what certainly did not arrive is repeated.
  test.each([
    ['429', { retryAfter: 1 }, 1, 'sent'],
    ['500', {}, 1, 'sent'],
    ['502-html', {}, 0, 'uncertain'],
    ['drop-before', {}, 0, 'uncertain'],
    ['drop-after', {}, 1, 'uncertain'],
    ['slow', { delay: 300 }, 1, 'sent'],
    ['duplicate-update', {}, 1, 'sent'],
  ])('[X-06] a %s on the way to a question: one row, no answer lost', async (kind, more, seen, status) => {
    const person = await cooks.begun(`Сбой ${kind}`);
    await fault('sendMessage', kind, more);
    await person.tap('2/2');
    expect(await count(person, 'Сколько лет')).toBe(seen);
    const asked = (await books.rows(person.id, 'candidate.question.text')).map((row) => row.status);
    expect(asked).toEqual(['sent', status]);
    // Whoever saw nothing writes again, and is asked again; the answer stands under its own question.
    if (seen === 0) {
      await person.say('/status');
      await person.sees('Сколько лет');
    }
    await person.say('3 года');
    await person.sees('книжка');
  });

  test.each(['429', '500', '502-html', 'drop-before', 'drop-after'])(
    '[X-06] a %s while updates are fetched loses none and works none twice',
    async (kind) => {
      const person = await product.sim.newPerson(`Опрос ${kind}`);
      await fault('getUpdates', kind, { times: 2, retryAfter: 1 });
      await person.say('/help');
      await person.say('/status');
      expect(await count(person, worded('candidate.help'))).toBe(1);
      expect(await count(person, worded('candidate.status.none'))).toBe(1);
    },
  );

  test('[X-06] the calendar file that broke off does not take the confirmation with it', async () => {
    const person = await cooks.screened('Файл Обрывов');
    await fault('sendDocument', 'drop-before', { chat: person.id });
    const days = await person.last();
    await person.tapData(days.id, days.buttons[0]?.[0]?.data ?? '');
    const times = await person.last();
    await person.tapData(times.id, times.buttons[0]?.[0]?.data ?? '');
    await person.sees(worded('candidate.slot.booked'));
    expect((await books.rows(person.id, 'candidate.slot.calendar')).map((row) => row.status)).toEqual([
      'uncertain',
    ]);
  });

  test('[X-06] a tap whose answer Telegram refuses still counts, once', async () => {
    const person = await cooks.begun('Колбэк');
    await fault('answerCallbackQuery', '500');
    await person.tap('2/2', 3);
    expect(await count(person, 'Сколько лет')).toBe(1);
  });

  test('[X-06] who blocked the bot is not written to; a recruiter hears of it; who comes back goes on', async () => {
    const person = await cooks.begun('Блокиратор');
    await person.tap('2/2');
    await product.sim.call('POST', `/sim/users/${person.id}/block`);
    await product.sim.idle();
    await product.sim.call('POST', `/sim/users/${person.id}/unblock`);
    await person.say('2 года');
    await person.sees('книжка');
    await fault('sendMessage', '403', { chat: person.id });
    await person.tap(label('candidate.button.yes'));
    expect((await books.rows(person.id, 'candidate.question.text')).at(-1)?.status).toBe('failed');
    const recruiters = [await product.sim.role('recruiter', 0), await product.sim.role('recruiter', 1)];
    const told = await Promise.all(recruiters.map((who) => count(who, worded('notice.undelivered'))));
    expect(told.some((number) => number > 0)).toBe(true);
  });

  test.each(['429', '500'])('[X-06] a %s on the way to a recruiter’s list is waited out', async (kind) => {
    const recruiter = await product.sim.role('recruiter');
    const before = (await recruiter.messages()).length;
    await fault('sendMessage', kind, { retryAfter: 1, chat: recruiter.id });
    await recruiter.say('/help');
    // What was written and its one answer.
    expect((await recruiter.messages()).length).toBe(before + 2);
  });

  test('[X-06] afterwards every message is accounted for', async () => {
    const { code, said } = await auditOf({ DATA_DIR: product.dataDir });
    expect(code, said).toBe(0);
    const health = await fetch(`${product.url}/health`);
    expect(await health.json()).toMatchObject({ ok: true, failedEvents: 0 });
  });
});
