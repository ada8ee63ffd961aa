import { DateTime } from 'luxon';
import { dayOf } from './dayOf.ts';
import type { FreeSlot } from './facts.ts';
import type { Member } from './member.ts';
import type { Policy } from './policies/policy.ts';
import { windowsOn } from './workingTime.ts';

/**
 * The free windows of some interviewers, earliest first, one per start time and interviewer.
 *
 * Starts lie on one grid of the epoch (20 minutes by default), whatever the zone: two windows are the same or do
 * not touch, so a unique index on interviewer and start is enough to rule out overlaps.
 *
 * @param booked starts already taken, by interviewer
 */
export function freeSlots(
  interviewers: Pick<Member, '_id' | 'hours' | 'zone'>[],
  booked: ReadonlyMap<string, number[]>,
  policy: Policy['slot'],
  now: number,
): FreeSlot[] {
  const lists = interviewers.map((interviewer) => ({
    id: interviewer._id,
    starts: startsOf(interviewer, booked.get(interviewer._id) ?? [], policy, now),
    at: 0,
  }));
  return inOrder(lists.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)));
}

/** One interviewer's free starts, the earliest first. */
function startsOf(
  interviewer: Pick<Member, 'hours' | 'zone'>,
  booked: number[],
  policy: Policy['slot'],
  now: number,
): number[] {
  const length = policy.minutes * 60_000;
  const earliest = now + policy.noticeMinutes * 60_000;
  const margin = interviewer.hours.buffer * 60_000 + length;
  const taken = Float64Array.from(booked).sort();
  const starts: number[] = [];
  for (const [open, close] of windowsAhead(interviewer, policy.daysAhead, now)) {
    const from = Math.max(open, earliest);
    const first = Math.ceil(from / length) * length;
    // Bookings that end before this start cannot touch a later one either.
    let at = firstAfter(taken, first - margin);
    for (let start = first; start + length <= close; start += length) {
      while ((taken[at] ?? Infinity) <= start - margin) at += 1;
      if ((taken[at] ?? Infinity) < start + margin) continue;
      // Hours that overlap give a start once.
      if (start > (starts.at(-1) ?? -Infinity)) starts.push(start);
    }
  }
  return starts;
}

/**
 * Lists that are in order each, as one: the heads are looked at for each start, and most starts are free with several
 * interviewers. Sorting the whole took twice as long, and its garbage came due in one call of a hundred.
 */
function inOrder(lists: { id: string; starts: number[]; at: number }[]): FreeSlot[] {
  // Made at its length: one that grows is copied a dozen times.
  const free = new Array<FreeSlot>(lists.reduce((sum, { starts }) => sum + starts.length, 0));
  for (let length = 0; ;) {
    let start = Infinity;
    for (let index = 0; index < lists.length; index += 1) {
      const list = lists[index];
      const next = list?.starts[list.at] ?? Infinity;
      if (next < start) start = next;
    }
    if (start === Infinity) return free;
    for (let index = 0; index < lists.length; index += 1) {
      const list = lists[index];
      if (list?.starts[list.at] !== start) continue;
      free[length] = { interviewer: list.id, start };
      length += 1;
      list.at += 1;
    }
  }
}

/** The place of the first number above a bound. */
function firstAfter(sorted: Float64Array, bound: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Windows = [open: number, close: number][];
const ahead = new Map<string, Windows>();

/** The working windows of today and the coming days: the same from one midnight of the zone to the next. */
function windowsAhead(who: Pick<Member, 'hours' | 'zone'>, days: number, now: number): Windows {
  const key = `${dayOf(now, who.zone)} ${who.zone} ${days} ${JSON.stringify(who.hours)}`;
  const known = ahead.get(key);
  if (known) return known;
  if (ahead.size > 1_000) ahead.clear();
  const today = DateTime.fromMillis(now, { zone: who.zone }).startOf('day');
  const windows = Array.from({ length: days + 1 }, (_, day) =>
    windowsOn(today.plus({ days: day }), who),
  ).flat();
  ahead.set(key, windows);
  return windows;
}

/** The free windows nearest to a time, nearest first, one per start. */
export function nearest(free: FreeSlot[], start: number, count: number): FreeSlot[] {
  const seen = new Set<number>();
  return [...free]
    .sort((a, b) => Math.abs(a.start - start) - Math.abs(b.start - start))
    .filter((slot) => !seen.has(slot.start) && seen.add(slot.start))
    .slice(0, count);
}
