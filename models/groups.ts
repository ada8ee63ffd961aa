import type { Group } from '../flows/groups/group.ts';
import { seatsOf } from '../flows/groups/seat.ts';
import type { FreeSlot } from '../flows/facts.ts';
import type { Database } from './database.ts';

/** How long a group that is past is looked at with every decision: until its attendance is told, in milliseconds. */
const late = 14 * 86_400_000;

/** The groups that are to come, and those of the last two weeks, earliest first. */
export function readGroups(db: Pick<Database, 'groups'>, now: number): Promise<Group[]> {
  return db.groups
    .find({ start: { $gt: now - late } })
    .sort({ start: 1 })
    .toArray();
}

/** The places of a group that nobody has, at whatever time they got theirs: a moved group's people keep them. */
export async function readSeats(db: Pick<Database, 'slots'>, group: Group, now: number): Promise<FreeSlot[]> {
  const seats = seatsOf(group);
  const names = seats.map(({ interviewer }) => interviewer);
  const rows = await db.slots.find({ interviewer: { $in: names } }).toArray();
  const taken = new Set(
    rows.filter(({ until }) => until === undefined || until > now).map(({ interviewer }) => interviewer),
  );
  return seats.filter(({ interviewer }) => !taken.has(interviewer));
}
