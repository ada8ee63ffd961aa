import type { Application } from '../flows/candidate.ts';
import { openStages } from '../flows/pipelines/openStages.ts';
import type { Pipeline } from '../flows/pipelines/pipeline.ts';
import { isOpen } from '../flows/pipelines/stages.ts';
import type { Database } from './database.ts';

/** Every application that somebody works on, whoever it is; those that ended are not looked at. */
export async function readOpenApplications(
  db: Pick<Database, 'candidates'>,
  pipelines: readonly Pipeline[],
): Promise<Application[]> {
  const people = await db.candidates
    .find({ 'applications.stage': { $in: openStages(pipelines) } })
    .project<{ applications: Application[] }>({ applications: 1 })
    .toArray();
  return people.flatMap(({ applications }) => applications).filter(({ stage }) => isOpen(stage));
}
