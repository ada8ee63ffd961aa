import type { Application } from '../flows/candidate.ts';
import type { Database } from './database.ts';

/** Every application on these vacancies. */
export async function readApplicationsOf(
  db: Pick<Database, 'candidates'>,
  vacancies: string[],
): Promise<Application[]> {
  if (vacancies.length === 0) return [];
  const people = await db.candidates
    .find({ 'applications.vacancy': { $in: vacancies } })
    .project<{ applications: Application[] }>({ applications: 1 })
    .toArray();
  return people
    .flatMap(({ applications }) => applications)
    .filter(({ vacancy }) => vacancies.includes(vacancy));
}
