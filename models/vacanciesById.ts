import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from './database.ts';

/** Vacancies by id, for lists that name them. */
export async function vacanciesById(db: Pick<Database, 'vacancies'>): Promise<Map<string, Vacancy>> {
  const all = await db.vacancies.find().toArray();
  return new Map(all.map((vacancy) => [vacancy._id, vacancy]));
}
