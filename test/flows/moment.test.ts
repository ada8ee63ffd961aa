import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { lexiconsFor } from '../../flows/lexiconsFor.ts';
import { parseMoment } from '../../flows/parseMoment.ts';
import { at, words } from './factory.ts';

const lexicons = Object.values(words.lexicon);
const zone = 'Europe/Moscow';
/** Tuesday, 24 November 2026, 14:00 in Moscow. */
const now = at('2026-11-24T14:00');
const read = (text: string, from = now, where = zone) =>
  parseMoment(text, { now: from, zone: where, lexicons });

test('[X-01] words are looked up in the reader’s language first, then in the others', () => {
  const { ru, en } = words.lexicon;
  expect(lexiconsFor(words.lexicon, 'en')).toEqual([en, ru]);
  expect(lexiconsFor(words.lexicon, 'ru')).toEqual([ru, en]);
  expect(lexiconsFor(words.lexicon, 'fr')).toHaveLength(2);
});

describe('typed moments', () => {
  test.each([
    ['завтра к 9', '2026-11-25T09:00'],
    ['Завтра в 9:30', '2026-11-25T09:30'],
    ['завтра в 10.12', '2026-11-25T10:12'],
    ['завтра в 9 вечера', '2026-11-25T21:00'],
    ['завтра в три', '2026-11-25T15:00'],
    ['завтра в 3 утра', '2026-11-25T03:00'],
    ['завтра, в 03:00', '2026-11-25T03:00'],
    ['завтра в час дня', '2026-11-25T13:00'],
    ['завтра в час', '2026-11-25T13:00'],
    ['завтра к двум часам', '2026-11-25T14:00'],
    ['завтра утром', '2026-11-25T10:00'],
    ['завтра после обеда', '2026-11-25T15:00'],
    ['завтра в половине третьего', '2026-11-25T14:30'],
    ['завтра в полпервого', '2026-11-25T12:30'],
    ['завтра без четверти пять', '2026-11-25T16:45'],
    ['завтра в полдень', '2026-11-25T12:00'],
    ['завтра в 15 часов 20 минут', '2026-11-25T15:20'],
    ['завтра в 15 20', '2026-11-25T15:20'],
    ['завтра в 15-20', '2026-11-25T15:20'],
    ['послезавтра в 10:30', '2026-11-26T10:30'],
    ['15.03 в 11', '2027-03-15T11:00'],
    ['15.03.2027 11:00', '2027-03-15T11:00'],
    ['15 марта в 11', '2027-03-15T11:00'],
    ['15 марта 2027 года в 11', '2027-03-15T11:00'],
    ['в понедельник, 30 ноября, в 11', '2026-11-30T11:00'],
    ['2026-12-01 16:00', '2026-12-01T16:00'],
    ['в среду в три часа', '2026-11-25T15:00'],
    ['в три часа в среду', '2026-11-25T15:00'],
    ['ср 12:00', '2026-11-25T12:00'],
    ['в понедельник утром', '2026-11-30T10:00'],
    ['во вторник в 16', '2026-11-24T16:00'],
    ['в следующий понедельник в 11', '2026-11-30T11:00'],
    ['в следующую пятницу в 11', '2026-12-04T11:00'],
    ['через 2 часа', '2026-11-24T16:00'],
    ['через два часа', '2026-11-24T16:00'],
    ['через час', '2026-11-24T15:00'],
    ['через полчаса', '2026-11-24T14:30'],
    ['через полтора часа', '2026-11-24T15:30'],
    ['через час и 20 минут', '2026-11-24T15:20'],
    ['через 45 мин', '2026-11-24T14:45'],
    ['через неделю', '2026-12-01T14:00'],
    ['через 3 дня в 11', '2026-11-27T11:00'],
    ['через пару часов', '2026-11-24T16:00'],
    ['сегодня вечером', '2026-11-24T19:00'],
    ['сегодня в 12 ночи', '2026-11-25T00:00'],
    ['вечером в 8', '2026-11-24T20:00'],
    ['в 16:40', '2026-11-24T16:40'],
    ['к 5', '2026-11-24T17:00'],
    ['17ч', '2026-11-24T17:00'],
    ['перезвоните пожалуйста завтра в 11!', '2026-11-25T11:00'],
    ['tomorrow at 9', '2026-11-25T09:00'],
    ['tomorrow at 9pm', '2026-11-25T21:00'],
    ['tomorrow at 12 am', '2026-11-25T00:00'],
    ["tomorrow at 4 o'clock", '2026-11-25T16:00'],
    ['the day after tomorrow at 10:30', '2026-11-26T10:30'],
    ['on Wednesday at three', '2026-11-25T15:00'],
    ['next Friday at 11', '2026-12-04T11:00'],
    ['15 March at 11', '2027-03-15T11:00'],
    ['in 2 hours', '2026-11-24T16:00'],
    ['in an hour', '2026-11-24T15:00'],
    ['in half an hour', '2026-11-24T14:30'],
    ['in 3 days at 11', '2026-11-27T11:00'],
    ['this evening', '2026-11-24T19:00'],
    ['tonight at 8', '2026-11-24T20:00'],
    ['on Monday in the morning', '2026-11-30T10:00'],
    ['tomorrow at half past two', '2026-11-25T14:30'],
  ])('[A-10] «%s» is understood', (text, expected) => {
    expect(read(text)).toEqual({ ok: true, at: at(expected) });
  });

  test.each([
    ['в 9', '2026-11-25T09:00'],
    ['утром', '2026-11-25T10:00'],
    ['во вторник в 11', '2026-12-01T11:00'],
    ['в полночь', '2026-11-25T00:00'],
  ])('[A-10] «%s» is past today, so the next is meant', (text, expected) => {
    expect(read(text)).toEqual({ ok: true, at: at(expected) });
  });

  test.each([
    ['сегодня в 9', 'past'],
    ['24.11 в 11', 'past'],
    ['24.11.2025 в 11', 'past'],
    ['через 0 минут', 'past'],
    ['завтра', 'noTime'],
    ['15.03', 'noTime'],
    ['в следующий понедельник', 'noTime'],
    ['15.03.2029 в 11', 'tooFar'],
    ['через 900 дней', 'tooFar'],
    ['завтра в 25', 'notMoment'],
    ['завтра в 10:75', 'notMoment'],
    ['31.02 в 11', 'notMoment'],
    ['завтра с 10 до 12', 'notMoment'],
    ['не завтра в 10', 'notMoment'],
    ['завтра в 15 утра', 'notMoment'],
    ['через 2 часа в 11', 'notMoment'],
    ['когда-нибудь', 'notMoment'],
    ['', 'notMoment'],
    ['+7 916 000-00-01', 'notMoment'],
  ])('[A-10] «%s» is refused: %s', (text, code) => {
    expect(read(text)).toEqual({ ok: false, code });
  });

  test('[X-03] the moment is in the zone of who types', () => {
    expect(read('завтра к 9', now, 'Asia/Vladivostok')).toEqual({
      ok: true,
      at: at('2026-11-25T09:00', 'Asia/Vladivostok'),
    });
  });

  test('[X-03] clocks that are moved shift no hour, and one they skip is refused', () => {
    const berlin = 'Europe/Berlin';
    const eve = at('2027-03-27T14:00', berlin);
    expect(read('завтра к 9', eve, berlin)).toEqual({ ok: true, at: at('2027-03-28T09:00', berlin) });
    expect(read('завтра в 02:30', eve, berlin)).toEqual({ ok: false, code: 'noSuchTime' });
    expect(read('через 1 день', eve, berlin)).toEqual({ ok: true, at: at('2027-03-28T14:00', berlin) });
    expect(read('через 24 часа', eve, berlin)).toEqual({ ok: true, at: at('2027-03-28T15:00', berlin) });
  });

  const zones = fc.constantFrom(
    'Europe/Moscow',
    'Europe/Berlin',
    'America/New_York',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
  );
  const instants = fc.integer({ min: at('2026-01-01T00:00'), max: at('2028-01-01T00:00') });

  test('[A-10] a date and a time in digits come back as they were written, in any zone at any moment', () => {
    const day = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(instants, zones, day, fc.nat(23), fc.nat(59), (from, where, days, hour, minute) => {
        const wanted = DateTime.fromMillis(from, { zone: where })
          .plus({ days })
          .set({ hour, minute, second: 0, millisecond: 0 });
        fc.pre(wanted.hour === hour && wanted.minute === minute);
        expect(read(wanted.toFormat('dd.MM.yyyy HH:mm'), from, where)).toEqual({
          ok: true,
          at: wanted.toMillis(),
        });
      }),
    );
  });

  test('[A-10] whatever is typed, an answer is a whole minute to come within a year', () => {
    const pieces = fc.constantFrom(
      ...[
        'завтра',
        'сегодня',
        'в',
        'через',
        '2',
        '12',
        'часа',
        'дня',
        'утром',
        'вечера',
        'ночи',
        'среду',
        '15.03',
        '10:30',
        'неделю',
        'и',
      ],
      ...['tomorrow', 'in', 'at', 'pm', 'friday', 'night', 'next', '9'],
    );
    fc.assert(
      fc.property(instants, zones, fc.array(pieces, { maxLength: 6 }), (from, where, said) => {
        const moment = read(said.join(' '), from, where);
        if (!moment.ok) return;
        expect(moment.at).toBeGreaterThan(from);
        expect(moment.at - from).toBeLessThanOrEqual(366 * 86_400_000);
        expect(moment.at % 60_000).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});
