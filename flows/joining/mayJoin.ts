import type { Candidate } from '../candidate.ts';
import { isTheirs } from '../isTheirs.ts';
import type { Member } from '../member.ts';
import { isOpen } from '../pipelines/stages.ts';
import type { Vacancy } from '../vacancy.ts';

/** May this member join the card to another: the head any, a recruiter one on which they may act. */
export function mayJoin(
  member: Member | undefined,
  { applications }: Pick<Candidate, 'applications'>,
  vacancies: readonly Vacancy[],
): boolean {
  if (!member?.active || member.role === 'client') return false;
  if (member.role === 'head' || applications.length === 0) return true;
  const open = applications.filter(({ stage }) => isOpen(stage));
  return (open.length > 0 ? open : applications.slice(-1)).some((one) =>
    isTheirs(
      one,
      vacancies.find(({ _id }) => _id === one.vacancy),
      member._id,
    ),
  );
}
