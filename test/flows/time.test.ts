import { describe, expect, test } from 'vitest';
import { freeSlots, nearest } from '../../flows/freeSlots.ts';
import type { Member } from '../../flows/member.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { afterQuiet, reminderTime } from '../../flows/quietHours.ts';
import { addWorkingTime, windowsOn } from '../../flows/workingTime.ts';
import { DateTime } from 'luxon';
import { at, hour, minute, weekdays } from './factory.ts';

const who = (more: Partial<Member['hours']> = {}, zone = 'Europe/Moscow') => ({
  _id: 'anna',
  zone,
  hours: { week: weekdays, off: [], buffer: 0, ...more },
});
const everyDay = (...windows: [string, string][]) =>
  Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((day) => [String(day), windows]));

describe('working time', () => {
  // 2026-11-24 is a Tuesday.
  test.each([
    ['within the day', '2026-11-24T10:00', 120, '2026-11-24T12:00'],
    ['before the day begins', '2026-11-24T06:00', 60, '2026-11-24T10:00'],
    ['after the day ends', '2026-11-24T20:00', 60, '2026-11-25T10:00'],
    ['over the night', '2026-11-24T17:00', 120, '2026-11-25T10:00'],
    ['over the weekend', '2026-11-27T17:30', 120, '2026-11-30T10:30'],
    ['exactly to the end of the day', '2026-11-24T17:00', 60, '2026-11-24T18:00'],
    ['on a day off', '2026-11-28T12:00', 30, '2026-11-30T09:30'],
    ['several days', '2026-11-24T09:00', 9 * 60 * 3, '2026-11-26T18:00'],
    ['nothing, at night', '2026-11-24T03:00', 0, '2026-11-24T09:00'],
  ])('[P-21] %s', (_name, from, minutes, to) => {
    expect(addWorkingTime(at(from), minutes, who())).toBe(at(to));
  });

  test('[P-21] a holiday is passed over', () => {
    const off = [
      '2026-12-31',
      '2027-01-01',
      '2027-01-04',
      '2027-01-05',
      '2027-01-06',
      '2027-01-07',
      '2027-01-08',
    ];
    expect(addWorkingTime(at('2026-12-30T17:00'), 120, who({ off }))).toBe(at('2027-01-11T10:00'));
  });

  test('[P-21] a lunch break does not count; windows may be given in any order', () => {
    const week = everyDay(['14:00', '18:00'], ['09:00', '13:00']);
    expect(addWorkingTime(at('2026-11-24T12:30'), 60, who({ week }))).toBe(at('2026-11-24T14:30'));
  });

  test('[P-21] is counted in the member’s own zone', () => {
    expect(addWorkingTime(at('2026-11-24T10:00'), 120, who({}, 'Asia/Vladivostok'))).toBe(
      at('2026-11-25T10:00', 'Asia/Vladivostok'),
    );
  });

  test('[P-21] who has no hours at all gets plain time', () => {
    expect(addWorkingTime(at('2026-11-24T10:00'), 60, who({ week: {} }))).toBe(at('2026-11-24T11:00'));
  });

  test('[X-03] a night shift on the night of a moved clock has the hours it really has', () => {
    const week = everyDay(['00:00', '08:00']);
    const berlin = who({ week }, 'Europe/Berlin');
    const hours = (day: string) =>
      windowsOn(DateTime.fromISO(day, { zone: 'Europe/Berlin' }), berlin).map(
        ([from, to]) => (to - from) / hour,
      );
    expect(hours('2026-10-25')).toEqual([9]);
    expect(hours('2026-03-29')).toEqual([7]);
    expect(hours('2026-03-30')).toEqual([8]);
    expect(addWorkingTime(at('2026-10-25T00:00', 'Europe/Berlin'), 9 * 60, berlin)).toBe(
      at('2026-10-25T08:00', 'Europe/Berlin'),
    );
  });

  test('"24:00" is the midnight that follows', () => {
    const week = everyDay(['22:00', '24:00']);
    expect(addWorkingTime(at('2026-11-24T23:00'), 90, who({ week }))).toBe(at('2026-11-25T22:30'));
  });
});

