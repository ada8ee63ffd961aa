import { randomBytes } from 'node:crypto';

/** The only source of now, and of randomness. Everything else is told the time. */
export interface Clock {
  /** Milliseconds of UTC on the product's clock; in the demo it can be moved forward. */
  now(): number;
  /** How far the product's clock is ahead of the machine's. */
  offset(): number;
  move(offset: number): void;
  /** The machine's own clock: for leases, and for alarms set on it. */
  real(): number;
}

/** A clock that runs with the machine's, ahead of it by an offset that only grows. */
export function makeClock(offset = 0): Clock {
  let ahead = offset;
  return {
    now: () => Date.now() + ahead,
    offset: () => ahead,
    move: (to) => {
      ahead = to;
    },
    real: () => Date.now(),
  };
}

/** An id nobody can guess: 6 bits a character, letters, digits, `-` and `_`. */
export function randomId(characters = 16): string {
  return randomBytes(Math.ceil((characters * 3) / 4))
    .toString('base64url')
    .slice(0, characters);
}
