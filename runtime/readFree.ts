import type { FreeSlot } from '../flows/facts.ts';
import { freeSlots } from '../flows/freeSlots.ts';
import type { Member } from '../flows/member.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';

/** The free windows of a vacancy's interviewers, as they stand in the database now. */
export async function readFree(
  db: Database,
  { slot }: Policy,
  vacancy: Vacancy,
  members: Member[],
  now: number,
): Promise<FreeSlot[]> {
  const interviewers = members.filter(({ _id, active }) => active && vacancy.interviewers.includes(_id));
  const until = now + (slot.daysAhead + 2) * 86_400_000;
  const rows = await db.slots
    .find({
      interviewer: { $in: interviewers.map(({ _id }) => _id) },
      start: { $gte: now - 86_400_000, $lte: until },
      $or: [{ until: { $exists: false } }, { until: { $gt: now } }],
    })
    .project<{ interviewer: string; start: number; minutes?: number }>({
      interviewer: 1,
      start: 1,
      minutes: 1,
    })
    .toArray();
  const booked = new Map<string, number[]>(interviewers.map(({ _id }) => [_id, []]));
  const step = slot.minutes * 60_000;
  for (const { interviewer, start, minutes = slot.minutes } of rows) {
    // Taken when windows were longer: it covers several of today's.
    for (let at = start; at < start + minutes * 60_000; at += step) booked.get(interviewer)?.push(at);
  }
  // Whoever holds a group is met by nobody else meanwhile.
  const hosts = { $in: interviewers.map(({ _id }) => _id) };
  const groups = await db.groups
    .find({ start: { $gte: now - 86_400_000, $lte: until }, host: hosts, cancelled: { $exists: false } })
    .toArray();
  for (const { host, start, minutes } of groups) {
    const first = Math.floor(start / step) * step;
    for (let at = first; at < start + minutes * 60_000; at += step) booked.get(host)?.push(at);
  }
  return freeSlots(interviewers, booked, slot, now);
}
