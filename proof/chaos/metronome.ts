import { performance } from 'node:perf_hooks';
import type { Stretch } from './alarmsDue.ts';

/** How long between two beats, and how much longer is the machine's fault rather than the timer's, in milliseconds. */
const beat = 20;
const slack = 30;

/**
 * Notes when this process itself was not given the processor in time: a bare timer beside the run, which no product
 * can be expected to beat.
 */
export function startMetronome(): { missed: Stretch[]; stop(): void } {
  const now = () => performance.timeOrigin + performance.now();
  const missed: Stretch[] = [];
  let last = now();
  const timer = setInterval(() => {
    const at = now();
    if (at - last > beat + slack) missed.push({ from: last, to: at });
    last = at;
  }, beat);
  return { missed, stop: () => clearInterval(timer) };
}
