import type { Application, Candidate } from '../flows/candidate.ts';
import type { Pipeline } from '../flows/pipelines/pipeline.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import { readPipelines } from '../models/pipelines.ts';

/** An application with the person and the vacancy it joins. */
export interface Found {
  candidate: Candidate;
  application: Application;
  vacancy: Vacancy | undefined;
  pipelines: Pipeline[];
}

/** The application with this id; undefined when it is gone (forgotten, or never was). */
export async function findApplication(db: Database, id: string): Promise<Found | undefined> {
  const candidate = await db.candidates.findOne({ 'applications.id': id });
  const application = candidate?.applications.find((one) => one.id === id);
  if (!candidate || !application) return undefined;
  const [vacancy, pipelines] = await Promise.all([
    db.vacancies.findOne({ _id: application.vacancy }),
    readPipelines(db),
  ]);
  return { candidate, application, vacancy: vacancy ?? undefined, pipelines };
}
