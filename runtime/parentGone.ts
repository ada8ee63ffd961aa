import type { Clock } from './clock.ts';

/** How often the parent is looked for, in milliseconds. */
const look = 1_000;

/**
 * End with the `npm start` this was started by: npm that is killed tells nobody, and what it had started would go on
 * and hold the port. Without npm the parent may go (a shell that is closed), and nothing is watched.
 */
export function whenNpmGoes(clock: Clock, stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  clock.every(look, () => {
    if (process.ppid !== parent) stop();
  });
}
