import { expect, test } from 'vitest';
import { readPosting } from '../../flows/sites/readPosting.ts';
import { parsePhone } from '../../runtime/readFacts.ts';

test.each([
  ['https://hh.ru/vacancy/12345678', 'hh:12345678'],
  ['https://spb.hh.ru/vacancy/12345678?from=share_android#x', 'hh:12345678'],
  ['  hh.ru/vacancy/12345678/ ', 'hh:12345678'],
  ['https://hh.kz/vacancy/12345678', 'hh:12345678'],
  ['https://www.avito.ru/moskva/vakansii/voditel_kategorii_s_1234567890', 'avito:1234567890'],
  ['https://m.avito.ru/moskva/vakansii/voditel_1234567890?context=abc', 'avito:1234567890'],
  ['www.avito.ru/items/1234567890', 'avito:1234567890'],
  ['https://www.avito.ru/1234567890', 'avito:1234567890'],
  ['+7 (495) 123-45-67', 'novofon:+74951234567'],
  ['8 495 123 45 67', 'novofon:+74951234567'],
  ['74951234567', 'novofon:+74951234567'],
  // A page without an ad, and what is none of them.
  ['https://hh.ru/resume/abcdef', 'noAd'],
  ['https://hh.ru/employer/123', 'noAd'],
  ['https://www.avito.ru/profile/items', 'noAd'],
  ['https://avito.ru', 'noAd'],
  ['https://hh.ru.evil.example/vacancy/12345678', 'unknown'],
  ['https://nothh.ru/vacancy/12345678', 'unknown'],
  ['https://example.com/vacancy/1', 'unknown'],
  ['1234567890', 'unknown'],
  ['водитель', 'unknown'],
  ['', 'unknown'],
  ['x'.repeat(10_000), 'unknown'],
])('[P-01] what is pasted on a vacancy: %s', (text, wanted) => {
  const read = readPosting(text, parsePhone);
  expect(read.ok ? `${read.posting.source}:${read.posting.id}` : read.why).toBe(wanted);
});
