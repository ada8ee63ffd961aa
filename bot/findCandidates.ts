import type { Application, Candidate } from '../flows/candidate.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';

/** A person found, with the application that was meant. */
export interface Hit {
  candidate: Candidate;
  /** Unset for a person who is on no vacancy. */
  application: Application | undefined;
}

/**
 * People by name, phone, vacancy, or the terms they would accept, the latest first. A phone may be written in any spelling, or be a part of the
 * number; each word of a name must occur. Without a text: everybody.
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
    .sort({ 'applications.stageAt': -1, _id: 1 })
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

/** Of what was typed, or pasted whole, so many different words are looked for. */
const mostWords = 12;

function filterOf(query: string, meant: string[]) {
  // Who has only looked at a vacancy and not consented is nobody yet.
  const known = ['applications.0', 'consent', 'notes.0'].map((field) => ({ [field]: { $exists: true } }));
  const some = { $or: known, merged: { $exists: false }, forgotten: { $exists: false } };
  const text = query.trim();
  if (text === '') return some;
  if (text.startsWith('v:')) return { 'applications.vacancy': { $in: meant }, forgotten: { $exists: false } };
  // A card that was joined to another is found by its own name and number, too.
  const typed = [...new Set(text.split(/\s+/))].slice(0, mostWords);
  const words = typed.map((word) => {
    const like = { $regex: pattern(word), $options: 'i' };
    return { $or: [{ name: like }, { 'also.names': like }] };
  });
  const terms = typed.map((word) => ({
    'applications.fields.terms.value': { $regex: pattern(word), $options: 'i' },
  }));
  const numbers = phoneParts(text).flatMap((digits) => [
    { phone: { $regex: digits } },
    { 'also.phones': { $regex: digits } },
  ]);
  const byVacancy = meant.length > 0 ? [{ 'applications.vacancy': { $in: meant } }] : [];
  return { $and: [some, { $or: [{ $and: words }, { $and: terms }, ...numbers, ...byVacancy] }] };
}

/** A word as a pattern: the two Russian letters people mix up find each other. */
function pattern(word: string): string {
  return word
    .slice(0, 50)
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replace(/[\u0435\u0451\u0415\u0401]/g, '[\u0435\u0451\u0415\u0401]');
}

/** The digits of a phone as kept (E.164): "8 (916) 111" and "+7 916 111" are looked for alike. */
function phoneParts(text: string): string[] {
  if (!/^[\d\s()+\-.]+$/.test(text)) return [];
  const digits = text.replace(/\D/g, '');
  if (digits.length < 3) return [];
  return digits.startsWith('8') && digits.length > 4 ? [`7${digits.slice(1)}`, digits] : [digits];
}

function vacanciesMeant(vacancies: Map<string, Vacancy>, query: string): string[] {
  const text = query.trim().toLowerCase();
  if (text.startsWith('v:')) return [query.trim().slice(2)];
  if (text.length < 3) return [];
  return [...vacancies.values()]
    .filter(({ title }) => Object.values(title).some((words) => words.toLowerCase().includes(text)))
    .map(({ _id }) => _id);
}
