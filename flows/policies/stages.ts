import type { Stage } from '../candidate.ts';

/**
 * Where an application may go by hand, and what each stage is. `open`: somebody still works on it. Moves by events
 * (a booked slot, a knock-out answer) are not listed: only what a recruiter may choose.
 */
export const stages: Record<Stage, { open: boolean; moves: Stage[] }> = {
  screening: { open: true, moves: ['review', 'invited', 'reserve', 'refused', 'blacklist', 'withdrawn'] },
  review: { open: true, moves: ['invited', 'reserve', 'refused', 'blacklist', 'withdrawn'] },
  invited: { open: true, moves: ['interview', 'reserve', 'refused', 'blacklist', 'withdrawn'] },
  interview: { open: true, moves: ['decision', 'invited', 'reserve', 'refused', 'blacklist', 'withdrawn'] },
  decision: { open: true, moves: ['passed', 'invited', 'reserve', 'refused', 'blacklist', 'withdrawn'] },
  passed: { open: true, moves: ['reserve', 'refused', 'blacklist', 'withdrawn'] },
  reserve: { open: false, moves: ['review', 'invited', 'refused', 'blacklist'] },
  refused: { open: false, moves: ['review', 'invited', 'reserve'] },
  blacklist: { open: false, moves: ['review', 'reserve'] },
  withdrawn: { open: false, moves: ['review', 'invited', 'reserve'] },
};
