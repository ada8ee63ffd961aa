import type { Candidate } from '../candidate.ts';
import type { Event } from '../event.ts';
import { groupOfSeat } from './seat.ts';

/** Which groups' free places a decision may look at: those it is about, and those the person has to do with. */
export function groupsNeeded(state: Candidate, event: Event): string[] {
  const ids: (string | undefined)[] = [];
  if ('group' in event) ids.push(event.group);
  if ('interviewer' in event) ids.push(groupOfSeat(event.interviewer));
  if (event.type === 'buttonTapped') ids.push(/^u:[^:]+:([^:]+)/.exec(event.data)?.[1]);
  if (event.type === 'messageArrived')
    ids.push(...state.applications.flatMap(({ group }) => (group?.state === 'invited' ? [group.id] : [])));
  return [...new Set(ids.filter((id) => id !== undefined))];
}
