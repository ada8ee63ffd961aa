import { type Counted, writesInto } from '../models/countWrites.ts';
import type { Clock } from './clock.ts';

/**
 * How long what was seen is believed where nobody else writes, in milliseconds: somebody at the database's shell may have,
 * a new day brings new windows, and so may another policy.
 */
const believed = 600_000;

/**
 * Work that looks for something to do, and rests when it left nothing to be done: what it found it would find again, until
 * something it depends on is written.
 *
 * @param alone nobody else writes; otherwise there is no rest
 * @returns a function of such work, which tells whether it left nothing, and of what it depends on
 */
export function makeResting(clock: Pick<Clock, 'now'>, alone: boolean) {
  return (work: () => Promise<boolean>, ...of: Counted<object>[]): (() => Promise<void>) => {
    let rest: { at: number; written: number } | undefined;
    return async () => {
      const written = writesInto(of);
      const at = clock.now();
      const since = rest?.written === written ? at - rest.at : -1;
      if (alone && since >= 0 && since < believed) return;
      // Work that fails is no reason to rest.
      rest = undefined;
      if (await work()) rest = { at, written };
    };
  };
}