describe('quiet hours', () => {
  const night = { from: '22:00', to: '08:00' };
  test.each([
    ['by day', '2026-11-24T15:00', 'Europe/Moscow', '2026-11-24T15:00'],
    ['a minute before', '2026-11-24T21:59', 'Europe/Moscow', '2026-11-24T21:59'],
    ['as they begin', '2026-11-24T22:00', 'Europe/Moscow', '2026-11-25T08:00'],
    ['after midnight', '2026-11-25T03:00', 'Europe/Moscow', '2026-11-25T08:00'],
    ['as they end', '2026-11-25T08:00', 'Europe/Moscow', '2026-11-25T08:00'],
    ['the night a clock goes back', '2026-10-25T01:30', 'Europe/Berlin', '2026-10-25T08:00'],
    ['the night a clock goes on', '2026-03-29T01:30', 'Europe/Berlin', '2026-03-29T08:00'],
    ['the evening before it goes on', '2026-03-28T23:00', 'Europe/Berlin', '2026-03-29T08:00'],
    ['far east', '2026-11-25T07:59', 'Asia/Kamchatka', '2026-11-25T08:00'],
    ['a zone of half hours', '2026-11-24T22:15', 'Asia/Kolkata', '2026-11-25T08:00'],
    ['a zone of quarter hours', '2026-11-24T22:15', 'Asia/Kathmandu', '2026-11-25T08:00'],
  ])('[X-04] %s', (_name, due, zone, leaves) => {
    expect(afterQuiet(at(due, zone), zone, night)).toBe(at(leaves, zone));
  });

  test('[X-04] they are of the person’s zone, not the agency’s', () => {
    const due = at('2026-11-24T20:00');
    expect(afterQuiet(due, 'Europe/Moscow', night)).toBe(due);
    expect(afterQuiet(due, 'Asia/Yekaterinburg', night)).toBe(at('2026-11-25T08:00', 'Asia/Yekaterinburg'));
  });

  test('[X-04] quiet hours within one day, and none at all', () => {
    const noon = { from: '12:00', to: '14:00' };
    expect(afterQuiet(at('2026-11-24T13:00'), 'Europe/Moscow', noon)).toBe(at('2026-11-24T14:00'));
    expect(afterQuiet(at('2026-11-24T23:00'), 'Europe/Moscow', noon)).toBe(at('2026-11-24T23:00'));
    const none = { from: '00:00', to: '00:00' };
    expect(afterQuiet(at('2026-11-24T03:00'), 'Europe/Moscow', none)).toBe(at('2026-11-24T03:00'));
  });

  test.each([
    ['a day before, by day', '2026-11-26T14:20', 24, '2026-11-25T14:20'],
    ['a day before, moved out of the night', '2026-11-26T07:00', 24, '2026-11-25T08:00'],
    ['a day before, late in the evening: the same morning', '2026-11-26T22:20', 24, '2026-11-26T08:00'],
    ['three hours before, moved to the morning', '2026-11-26T09:20', 3, '2026-11-26T08:00'],
    ['three hours before, where an hour is left', '2026-11-26T09:00', 3, '2026-11-26T08:00'],
    ['three hours before, where the morning is too late', '2026-11-26T08:40', 3, '2026-11-26T05:40'],
  ])('[P-08] a reminder %s', (_name, start, before, leaves) => {
    expect(reminderTime(at(start), before, 'Europe/Moscow', night)).toBe(at(leaves));
  });
});

