import type { CallOff, Clock } from '../../runtime/clock.ts';
import type { Border } from '../database/virtualCollection.ts';
import { outOfReach } from '../database/mongoError.ts';
import type { Faults } from './faults.ts';
import type { Random } from './random.ts';
import type { VirtualTime } from './virtualTime.ts';

/**
 * One process from its start to its death. Whatever it does outside itself goes through here, so a dead one does
 * nothing more: its promises never come back, as after `kill -9`.
 */
export interface Life {
  readonly name: string;
  alive(): boolean;
  /** Run something of this process: now, when it wakes up again, or never. */
  deliver(work: () => void): void;
  border: Border;
  clock: Clock;
  /** Dies here, or goes on. */
  survives(operation: string, side: 'before' | 'after'): boolean;
  kill(): void;
  suspend(): void;
  resume(): void;
}

export function makeLife(deps: {
  name: string;
  time: VirtualTime;
  faults: Faults;
  random: Random;
  /** How far the machine's clock is off. */
  skew: () => number;
  /** Is there nothing for a periodic look to find? */
  idle: () => boolean;
  /** Run once when there is something again. */
  whenBusy: (work: () => void) => CallOff;
  died: (where: string) => void;
}): Life {
  const { name, time, faults, random, skew } = deps;
  let alive = true;
  let asleep: (() => void)[] | undefined;
  let pending: { operation: string; side: 'before' | 'after' } | undefined;

  const deliver = (work: () => void): void => {
    if (!alive) return;
    if (asleep) asleep.push(work);
    else work();
  };
  const kill = (where: string): void => {
    if (!alive) return;
    alive = false;
    deps.died(where);
  };
  const survives = (operation: string, side: 'before' | 'after'): boolean => {
    if (!alive) return false;
    if (side === 'before') {
      const fate = faults.crash(operation);
      pending = fate && { operation, side: fate };
    }
    if (pending?.operation !== operation || pending.side !== side) return true;
    pending = undefined;
    kill(`${side} ${operation}`);
    return false;
  };

  const border: Border = (operation, work) => {
    if (!survives(operation, 'before')) return never();
    // Marked at once: another operation may come between this one's beginning and its end.
    const dies = pending?.operation === operation;
    pending = undefined;
    const { latency, error } = faults.database(operation);
    const half = Math.ceil(latency / 2);
    const after = () => {
      if (dies) kill(`after ${operation}`);
      return alive;
    };
    if (latency === 0 && !error) {
      try {
        const result = work();
        return after() ? Promise.resolve(result) : never();
      } catch (refused) {
        return Promise.reject(asError(refused));
      }
    }
    return new Promise((resolve, reject) => {
      time.after(half, () => {
        // Dead before it reached the database: it may have been on its way, or not.
        if (error === 'before' || (!alive && random.chance(0.5))) {
          time.after(half, () => deliver(() => reject(outOfReach())));
          return;
        }
        let answer: () => void;
        try {
          const result = work();
          answer = error === 'after' ? () => reject(outOfReach()) : () => resolve(result);
        } catch (refused) {
          answer = () => reject(asError(refused));
        }
        if (after()) time.after(half, () => deliver(answer));
      });
    });
  };

  const once = (milliseconds: number, work: () => void) => time.after(milliseconds, () => deliver(work));
  const clock: Clock = {
    now: () => time.now() + skew(),
    real: () => time.now() + skew(),
    offset: () => 0,
    move: () => {
      throw new Error('the clock of the world is not moved by a process');
    },
    after: once,
    soon: (work) => void once(0, work),
    sleep: (milliseconds) => new Promise((resolve) => void once(milliseconds, resolve)),
    id: (characters = 16) => Array.from({ length: characters }, () => random.pick(letters)).join(''),
    /** A look that would find nothing is passed over: a year has a million of them. */
    every: (period, work) => {
      const origin = time.now();
      let callOff: CallOff = () => undefined;
      let stopped = false;
      const next = (): void => {
        if (stopped || !alive) return;
        const after = Math.floor((time.now() - origin) / period) * period + period;
        callOff = once(origin + after - time.now(), () => {
          if (stopped) return;
          if (deps.idle()) {
            callOff = deps.whenBusy(next);
            return;
          }
          work();
          next();
        });
      };
      next();
      return () => {
        stopped = true;
        callOff();
      };
    },
  };

  return {
    name,
    alive: () => alive,
    deliver,
    border,
    clock,
    survives,
    kill: () => kill('killed'),
    suspend: () => {
      asleep ??= [];
    },
    resume: () => {
      const waiting = asleep ?? [];
      asleep = undefined;
      for (const work of waiting) time.after(0, () => deliver(work));
    },
  };
}

const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
