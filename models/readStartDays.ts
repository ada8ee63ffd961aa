import type { Application, Candidate } from '../flows/candidate.ts';
import { isOpen } from '../flows/pipelines/stages.ts';
import type { Database } from './database.ts';

/** Somebody's first day at work. */
export interface StartDay {
  person: Pick<Candidate, 'name'>;
  application: Application;
  /** The start of that day where it was said, in milliseconds of UTC. */
  at: number;
}

/** Whose first day at work is from `from` until before `until`; of those who did not come after all, or were forgotten, none. */
export async function readStartDays(
  db: Pick<Database, 'candidates'>,
  from: number,
  until: number,
): Promise<StartDay[]> {
  const range = { $gte: from, $lt: until };
  const people = await db.candidates
    .find({
      forgotten: { $exists: false },
      applications: { $elemMatch: { 'fields.startDate.value': range } },
    })
    .project<Pick<Candidate, 'name' | 'applications'>>({ name: 1, applications: 1 })
    .toArray();
  return people.flatMap(({ name, applications }) =>
    applications.flatMap((application) => {
      const at = Number(application.fields?.startDate?.value ?? Number.NaN);
      const stands = isOpen(application.stage) || application.stage === 'hired';
      return stands && at >= from && at < until
        ? [{ person: { ...(name !== undefined && { name }) }, application, at }]
        : [];
    }),
  );
}
