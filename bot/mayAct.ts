import type { Application } from '../flows/candidate.ts';
import { isTheirs } from '../flows/isTheirs.ts';
import type { Member } from '../flows/member.ts';
import type { Vacancy } from '../flows/vacancy.ts';

/**
 * May this member act on the application? Only which buttons are shown hangs on it: the decision itself is made,
 * and refused with its reason, by `decide`.
 */
export function mayAct(member: Member, application: Application, vacancy: Vacancy | undefined): boolean {
  if (!member.active || member.role === 'client') return false;
  if (member.role === 'head') return true;
  return isTheirs(application, vacancy, member._id);
}

/** Is the application this member's own work: theirs, or nobody's yet on one of their vacancies? */
export function isOwn(member: Member, application: Application, vacancy: Vacancy | undefined): boolean {
  if (member.role === 'head' || application.recruiter === member._id) return true;
  if (application.taken !== undefined) return false;
  const recruiters = vacancy?.recruiters ?? [];
  return recruiters.length === 0 || recruiters.includes(member._id);
}
