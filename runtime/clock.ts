import { randomBytes } from 'node:crypto';

/**
 * The only source of now, of waiting and of randomness. Everything else is told the time, so a year can be lived
 * through in a minute (proof/) and the demo's clock can be moved.
 */
export interface Clock {
  /** Milliseconds of UTC on the product's clock; in the demo it can be moved forward. */
  now(): number;
  /** How far the product's clock is ahead of the machine's. */
  offset(): number;
  move(offset: number): void;
  /** The machine's own clock: for leases, and for alarms set on it. */
  real(): number;
  /** Run once when so many milliseconds of the machine's have passed, unless it is called off before. */
  after(milliseconds: number, work: () => void): CallOff;
  /** Run again and again, the first time after one period. */
  every(milliseconds: number, work: () => void): CallOff;
  sleep(milliseconds: number): Promise<void>;
  /** Run at the end of this turn of the event loop. */
  soon(work: () => void): void;
  /** An id nobody can guess. */
  id(characters?: number): string;
}

/** Stops what was to come; harmless when it has run or was stopped before. */
export type CallOff = () => void;

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
    after: (milliseconds, work) => {
      const timer = setTimeout(work, milliseconds);
      return () => clearTimeout(timer);
    },
    every: (milliseconds, work) => {
      const timer = setInterval(work, milliseconds);
      return () => clearInterval(timer);
    },
    sleep: (milliseconds) => new Promise((resolve) => void setTimeout(resolve, milliseconds)),
    soon: (work) => void setImmediate(work),
    id: randomId,
  };
}

/** An id nobody can guess: 6 bits a character, letters, digits, `-` and `_`. */
export function randomId(characters = 16): string {
  return randomBytes(Math.ceil((characters * 3) / 4))
    .toString('base64url')
    .slice(0, characters);
}
