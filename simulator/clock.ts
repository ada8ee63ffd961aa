/**
 * The simulator's clock, and the only place where it asks the machine for the time. Virtual time runs as fast as
 * the machine's and stands `offset` milliseconds ahead of it.
 */
export class Clock {
  private ahead: number;

  /** @param offset milliseconds the virtual time is ahead of the machine's. */
  constructor(offset = 0) {
    this.ahead = offset;
  }

  /** Virtual time, milliseconds of UTC. */
  now(): number {
    return Date.now() + this.ahead;
  }

  /** The machine's time, milliseconds of UTC: for time-outs and expiry that a moved clock must not touch. */
  real(): number {
    return Date.now();
  }

  /** Virtual time in seconds, as Telegram writes it. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** How far ahead of the machine the virtual time is, milliseconds. */
  get offset(): number {
    return this.ahead;
  }

  /** Sets the offset so that it is now `at` (milliseconds of UTC); never moves backwards. */
  moveTo(at: number): void {
    this.ahead = Math.max(this.ahead, at - Date.now());
  }

  /** `2026-03-15T08:00:00.000Z`. */
  iso(at: number = this.now()): string {
    return new Date(at).toISOString();
  }
}
