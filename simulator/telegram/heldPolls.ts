import { type Clock } from '../clock.ts';
import { type Caller } from './call.ts';
import { Refusal } from './refusal.ts';

/** A bot whose last poll is longer ago than this (milliseconds of the machine) is not running. */
const RUNNING = 60_000;

interface Held {
  wake: () => void;
  fail: (refusal: Refusal) => void;
}

/** The getUpdates calls that are waiting, one per bot, and which bots are running at all. */
export class HeldPolls {
  private readonly held = new Map<number, Held>();
  private readonly polls = new Map<number, { at: number; caller: Caller }>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Notes that a bot polls now. */
  note(bot: number, caller: Caller): void {
    this.polls.set(bot, { at: this.clock.real(), caller });
  }

  /** Whether a bot polls: it is waiting, or has polled lately over a connection that is still open. */
  running(bot: number): boolean {
    if (this.held.has(bot)) return true;
    const last = this.polls.get(bot);
    return last !== undefined && last.caller.connected() && this.clock.real() - last.at < RUNNING;
  }

  /**
   * Waits until `wake`, `seconds` have passed, or the caller has hung up.
   * @throws Refusal when the poll is ended by another call.
   */
  async hold(bot: number, seconds: number, caller: Caller): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<undefined>();
    const leave = (): void => resolve(undefined);
    const held: Held = { wake: leave, fail: reject };
    this.held.set(bot, held);
    const timer = setTimeout(leave, seconds * 1000);
    caller.gone.addEventListener('abort', leave);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      caller.gone.removeEventListener('abort', leave);
      if (this.held.get(bot) === held) this.held.delete(bot);
      this.note(bot, caller);
    }
  }

  wake(bot: number): void {
    this.held.get(bot)?.wake();
  }

  /** Ends a waiting call with 409, as a second one or a webhook does. @param by which call did it. */
  interrupt(bot: number, by: 'getUpdates' | 'setWebhook'): void {
    const only = 'make sure that only one bot instance is running';
    const what = by === 'getUpdates' ? 'other getUpdates' : by;
    this.held.get(bot)?.fail(new Refusal(409, `Conflict: terminated by ${what} request; ${only}`));
  }
}
