import { performance } from 'node:perf_hooks';
import { defaultPolicy } from '../flows/policies/defaultPolicy.ts';
import { freeSlots } from '../flows/freeSlots.ts';
import { plainFreeSlots } from '../test/flows/plainFreeSlots.ts';
import { clockChanges, diaries } from '../test/support/diaries.ts';
import { percentile } from './percentile.ts';

const slot = { ...defaultPolicy.slot, daysAhead: 30 };
const first = Date.UTC(2026, 2, 20, 9);

/** Ten interviewers, thirty days, two hundred bookings each: milliseconds, beside the same with Luxon alone. */
export function freeTimes(): { p50: number; p99: number; plain: number } {
  const { interviewers, booked } = diaries(10, 200, 'Europe/Berlin', first);
  const took: number[] = [];
  for (let index = 0; index < 3_000; index += 1) {
    // A minute on each time, through two days and a clock change: what is remembered of a day is made anew in between.
    const now = first + index * 60_000;
    const from = performance.now();
    freeSlots(interviewers, booked, slot, now);
    took.push(performance.now() - from);
  }
  // The first hundred are the compiler's.
  const warm = took.slice(100);
  const from = performance.now();
  plainFreeSlots(interviewers, booked, slot, first);
  const plain = performance.now() - from;
  return { p50: percentile(warm, 0.5), p99: percentile(warm, 0.99), plain };
}

/** Every clock change of every zone from 2024 to 2030: how many, and where the two differ. */
export function freeTimesEverywhere(): { compared: number; different: number } {
  const near = { ...slot, daysAhead: 2 };
  let [compared, different] = [0, 0];
  for (const { zone, at } of clockChanges(2024, 2030)) {
    const { interviewers, booked } = diaries(2, 8, zone, at);
    const now = at - 86_400_000 / 2;
    const ours = freeSlots(interviewers, booked, near, now);
    const plain = plainFreeSlots(interviewers, booked, near, now);
    compared += 1;
    if (JSON.stringify(ours) !== JSON.stringify(plain)) different += 1;
  }
  return { compared, different };
}
