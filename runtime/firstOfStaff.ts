import { headsOf } from '../flows/headsOf.ts';
import type { Database } from '../models/database.ts';

/**
 * Who hears of something that concerns no candidate: those of the agency's people, as long as they are in the team, who
 * stand in the first of these sets that has any; the heads when none has.
 *
 * @returns their ids
 */
export async function firstOfStaff(
  db: Pick<Database, 'members'>,
  ...rungs: readonly ReadonlySet<string | undefined>[]
): Promise<string[]> {
  const staff = await db.members.find({ active: true, role: { $in: ['head', 'recruiter'] } }).toArray();
  const found = rungs.map((rung) => staff.filter(({ _id }) => rung.has(_id))).find((rung) => rung.length > 0);
  return (found ?? headsOf(staff)).map(({ _id }) => _id);
}
