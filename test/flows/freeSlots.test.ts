import { DateTime } from 'luxon';
import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { freeSlots } from '../../flows/freeSlots.ts';
import { clockChanges, diaries } from '../support/diaries.ts';
import { plainFreeSlots } from './plainFreeSlots.ts';

const slot = { ...defaultPolicy.slot, daysAhead: 3 };

describe('free times', () => {
  test('[C-02] around clock changes of many zones they are what plain Luxon gives, element for element', () => {
    // All of them: npm run bench.
    const changes = clockChanges(2024, 2030).filter((_, index) => index % 53 === 0);
    expect(changes.length).toBeGreaterThan(20);
    for (const { zone, at } of changes) {
      const { interviewers, booked } = diaries(2, 12, zone, at);
      for (const now of [at - 86_400_000, at - 3_600_000, at + 60_000]) {
        const where = `${zone} ${DateTime.fromMillis(now).toUTC().toISO() ?? ''}`;
        const ours = freeSlots(interviewers, booked, slot, now);
        expect(ours, where).toEqual(plainFreeSlots(interviewers, booked, slot, now));
        expect(ours.length, where).toBeGreaterThan(0);
      }
    }
  });

  test('a booking off the grid, of a time when windows were longer, takes all it touches', () => {
    const [interviewer] = diaries(1, 0, 'Europe/Moscow', Date.UTC(2026, 5, 1)).interviewers;
    if (!interviewer) throw new Error('there is one');
    const now = Date.UTC(2026, 5, 1);
    const all = freeSlots([interviewer], new Map(), slot, now).map(({ start }) => start);
    const off = (all[5] ?? 0) + 600_000;
    const left = freeSlots([interviewer], new Map([[interviewer._id, [off]]]), slot, now);
    const gone = all.filter((start) => !left.some((one) => one.start === start));
    const reach = (20 + interviewer.hours.buffer) * 60_000;
    expect(gone).toEqual(all.filter((start) => Math.abs(start - off) < reach));
    expect(gone.length).toBeGreaterThan(1);
  });
});
