import type { Candidate } from '../flows/candidate.ts';
import type { Database } from './database.ts';

/** Whoever is known by a number: by the one in view, else by one that a joined card had. */
export async function findByPhone(
  db: Pick<Database, 'candidates'>,
  phone: string,
): Promise<Candidate | null> {
  return (
    (await db.candidates.findOne({ phone })) ??
    db.candidates.findOne({ marks: `p:${phone}`, 'also.phones': phone })
  );
}
