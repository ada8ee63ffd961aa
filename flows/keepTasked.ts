import type { Candidate } from './candidate.ts';
import type { Turn } from './turn.ts';

/**
 * The last of every decision: whose open tasks a card has stands in an index, by which the daily lists find the few with
 * something to do among everybody. It is of the tasks alone, so it never says anything else than they do.
 */
export function keepTasked({ state }: Turn): void {
  const tasked = taskedOf(state);
  if (tasked.length > 0) state.tasked = tasked;
  else delete state.tasked;
}

/** How a card stands in that index: each member who has an open task there, once. */
export function taskedOf({ applications }: Pick<Candidate, 'applications'>): string[] {
  const members = new Set<string>();
  for (const { tasks } of applications)
    for (const { member, also, done } of tasks) {
      if (done !== undefined) continue;
      members.add(member);
      if (also !== undefined) members.add(also);
    }
  return [...members].sort();
}
