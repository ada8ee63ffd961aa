import type { Application } from '../flows/candidate.ts';
import type { Params } from '../flows/effect.ts';
import { builtInStages, isOpen } from '../flows/pipelines/stages.ts';
import { fillsPlace } from '../flows/places/fillsPlace.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from './database.ts';

/** How long somebody counts as new, in milliseconds. */
const freshFor = 7 * 86_400_000;

const kept = ['vacancy', 'stage', 'pipeline', 'createdAt', 'oldHire', 'score.fits'] as const;
type Counted = Pick<Application, 'vacancy' | 'stage' | 'pipeline' | 'createdAt' | 'oldHire'> & {
  score?: { fits: boolean };
};

/** How the search for one vacancy goes: numbers alone, nobody is named. */
export interface Progress {
  vacancy: Vacancy;
  /** Applications somebody works on. */
  open: Counted[];
  /** How many came within the last week. */
  fresh: number;
  /** Of those that are worked on: whose answers were weighed, and how many fit. */
  scored: number;
  fits: number;
  /** How many places are taken. */
  taken: number;
}

/** How the search goes for the open vacancies of a client, the oldest first. */
export async function readProgress(
  db: Pick<Database, 'candidates' | 'vacancies'>,
  client: string,
  now: number,
): Promise<Progress[]> {
  const vacancies = await db.vacancies
    .find({ client, status: 'open' })
    .sort({ createdAt: 1, _id: 1 })
    .toArray();
  const fields = Object.fromEntries(kept.map((field) => [`applications.${field}`, 1]));
  // Whoever was refused long ago is in none of the numbers, and there may be thousands of them.
  const over = builtInStages.filter((stage) => !isOpen(stage) && !fillsPlace(stage));
  const vacancy = { $in: vacancies.map(({ _id }) => _id) };
  const wanted = [{ stage: { $nin: over } }, { createdAt: { $gt: now - freshFor } }];
  const people = await db.candidates
    .find({ $or: wanted.map((one) => ({ applications: { $elemMatch: { vacancy, ...one } } })) })
    .project<{ applications: Counted[] }>(fields)
    .toArray();
  const all = people.flatMap(({ applications }) => applications);
  return vacancies.map((vacancy) => {
    const own = all.filter((application) => application.vacancy === vacancy._id);
    const open = own.filter(({ stage }) => isOpen(stage));
    const scored = open.flatMap(({ score }) => score ?? []);
    return {
      vacancy,
      open,
      fresh: own.filter(({ createdAt }) => createdAt > now - freshFor).length,
      scored: scored.length,
      fits: scored.filter(({ fits }) => fits).length,
      taken: own.filter(({ stage, oldHire }) => fillsPlace(stage) && !oldHire).length,
    };
  });
}

/** The numbers of a search as lines of words: how many, how new, how good; only those there is something to say of. */
export function progressLines({
  vacancy,
  open,
  fresh,
  scored,
  fits,
  taken,
}: Progress): { key: string; params: Params }[] {
  const { places } = vacancy;
  return [
    { key: 'client.progress.counts', params: { open: open.length, fresh } },
    ...(scored > 0 ? [{ key: 'client.progress.fits', params: { fits, scored } }] : []),
    ...(places === undefined ? [] : [{ key: 'client.progress.places', params: { taken, places } }]),
  ];
}
