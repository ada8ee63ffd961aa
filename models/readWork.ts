import type { Application } from '../flows/candidate.ts';
import { openStages } from '../flows/pipelines/openStages.ts';
import type { Pipeline } from '../flows/pipelines/pipeline.ts';
import type { Database } from './database.ts';
import { metWithin } from './metWithin.ts';
import { withTasks } from './withTasks.ts';

/**
 * Every application of those with whom there is work: somebody works on one of them, something is to be done, or they are
 * met from `from` until before `until` (milliseconds of UTC).
 */
export async function readWork(
  db: Pick<Database, 'candidates'>,
  pipelines: readonly Pipeline[],
  from: number,
  until: number,
): Promise<Application[]> {
  const open = { 'applications.stage': { $in: openStages(pipelines) } };
  const people = await db.candidates
    .find({ $or: [open, withTasks(), metWithin(from, until)] })
    .project<{ applications: Application[] }>({ applications: 1 })
    .toArray();
  return people.flatMap(({ applications }) => applications);
}