describe('free windows', () => {
  const policy = { ...defaultPolicy.slot, daysAhead: 3 };
  const none = new Map<string, number[]>();
  const starts = (one: Parameters<typeof freeSlots>[0][number], now: number, booked = none) =>
    freeSlots([one], booked, policy, now).map(({ start }) => start);
  const week = everyDay(['10:00', '11:00']);

  test('[B-06] lie on one grid inside the working window, the last one ending with it', () => {
    expect(starts(who({ week }), at('2026-11-24T00:00')).slice(0, 4)).toEqual(
      ['2026-11-24T10:00', '2026-11-24T10:20', '2026-11-24T10:40', '2026-11-25T10:00'].map((time) =>
        at(time),
      ),
    );
  });

  test('[B-06] the grid is the same in every zone: starts of two people coincide or do not touch', () => {
    const zones = ['Europe/Moscow', 'Asia/Kolkata', 'Asia/Kathmandu', 'America/St_Johns'];
    for (const zone of zones) {
      const list = starts(who({ week: everyDay(['10:05', '12:00']) }, zone), at('2026-11-24T00:00'));
      expect(list.length).toBeGreaterThan(0);
      expect(list.filter((start) => start % (20 * minute) !== 0)).toEqual([]);
    }
  });

  test('[P-07] none is sooner than the notice', () => {
    expect(starts(who({ week }), at('2026-11-24T09:10'))[0]).toBe(at('2026-11-24T10:20'));
    expect(starts(who({ week }), at('2026-11-24T12:00'))[0]).toBe(at('2026-11-25T10:00'));
  });

  test('[P-07] a taken one is not offered, nor what lies within the buffer around it', () => {
    const booked = new Map([['anna', [at('2026-11-24T10:20')]]]);
    expect(starts(who({ week }), at('2026-11-24T00:00'), booked).slice(0, 3)).toEqual(
      ['2026-11-24T10:00', '2026-11-24T10:40', '2026-11-25T10:00'].map((time) => at(time)),
    );
    expect(starts(who({ week, buffer: 10 }), at('2026-11-24T00:00'), booked)[0]).toBe(at('2026-11-25T10:00'));
    expect(
      starts(
        who({ week, buffer: 10 }),
        at('2026-11-24T00:00'),
        new Map([['boris', [at('2026-11-24T10:20')]]]),
      ),
    ).toHaveLength(12);
  });

  test('[P-07] days off have none', () => {
    const days = starts(who({ week, off: ['2026-11-24', '2026-11-26'] }), at('2026-11-24T00:00'));
    expect(days.map((start) => new Date(start).getUTCDate())).toEqual([25, 25, 25, 27, 27, 27]);
  });

  test('[X-03] the day without an hour, and the day with one twice', () => {
    const nights = who({ week: everyDay(['01:00', '04:00']) }, 'Europe/Berlin');
    const ofDay = (day: string) => {
      const from = at(`${day}T00:00`, 'Europe/Berlin');
      const list = starts(nights, from - 5 * hour).filter(
        (start) => start >= from && start < from + 12 * hour,
      );
      expect(new Set(list).size).toBe(list.length);
      expect(
        list.every((start, index) => index === 0 || start - (list[index - 1] ?? 0) === 20 * minute),
      ).toBe(true);
      return list.length;
    };
    expect(ofDay('2026-03-28')).toBe(9);
    expect(ofDay('2026-03-29')).toBe(6);
    expect(ofDay('2026-10-25')).toBe(12);
  });

  test('[B-06] the nearest ones, nearest first, each time once', () => {
    const free = ['10:00', '10:20', '10:20', '11:00', '15:00'].map((time, index) => ({
      interviewer: `i${index}`,
      start: at(`2026-11-24T${time}`),
    }));
    expect(nearest(free, at('2026-11-24T10:30'), 3).map(({ start }) => start)).toEqual(
      ['10:20', '10:00', '11:00'].map((time) => at(`2026-11-24T${time}`)),
    );
  });
});

test('[P-07] hours that overlap give each window once, in order', () => {
  const hours = {
    week: {
      '2': [
        ['10:00', '11:00'],
        ['10:40', '12:00'],
      ] as [string, string][],
    },
    off: [],
    buffer: 0,
  };
  const now = Date.UTC(2026, 10, 24, 5);
  const slot = { ...defaultPolicy.slot, daysAhead: 1, noticeMinutes: 0 };
  const starts = freeSlots([{ _id: 'a', zone: 'Europe/Moscow', hours }], new Map(), slot, now).map(
    ({ start }) => start,
  );
  expect(starts).toEqual(
    [0, 20, 40, 60, 80, 100].map((minutes) => Date.UTC(2026, 10, 24, 7) + minutes * 60_000),
  );
});
