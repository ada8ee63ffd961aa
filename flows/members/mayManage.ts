import type { Member, Role } from '../member.ts';
import type { RefusalCode } from '../facts.ts';
import type { Vacancy } from '../vacancy.ts';

type Of = Pick<Vacancy, '_id' | 'recruiters' | 'client'>;

/**
 * Whom a member may invite: the head anybody; a recruiter the clients of vacancies of their own.
 *
 * @param wanted the vacancies the client is invited for
 * @returns why not, or nothing
 */
export function mayInvite(
  by: Member | undefined,
  role: Role,
  wanted: readonly string[],
  vacancies: readonly Of[],
): RefusalCode | undefined {
  if (!by?.active || by.role === 'client') return 'notAllowedHere';
  if (wanted.some((id) => !vacancies.some(({ _id }) => _id === id))) return 'noSuchVacancy';
  if (by.role === 'head') return undefined;
  const own = vacancies.filter(({ recruiters }) => recruiters.includes(by._id)).map(({ _id }) => _id);
  return role === 'client' && wanted.length > 0 && wanted.every((id) => own.includes(id))
    ? undefined
    : 'notAllowedHere';
}

/** Whose access a member may open and close: the head everybody's but their own, a recruiter their clients'. */
export function mayManage(
  by: Member | undefined,
  member: Member,
  vacancies: readonly Of[],
): RefusalCode | undefined {
  if (!by?.active || by.role === 'client') return 'notAllowedHere';
  if (by._id === member._id) return 'yourself';
  if (by.role === 'head') return undefined;
  const theirs =
    member.invitedBy === by._id ||
    vacancies.some(({ client, recruiters }) => client === member._id && recruiters.includes(by._id));
  return member.role === 'client' && theirs ? undefined : 'notAllowedHere';
}
