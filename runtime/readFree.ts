import type { FreeSlot } from '../flows/facts.ts';
import type { Group } from '../flows/groups/group.ts';
import { freeSlots } from '../flows/freeSlots.ts';
import type { Member } from '../flows/member.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';

/**
 * The free windows of a vacancy's interviewers: what is taken as it stands in the database now.
 *
 * @param groups those of the next days at least
 */
export async function readFree(
  db: Pick<Database, 'slots'>,
  { slot }: Policy,
  vacancy: Vacancy,
  members: Member[],
  groups: Group[],
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
  for (const { host, start, minutes, cancelled } of groups) {
    if (cancelled !== undefined || start < now - 86_400_000 || start > until) continue;
    const first = Math.floor(start / step) * step;
    for (let at = first; at < start + minutes * 60_000; at += step) booked.get(host)?.push(at);
  }
  return freeSlots(interviewers, booked, slot, now);
}
