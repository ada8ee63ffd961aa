import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeChoices } from '../../channels/makeChoices.ts';
import { choiceFor, choicesOf, inLines } from '../../channels/numbered.ts';
import { openDatabase, type Database } from '../../models/database.ts';
import { makeClock } from '../../runtime/clock.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

let store: OwnDatabase;
let db: Database;
beforeAll(async () => {
  store = await ownDatabase();
  db = await openDatabase(store.uri);
});
afterAll(async () => {
  await db.close();
});

const message = {
  text: 'Придёте?',
  buttons: [
    [
      { label: '✅ Буду', data: 'r:yes' },
      { label: 'Другое время', data: 'r:move' },
    ],
    [
      { label: 'Занято', data: 'x', disabled: true },
      { label: 'Карта', url: 'https://example.org/?a=1&b=2' },
      { label: 'Адрес', copy: 'Тверская, 1' },
    ],
  ],
};

test('[X-07] choices become numbered lines, links and what is copied lines of their own', () => {
  expect(inLines(message, true, 'Ответьте номером:').text).toBe(
    [
      'Придёте?',
      '',
      'Карта: https://example.org/?a=1&amp;b=2',
      'Адрес: Тверская, 1',
      '',
      'Ответьте номером:',
      '<b>1</b> — ✅ Буду',
      '<b>2</b> — Другое время',
    ].join('\n'),
  );
  expect(inLines({ text: 'Спасибо', buttons: [] }, true, 'Ответьте номером:').text).toBe('Спасибо');
});

test.each([
  ['1', 'r:yes'],
  [' 2. ', 'r:move'],
  ['2)', 'r:move'],
  ['1️⃣', 'r:yes'],
  ['буду', 'r:yes'],
  ['ДРУГОЕ ВРЕМЯ', 'r:move'],
  ['3', undefined],
  ['занято', undefined],
  ['1 час', undefined],
  ['буду поздно', undefined],
  ['👍', undefined],
  ['', undefined],
])('[X-07] "%s" means %s', (answer, data) => {
  expect(choiceFor(inLines(message, true, '').choices, answer)?.data).toBe(data);
});

test('[X-07] a number means nothing where none was shown', () => {
  expect(choiceFor(choicesOf(message), '1')).toBeUndefined();
  expect(choiceFor(choicesOf(message), 'Буду')?.data).toBe('r:yes');
});

test('[X-06] the last message with choices counts, a quoted one by its id, and a later question ends it', async () => {
  const choices = makeChoices(db, makeClock());
  const place = { channel: 'whatsapp' as const, address: '+79160000001' };
  const numbered = (...data: string[]) =>
    data.map((one, index) => ({ label: one, data: one, number: index + 1 }));
  const chosen = async (answer: string, quoted?: string) =>
    (await choices.chosen(place, answer, quoted))?.data;

  await choices.offer(place, 'first', numbered('a', 'b'), true);
  await choices.sent(place, 'first', 'wamid.1');
  await choices.offer(place, 'second', numbered('c', 'd'), true);
  await choices.sent(place, 'second', 'wamid.2');
  expect(await chosen('2')).toBe('d');
  expect(await chosen('2', 'wamid.1')).toBe('b');
  expect(await chosen('3')).toBeUndefined();

  await choices.offer(place, 'thanks', [], false);
  expect(await chosen('1')).toBe('c');

  await choices.offer(place, 'how many years', [], true);
  expect(await chosen('1')).toBeUndefined();
  expect(await chosen('1', 'wamid.2')).toBe('c');
  expect(await choices.chosen({ ...place, address: '+79160000002' }, '1')).toBeUndefined();
});
