import type { CallOff, Clock } from './clock.ts';

/**
 * Do something every so many milliseconds; while it still goes on, a turn is left out. What it throws goes to `failed`.
 */
export function oneAtATime(
  clock: Pick<Clock, 'every'>,
  milliseconds: number,
  work: () => Promise<unknown>,
  failed: (error: unknown) => void,
): CallOff {
  let busy = false;
  return clock.every(milliseconds, () => {
    if (busy) return;
    busy = true;
    work()
      .catch(failed)
      .finally(() => (busy = false));
  });
}
