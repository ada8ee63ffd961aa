import type { FreeSlot } from '../flows/facts.ts';
import type { Group } from '../flows/groups/group.ts';
import { freeSlots } from '../flows/freeSlots.ts';
import type { Member } from '../flows/member.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import type { SlotRow } from '../models/rows.ts';

type Taken = Pick<SlotRow, 'interviewer' | 'start' | 'minutes'>;

/**
 * What is taken of the windows of a vacancy's interviewers, as it stands in the database now.
 *
 * @param groups those of the next days at least
 * @returns what makes some hundred free windows of it: of four decisions that may look at them, three do not
 */
export async function readWindows(
  db: Pick<Database, 'slots'>,
  { slot }: Policy,
  vacancy: Vacancy,
  members: Member[],
  groups: Group[],
  now: number,
): Promise<() => FreeSlot[]> {
  const interviewers = members.filter(({ _id, active }) => active && vacancy.interviewers.includes(_id));
  const rows = await db.slots
    .find({
      interviewer: { $in: interviewers.map(({ _id }) => _id) },
      start: { $gte: now - 86_400_000, $lte: lastOf(slot, now) },
      $or: [{ until: { $exists: false } }, { until: { $gt: now } }],
    })
    .project<Taken>({ interviewer: 1, start: 1, minutes: 1 })
    .toArray();
  return () => freeSlots(interviewers, bookedOf(interviewers, rows, groups, slot, now), slot, now);
}

/** The starts that are taken, by interviewer. */
function bookedOf(
  interviewers: Member[],
  rows: Taken[],
  groups: Group[],
  slot: Policy['slot'],
  now: number,
): Map<string, number[]> {
  const until = lastOf(slot, now);
  const booked = new Map<string, number[]>(interviewers.map(({ _id }) => [_id, []]));
  const step = slot.minutes * 60_000;
  for (const { interviewer, start, minutes = slot.minutes } of rows) {
    // Taken when windows were longer: it covers several of today's.
    for (let at = start; at < start + minutes * 60_000; at += step) booked.get(interviewer)?.push(at);
  }
  // Whoever holds a group is met by nobody else meanwhile.
  for (const { host, start, minutes, cancelled } of groups) {
    if (cancelled !== undefined || start < now - 86_400_000 || start > until) continue;
    const first = Math.floor(start / step) * step;
    for (let at = first; at < start + minutes * 60_000; at += step) booked.get(host)?.push(at);
  }
  return booked;
}

/** Up to when windows are looked at. */
function lastOf({ daysAhead }: Policy['slot'], now: number): number {
  return now + (daysAhead + 2) * 86_400_000;
}
