import { DateTime } from 'luxon';
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
  const length = policy.minutes * 60_000;
  const earliest = now + policy.noticeMinutes * 60_000;
  const free: FreeSlot[] = [];
  for (const interviewer of interviewers) {
    const margin = interviewer.hours.buffer * 60_000 + length;
    const taken = booked.get(interviewer._id) ?? [];
    for (const [open, close] of windowsAhead(interviewer, policy.daysAhead, now)) {
      const from = Math.max(open, earliest);
      for (let start = Math.ceil(from / length) * length; start + length <= close; start += length) {
        if (taken.some((other) => Math.abs(other - start) < margin)) continue;
        free.push({ interviewer: interviewer._id, start });
      }
    }
  }
  return free.sort((a, b) => a.start - b.start || a.interviewer.localeCompare(b.interviewer));
}

/** Midnights of every zone lie on quarter hours: within one the coming windows are the same. */
const quarter = 900_000;
const ahead = new Map<string, [open: number, close: number][]>();

function windowsAhead(
  who: Pick<Member, 'hours' | 'zone'>,
  days: number,
  now: number,
): [open: number, close: number][] {
  const key = `${who.zone}:${days}:${Math.floor(now / quarter)}:${JSON.stringify(who.hours)}`;
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
