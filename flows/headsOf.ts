import type { Member } from './member.ts';

/** The agency's heads who have access. */
export function headsOf(members: readonly Member[]): Member[] {
  return members.filter(({ role, active }) => role === 'head' && active);
}
