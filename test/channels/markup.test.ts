import { expect, test } from 'vitest';
import { whatsappMarks, withMarks } from '../../channels/markup.ts';

test.each([
  ['<b>Привет</b> &amp; пока', '*Привет* & пока', 'Привет & пока'],
  ['<b>Анна &lt;3</b>', '*Анна <3*', 'Анна <3'],
  ['<b> в пробелах </b>да', ' *в пробелах* да', ' в пробелах да'],
  ['<b>раз\n\nдва</b>', '*раз*\n\n*два*', 'раз\n\nдва'],
  ['<i>курсив <b>оба</b></i>', '_курсив_ _*оба*_', 'курсив оба'],
  ['<a href="https://e.org">тут</a>', 'тут (https://e.org)', 'тут (https://e.org)'],
  ['5 < 6 & <code>x</code>', '5 < 6 & x', '5 < 6 & x'],
])('[X-07] %s', (html, whatsapp, plain) => {
  expect(withMarks(html, whatsappMarks)).toBe(whatsapp);
  expect(withMarks(html)).toBe(plain);
});
