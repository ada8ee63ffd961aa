import type { Bell } from '../../runtime/alarms.ts';
import type { Faults } from './faults.ts';
import { makeHeap } from './heap.ts';
import type { Life } from './life.ts';
import type { VirtualTime } from './virtualTime.ts';

/**
 * The bell in Agenda's place: its jobs outlive a process, ring by the machine's clock, and now and then early, late,
 * twice or not at all, as Agenda's were measured to (docs/decisions/0002).
 */
export interface Bells {
  of(life: Life): Bell;
  /** A process takes up ringing. */
  join(life: Life, fire: (key: string) => Promise<void>): void;
  /** The machine's clock was moved: everything is due at another true time. */
  moved(): void;
}

export function makeBells(time: VirtualTime, faults: Faults, skew: () => number): Bells {
  const heap = makeHeap<{ key: string; due: number }>();
  const current = new Map<string, number>();
  let listeners: { life: Life; fire: (key: string) => Promise<void> }[] = [];
  let turn = 0;
  let next: { at: number; callOff: () => void } | undefined;

  const ringAt = (key: string, due: number): void => {
    current.set(key, due);
    heap.push(due, { key, due });
    plan();
  };

  const ring = (key: string): void => {
    listeners = listeners.filter(({ life }) => life.alive());
    const listener = listeners[(turn += 1) % Math.max(listeners.length, 1)];
    // Nobody there: the job stays and rings when somebody has come.
    if (!listener) return ringAt(key, time.now() + skew() + 1_000);
    listener.life.deliver(() => void listener.fire(key).catch(() => undefined));
  };

  const plan = (): void => {
    const at = heap.earliest() - skew();
    if (at === Infinity || (next && next.at <= at && next.at >= time.now())) return;
    next?.callOff();
    next = { at, callOff: time.at(at, go) };
  };

  const go = (): void => {
    next = undefined;
    while (heap.earliest() <= time.now() + skew()) {
      const job = heap.pop()?.item;
      if (!job || current.get(job.key) !== job.due) continue;
      current.delete(job.key);
      ring(job.key);
    }
    plan();
  };

  return {
    moved: () => {
      next?.callOff();
      next = undefined;
      plan();
    },
    join: (life, fire) => void listeners.push({ life, fire }),
    of: (life) => ({
      ring: (key, real) => {
        if (!life.alive()) return new Promise(() => undefined);
        const fate = faults.bell();
        if (fate === 'lost') current.delete(key);
        else ringAt(key, real + { fine: 0, twice: 0, early: -90_000, late: 20_000 }[fate]);
        if (fate === 'twice') time.at(real - skew() + 5, () => ring(key));
        return Promise.resolve();
      },
      silence: (keys) => {
        for (const key of keys) current.delete(key);
        return Promise.resolve();
      },
    }),
  };
}
