import type { Vacancy } from '../../flows/vacancy.ts';

/** A vacancy's title as a parameter of a text; a dash for one that is gone. */
export function titleOf(vacancies: Map<string, Vacancy>, id: string) {
  return { words: vacancies.get(id)?.title ?? { ru: '—' } };
}
