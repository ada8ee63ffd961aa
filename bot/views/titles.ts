import type { Vacancy } from '../../flows/vacancy.ts';
import type { Database } from '../../models/database.ts';

/** Vacancies by id, for lists that name them. */
export async function vacanciesById(db: Database): Promise<Map<string, Vacancy>> {
  const all = await db.vacancies.find().toArray();
  return new Map(all.map((vacancy) => [vacancy._id, vacancy]));
}

/** A vacancy's title as a parameter of a text; a dash for one that is gone. */
export function titleOf(vacancies: Map<string, Vacancy>, id: string) {
  return { words: vacancies.get(id)?.title ?? { ru: '—' } };
}
