import type { Candidate } from '../candidate.ts';
import type { Turn } from '../turn.ts';

/**
 * With what the state after a decision is compared. Applications that come from another card, or go back to it, are not
 * new and have not ended: whatever hangs on a change of theirs is to see only real ones.
 */
export function baseOf(state: Candidate, { event, state: after }: Turn): Candidate {
  switch (event.type) {
    case 'absorbed':
      return { ...state, applications: [...state.applications, ...event.person.applications] };
    case 'parting':
      return {
        ...state,
        applications: state.applications.filter(({ id }) => after.applications.some((one) => one.id === id)),
      };
    case 'parted':
      return event.person;
    default:
      return state;
  }
}
