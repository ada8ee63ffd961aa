import { createHash } from 'node:crypto';
import type { Group } from '../flows/groups/group.ts';
import type { ApiDeps } from './apiDeps.ts';
import type { Caller } from './defineRoute.ts';
import type { Problem } from './problem.ts';

type Wanted = Pick<Group, 'kind' | 'vacancy' | 'start' | 'minutes' | 'places' | 'format' | 'host'> & {
  place?: string | undefined;
};

/** Make a group, when its vacancy is open, its host works here, and it is known where it is held. */
export async function makeGroup(
  { db, groups, clock }: ApiDeps,
  { place: given, ...wanted }: Wanted,
  { by, event }: Caller,
): Promise<{ id: string } | { problem: Problem }> {
  // The same request again is the same group.
  const id = `g${createHash('sha256').update(event).digest('hex').slice(0, 12)}`;
  if (await db.groups.findOne({ _id: id })) return { id };
  const vacancy = await db.vacancies.findOne({ _id: wanted.vacancy, status: 'open' });
  if (!vacancy) return { problem: { code: 'noSuchVacancy' } };
  const host = await db.members.findOne({ _id: wanted.host, active: true, role: { $ne: 'client' } });
  if (!host) return { problem: { code: 'noSuchMember' } };
  if (wanted.start <= clock.now()) return { problem: { code: 'slotInPast' } };
  const place = given ?? (wanted.format === 'zoom' ? vacancy.link : vacancy.address);
  if (place === undefined) return { problem: { code: 'noPlace' } };
  await groups.make({ ...wanted, _id: id, place, by, createdAt: clock.now() }, event);
  return { id };
}
