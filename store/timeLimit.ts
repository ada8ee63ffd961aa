import { clock } from './clock.ts';
import { StoreError } from './storeError.ts';

let until = Infinity;
let steps = 0;

/** The time limit (`maxTimeMS`) of the command at work: commands run one after the other, so there is one. */
export const timeLimit = {
  /** @param ms how long the command may go on; undefined for as long as it takes */
  begin: (ms: number | undefined): void => {
    until = ms === undefined ? Infinity : clock.now() + ms;
  },
  /** The milliseconds that are left, for the cursor that goes on later. */
  left: (): number | undefined => (until === Infinity ? undefined : Math.max(0, until - clock.now())),
  /** Called for each document that is looked at or written. @throws StoreError 50 when the time is over */
  check: (): void => {
    steps += 1;
    if (until !== Infinity && steps % 64 === 0 && clock.now() > until)
      throw new StoreError(50, 'operation exceeded time limit');
  },
};
