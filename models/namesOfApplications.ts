import type { Database } from './database.ts';

/** Who stands behind applications, by their ids: whichever card they stand on by now. */
export async function namesOfApplications(
  db: Pick<Database, 'candidates'>,
  ids: string[],
): Promise<Record<string, string>> {
  const found = ids.length > 0 ? await db.candidates.find({ 'applications.id': { $in: ids } }).toArray() : [];
  return Object.fromEntries(
    ids.map((of) => {
      const person = found.find(({ applications }) => applications.some(({ id }) => id === of));
      return [of, person?.name ?? '—'];
    }),
  );
}
