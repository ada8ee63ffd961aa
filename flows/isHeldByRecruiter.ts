import type { Application, Interview } from './candidate.ts';

/** Does the recruiter of an application hold this interview? Then it stands in their own calendar, too. */
export function isHeldByRecruiter(
  { recruiter }: Application,
  { interviewer, kind, group }: Interview,
): boolean {
  return interviewer === recruiter && kind !== 'client' && !group;
}
