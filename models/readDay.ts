import type { Candidate } from '../flows/candidate.ts';
import type { Database } from './database.ts';
import { metWithin } from './metWithin.ts';
import { withTasks } from './withTasks.ts';

/**
 * Everybody who is met from `from` until before `until` (milliseconds of UTC), or about whom something is to be done,
 * whenever that is due.
 *
 * @param member whose tasks; without one, anybody's
 */
export function readDay(
  db: Pick<Database, 'candidates'>,
  from: number,
  until: number,
  member?: string,
): Promise<Candidate[]> {
  return db.candidates.find({ $or: [metWithin(from, until), withTasks(member)] }).toArray();
}
