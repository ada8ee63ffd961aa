import { setTimeout as sleep } from 'node:timers/promises';
import { type Simulator } from '../simulator.ts';
import { ControlError } from './controlError.ts';
import { type Due } from './product.ts';
import { waitForIdle } from './waitForIdle.ts';

/** A move gives up after so long (milliseconds of the machine), or after so many steps. */
const LONGEST = 600_000;
const MOST_STEPS = 20_000;
/** A due event that is still there so long after its time has come is stuck, milliseconds. */
const STUCK = 60_000;

/** Where to move: to a moment in milliseconds of UTC, by so many of them, or to the next due event. */
export type Move = { to: number } | { by: number } | 'next';

/**
 * Moves the virtual clock the way it would have run: from one due event to the next, each time waiting until the product
 * has done what was due. One move at a time; others queue.
 */
export class ClockMover {
  private tail: Promise<unknown> = Promise.resolve();
  private readonly sim: Simulator;
  /** Whether a move is under way. */
  moving = false;

  constructor(sim: Simulator) {
    this.sim = sim;
  }

  /**
   * @returns when all is quiet at the target.
   * @throws ControlError 400 backwards; 409 `next` with nothing due; 504 gave up.
   */
  move(where: Move): Promise<void> {
    const run = this.tail.then(() => this.run(where));
    this.tail = run.catch(() => undefined);
    return run;
  }

  private async run(where: Move): Promise<void> {
    const { clock } = this.sim.world;
    const deadline = clock.real() + LONGEST;
    this.checkForward(where);
    this.moving = true;
    try {
      await this.set(clock.now(), deadline);
      const target = await this.target(where, deadline);
      let stuck = { name: '', since: 0 };
      for (let step = 0; step < MOST_STEPS && clock.real() < deadline; step += 1) {
        const due = await this.due(deadline);
        const [first] = due;
        if (!first || Date.parse(first.at) > Math.max(target, clock.now()))
          return await this.set(target, deadline);
        const overdue = due.filter(({ at }) => Date.parse(at) <= clock.now());
        const name = overdue.length > 0 ? `${first.what}, ${overdue.length} overdue` : '';
        if (stuck.name !== name) stuck = { name, since: clock.real() };
        const waited = name === '' ? 0 : clock.real() - stuck.since;
        if (waited > STUCK) throw new ControlError(504, `the product did not do what was due: ${name}`);
        if (waited > 0) await sleep(Math.min(waited, 500));
        await this.set(Date.parse(first.at), deadline);
      }
      throw new ControlError(504, 'gave up moving the clock: too many steps or too long');
    } finally {
      this.moving = false;
      this.sim.world.moveClock(clock.now(), false);
    }
  }

  private async target(where: Move, deadline: number): Promise<number> {
    const { clock } = this.sim.world;
    if (where === 'next') {
      const first = (await this.due(deadline))[0];
      if (!first) throw new ControlError(409, 'nothing is due');
      return Date.parse(first.at);
    }
    if ('by' in where) return clock.now() + where.by;
    return where.to;
  }

  private checkForward(where: Move): void {
    const { clock } = this.sim.world;
    if (where !== 'next' && 'to' in where && where.to < clock.now())
      throw new ControlError(400, `the clock moves forward only: it is ${clock.iso()} already`);
  }

  /** Sets the clock, tells the product, and waits until it is quiet. */
  private async set(at: number, deadline: number): Promise<void> {
    const { world, product } = this.sim;
    world.moveClock(at, true);
    await this.insist(() => product.moveClock(world.clock.offset), deadline);
    const { idle, waiting } = await waitForIdle(this.sim, deadline - world.clock.real());
    if (!idle) throw new ControlError(504, 'gave up waiting for the product to be quiet', { waiting });
  }

  private due(deadline: number): Promise<Due[]> {
    return this.insist(() => this.sim.product.due(), deadline);
  }

  /** Asks the product again and again while it restarts. */
  private async insist<T>(ask: () => Promise<T>, deadline: number): Promise<T> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (this.sim.world.clock.real() > deadline)
          throw new ControlError(504, `the product does not answer: ${String(error)}`);
        await sleep(200);
      }
    }
  }
}
