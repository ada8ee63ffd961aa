import type { Clock } from '../../runtime/clock.ts';

/** A clock that stands until it is moved: what is due by then runs in its order, each at its own time. */
export function handClock(start = 1_000_000): Pick<Clock, 'real' | 'after' | 'sleep'> & {
  runTo(until: number): Promise<void>;
} {
  let now = start;
  let count = 0;
  const due: { at: number; order: number; work: () => void }[] = [];
  const after = (milliseconds: number, work: () => void) => {
    const entry = { at: now + milliseconds, order: (count += 1), work };
    due.push(entry);
    return () => {
      const at = due.indexOf(entry);
      if (at >= 0) due.splice(at, 1);
    };
  };
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    real: () => now,
    after,
    sleep: (milliseconds) => new Promise((resolve) => void after(milliseconds, () => resolve())),
    runTo: async (until) => {
      for (;;) {
        await settle();
        due.sort((one, other) => one.at - other.at || one.order - other.order);
        const next = due[0];
        if (!next || next.at > until) break;
        due.shift();
        now = Math.max(now, next.at);
        next.work();
      }
      now = until;
    },
  };
}
