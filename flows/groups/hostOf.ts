import type { Interview } from '../candidate.ts';

/** The member who holds an interview: of a place in a group, the group's host. */
export function hostOf({ interviewer, group }: Interview): string {
  return group?.host ?? interviewer;
}
