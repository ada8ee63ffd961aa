import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLength } from '../../bot/readLength.ts';
import { lengthText } from '../../bot/views/lengthText.ts';
import { speech } from '../../bot/speech.ts';
import { loadWords } from '../../runtime/words.ts';

const words = loadWords(join(import.meta.dirname, '../../locales'));
const working = { unit: 'minutes', working: true } as const;

test.each([
  ['4 ч', 240],
  ['4 часа', 240],
  ['30 мин', 30],
  ['90', 90],
  ['1 ч 30 мин', 90],
  ['1 час и 30 минут', 90],
  ['полтора часа', 90],
  ['час', 60],
  ['2h', 120],
  ['20160 минут', 20_160],
  ['', undefined],
  ['четыре', undefined],
  ['1 2 3', undefined],
  ['4 ч и ещё', undefined],
  ['2 дня', undefined],
])('[B-10] a limit of working time, typed "%s"', (text, minutes) => {
  expect(readLength(words, text, working)).toBe(minutes);
});

test.each([
  ['36 ч', 'hours', 36],
  ['2 дня', 'hours', 48],
  ['1 день 12 часов', 'hours', 36],
  ['сутки', 'hours', 24],
  ['2 days', 'minutes', 2_880],
  ['2 недели', 'days', 14],
  ['48 часов', 'days', 2],
  ['90 мин', 'hours', undefined],
  ['36 ч', 'days', undefined],
] as const)('[P-21] "%s", counted in %s', (text, unit, count) => {
  expect(readLength(words, text, { unit })).toBe(count);
});

test.each([
  [1_440, { unit: 'minutes' }, '1 день', '1 day'],
  [2_190, { unit: 'minutes' }, '1 день 12 часов 30 минут', '1 day 12 hours 30 minutes'],
  [1_440, working, '24 часа', '24 hours'],
  [21, working, '21 минута', '21 minutes'],
  [48, { unit: 'hours' }, '2 дня', '2 days'],
  [0, { unit: 'hours' }, '0 часов', '0 hours'],
  [30, { unit: 'days' }, '30 дней', '30 days'],
  [3, { unit: 'years' }, '3 года', '3 years'],
  [8, {}, '8', '8'],
] as const)('[P-21] %i of %o in words', (value, setting, ru, en) => {
  const said = (lang: string) => lengthText(speech(words, { lang, zone: 'utc' }), value, setting);
  expect([said('ru'), said('en')]).toEqual([ru, en]);
});
