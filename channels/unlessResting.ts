import type { Pace } from '../runtime/makePace.ts';

/** Certainly not sent: the channel asks to wait. */
export class AskedToWait extends Error {}

/**
 * Nothing leaves while a channel asks to wait, nor waits in it: whoever sends it looks first whether it is wanted still.
 *
 * @throws AskedToWait
 */
export function unlessResting(pace: Pick<Pace, 'resting'>, address: string): void {
  if (pace.resting(address)) throw new AskedToWait('the channel asks to wait');
}
