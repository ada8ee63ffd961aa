import type { Application } from '../flows/candidate.ts';
import type { Database } from './database.ts';

/** Every application of everybody, for a view of the whole agency. */
export async function readApplications(db: Pick<Database, 'candidates'>): Promise<Application[]> {
  const people = await db.candidates
    .find({ 'applications.0': { $exists: true } })
    .project<{ applications: Application[] }>({ applications: 1 })
    .toArray();
  return people.flatMap(({ applications }) => applications);
}
