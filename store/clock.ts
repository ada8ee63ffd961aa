/** The store's only source of now (and of timers): everything else receives times. Milliseconds since 1970, UTC. */
export const clock = {
  /** Milliseconds since 1970. */
  now: (): number => Date.now(),
  /** A JavaScript date, for drivers. */
  dateOf: (ms: number): Date => new Date(ms),
  /** Calls `task` once, at a time or soon behind it, without keeping the process alive. */
  at: (ms: number, task: () => void): void => {
    setTimeout(task, Math.max(0, ms - Date.now()) + 1).unref();
  },
  /** Calls `task` every `ms` milliseconds without keeping the process alive; returns what stops it. */
  every: (ms: number, task: () => void): (() => void) => {
    const timer = setInterval(task, ms);
    timer.unref();
    return () => clearInterval(timer);
  },
};
