import { DateTime } from 'luxon';
import type { PostingRow } from '../models/rows.ts';
import type { SourceDeps } from './makeSources.ts';

/** From this hour on of a working day, by the agency's clock. */
const hour = 10;

/**
 * People who wait for a vacancy have no clock of their own, and no recruiter who sees them: each working morning the heads
 * hear how many there are, until somebody says which vacancies they are for.
 */
export function makeReminding({
  db,
  clock,
  policy,
  tellHeads,
}: Pick<SourceDeps, 'db' | 'clock' | 'policy' | 'tellHeads'>): (asked: PostingRow[]) => Promise<void> {
  let done: string | undefined;
  return async (asked) => {
    const now = DateTime.fromMillis(clock.now(), { zone: policy.zone });
    const today = now.toISODate() ?? '';
    if (done === today || now.hour < hour || now.weekday > 5) return;
    const earlier = asked.filter(({ at }) => at < now.startOf('day').toMillis()).map(({ _id }) => _id);
    if (earlier.length === 0) return;
    const count = await db.found.countDocuments({ posting: { $in: earlier }, status: 'waiting' });
    const buttons = [[{ label: { key: 'sites.button.all' }, data: 'si:all' }]];
    if (count > 0)
      await tellHeads(`sites:waiting:${today}`, { key: 'sites.reminder', params: { count }, buttons });
    done = today;
  };
}
