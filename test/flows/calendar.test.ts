import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { ru } from '../../flows/policies/calendars/ru.ts';
import { addWorkingTime, windowsOn } from '../../flows/workingTime.ts';
import { World, at, hour, weekdays } from './factory.ts';

const who = (off: string[] = []) => ({
  zone: 'Europe/Moscow',
  hours: { week: weekdays, off, buffer: 0 },
});
const hoursOn = (day: DateTime) =>
  windowsOn(day, who(), ru).reduce((sum, [from, to]) => sum + (to - from) / hour, 0);

describe('the production calendar of Russia', () => {
  // Working days of a week of five, as the published calendars count them; the 9 hours here include lunch.
  test.each([
    [2025, 247, 4],
    [2026, 247, 4],
    [2027, 247, 4],
  ])('[P-21] the year %s has %s working days, %s of them short', (year, days, short) => {
    const first = DateTime.fromObject({ year }, { zone: 'Europe/Moscow' });
    const all = Array.from({ length: 365 }, (_, day) => hoursOn(first.plus({ days: day })));
    expect(all.filter((hours) => hours > 0)).toHaveLength(days);
    expect(all.filter((hours) => hours === 8)).toHaveLength(short);
  });

  test.each([
    ['over New Year', '2025-12-30T17:00', 120, '2026-01-12T10:00'],
    ['over the next New Year', '2026-12-30T17:00', 120, '2027-01-11T10:00'],
    ['over 23 February', '2026-02-20T17:00', 120, '2026-02-24T10:00'],
    ['over 8 March, a Sunday that moved to Monday', '2026-03-06T17:00', 120, '2026-03-10T10:00'],
    ['over 1 May, after a short day', '2026-04-30T16:00', 120, '2026-05-04T10:00'],
    ['over 9 May, a Saturday that moved to Monday', '2026-05-08T16:00', 120, '2026-05-12T10:00'],
    ['over 12 June', '2026-06-11T16:00', 120, '2026-06-15T10:00'],
    ['over 4 November in mid-week', '2026-11-03T16:00', 120, '2026-11-05T10:00'],
    ['over 22 and 23 February, after a short Saturday', '2027-02-20T16:00', 120, '2027-02-24T10:00'],
    ['onto a working Saturday, which is short', '2025-10-31T17:00', 540, '2025-11-01T17:00'],
  ])('[P-21] %s', (_name, from, minutes, to) => {
    expect(addWorkingTime(at(from), minutes, who(), ru)).toBe(at(to));
  });

  test('[P-21] own days off still add, and without a calendar a holiday is a plain day', () => {
    expect(addWorkingTime(at('2026-11-03T16:00'), 120, who(['2026-11-05']), ru)).toBe(at('2026-11-06T10:00'));
    expect(addWorkingTime(at('2026-11-03T16:00'), 180, who())).toBe(at('2026-11-04T10:00'));
  });
});

describe('a task’s time limit', () => {
  test.each([
    ['ru', '2027-01-11T10:30'],
    ['none', '2027-01-01T10:30'],
  ] as const)('[P-21] passes over the holidays of the calendar %s', (calendar, due) => {
    const world = new World();
    world.policy.calendar = calendar;
    // Half an hour of work is left on the last working day of the year.
    world.now = at(calendar === 'ru' ? '2026-12-30T17:30' : '2026-12-31T17:30');
    world.arrives().consents();
    const take = world.application.tasks.find(({ kind }) => kind === 'take');
    expect(take?.due).toBe(at(due));
  });
});
