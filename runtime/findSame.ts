import type { Candidate } from '../flows/candidate.ts';
import { sameAs } from '../flows/duplicates/sameAs.ts';
import type { Effect } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import type { Database } from '../models/database.ts';

/** How many who share a mark are looked at: on one day many are born. */
const lookedAt = 50;

/** Others with this phone number, or with these marks, as an event; nothing when there are none. */
export async function findSame(
  db: Pick<Database, 'candidates'>,
  { key, application, phone, marks = [], own }: Extract<Effect, { type: 'findSame' }>,
  state: Candidate,
): Promise<Event[]> {
  const by = phone ? { phone } : { marks: { $in: marks } };
  const where = { ...by, _id: { $ne: state._id }, merged: { $exists: false } };
  const found = await db.candidates.find(where).limit(lookedAt).toArray();
  const others = found.flatMap((other) => {
    const signs = phone ? undefined : sameAs(state, other);
    const last = other.applications.at(-1)?.id;
    if (signs?.length === 0) return [];
    return [
      {
        candidate: other._id,
        ...(other.name && { name: other.name }),
        ...(last && { application: last }),
        ...(signs && { signs }),
      },
    ];
  });
  if (others.length === 0) return [];
  return [{ id: `same:${key}`, type: 'sameFound', application, own, others: others.slice(0, 3) }];
}
