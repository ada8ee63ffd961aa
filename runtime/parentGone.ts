import { readFileSync } from 'node:fs';
import type { Clock } from './clock.ts';

/** How often the parents are looked for, in milliseconds. */
const look = 1_000;

/**
 * End with the `npm start` this was started by: npm that is killed tells nobody, and what it had started would go on
 * and hold the port. npm runs a script in a shell, so the shell's parent is looked for too (where there is /proc).
 * Without npm the parent may go (a terminal that is closed), and nothing is watched.
 */
export function whenNpmGoes(clock: Clock, stop: () => void): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parents = (): string => `${process.ppid} ${parentOf(process.ppid)}`;
  const first = parents();
  clock.every(look, () => {
    if (parents() !== first) stop();
  });
}

/** The parent of a process, as Linux tells it; elsewhere nothing. */
function parentOf(pid: number): string | undefined {
  try {
    return /^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
