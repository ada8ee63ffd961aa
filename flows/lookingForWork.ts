import type { Candidate } from './candidate.ts';
import type { Turn } from './turn.ts';

/** "Looking for work" goes from yes to no by itself, until they come again. */
export function stopLooking(turn: Turn, why: NonNullable<Candidate['notLooking']>['why']): void {
  if (turn.state.notLooking) return;
  turn.state.notLooking = { at: turn.now, why };
  turn.fact('notLooking', undefined, undefined, { why: { key: `people.notLooking.${why}` } });
}

/** They have come again. */
export function looksAgain(turn: Turn): void {
  if (!turn.state.notLooking) return;
  delete turn.state.notLooking;
  turn.fact('looksAgain');
}
