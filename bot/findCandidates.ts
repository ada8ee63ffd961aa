import type { Application, Candidate } from '../flows/candidate.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import { everybodySought, soughtBy } from '../models/soughtBy.ts';

/** A person found, with the application that was meant. */
export interface Hit {
  candidate: Candidate;
  /** Unset for a person who is on no vacancy. */
  application: Application | undefined;
}

/**
 * People by name, phone, vacancy, or the terms they would accept, the latest first. A phone may be written in any spelling, or be a part of the
 * number; each word of a name must occur, by its beginning. Without a text: everybody.
 *
 * @param query as typed; `v:<id>` finds a vacancy's candidates
 */
export async function findCandidates(
  db: Database,
  vacancies: Map<string, Vacancy>,
  query: string,
  page: number,
  perPage: number,
): Promise<{ hits: Hit[]; more: boolean }> {
  const meant = vacanciesMeant(vacancies, query);
  const people = await db.candidates
    .find(filterOf(query, meant))
    .sort({ 'sought.at': -1, _id: 1 })
    .skip(page * perPage)
    .limit(perPage + 1)
    .toArray();
  const hits = people.slice(0, perPage).flatMap((candidate): Hit[] => {
    const latest = [...candidate.applications].sort((a, b) => b.stageAt - a.stageAt);
    const application = latest.find(({ vacancy }) => meant.includes(vacancy)) ?? latest[0];
    return [{ candidate, application }];
  });
  return { hits, more: people.length > perPage };
}

function filterOf(query: string, meant: string[]) {
  const text = query.trim();
  if (text === '') return everybodySought;
  if (text.startsWith('v:')) return { 'applications.vacancy': { $in: meant }, forgotten: { $exists: false } };
  const byVacancy = meant.length > 0 ? [{ 'applications.vacancy': { $in: meant }, ...everybodySought }] : [];
  return soughtBy(text, ['name', 'terms'], byVacancy);
}

function vacanciesMeant(vacancies: Map<string, Vacancy>, query: string): string[] {
  const text = query.trim().toLowerCase();
  if (text.startsWith('v:')) return [query.trim().slice(2)];
  if (text.length < 3) return [];
  return [...vacancies.values()]
    .filter(({ title }) => Object.values(title).some((words) => words.toLowerCase().includes(text)))
    .map(({ _id }) => _id);
}
