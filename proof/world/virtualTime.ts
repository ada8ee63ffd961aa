import { nextTick } from 'node:process';
import { makeHeap } from './heap.ts';

/** Time that passes only when something happens: the true time of the world, that no process sees directly. */
export interface VirtualTime {
  now(): number;
  /** @returns what calls it off */
  at(time: number, work: () => void): () => void;
  after(milliseconds: number, work: () => void): () => void;
  /** Live until a time, or until `halt` says that it is enough. */
  run(until: number, halt: () => boolean): Promise<void>;
  steps(): number;
}

/**
 * One thing after the other, in the order of time and then of arrival. After each, the promises that follow from it
 * are let run out: nothing in the world waits for anything else that is real, so the
 * same start gives the same run.
 */
export function makeVirtualTime(start: number): VirtualTime {
  const heap = makeHeap<{ work: (() => void) | undefined }>();
  let now = start;
  let steps = 0;

  const at = (time: number, work: () => void): (() => void) => {
    const entry: { work: (() => void) | undefined } = { work };
    heap.push(Math.max(time, now), entry);
    return () => {
      entry.work = undefined;
    };
  };

  return {
    now: () => now,
    at,
    after: (milliseconds, work) => at(now + milliseconds, work),
    steps: () => steps,
    run: (until, halt) =>
      new Promise((resolve, reject) => {
        const step = (): void => {
          try {
            let entry = heap.earliest() <= until ? heap.pop() : undefined;
            // What was called off is passed over without a turn.
            while (entry && !entry.item.work && heap.earliest() <= until) entry = heap.pop();
            if (!entry?.item.work || halt()) {
              now = Math.max(now, halt() ? now : until);
              resolve();
              return;
            }
            now = entry.at;
            steps += 1;
            entry.item.work();
            // A microtask of the next tick: it comes when all promises have run out, without a round of the event loop.
            // Now and then there is one: so that a promise nobody took care of ends the run, and Ctrl-C does. Even then
            // a step is a microtask: what is put down for the next tick by anything else comes before its promises.
            if (steps % 1_000 === 0) setImmediate(queueMicrotask, step);
            else nextTick(queueMicrotask, step);
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        };
        queueMicrotask(step);
      }),
  };
}
