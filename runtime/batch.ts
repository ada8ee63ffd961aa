import type { Clock } from './clock.ts';

/**
 * Collects single orders of one turn of the event loop into one round trip: at 30 updates a second nothing waits,
 * at 300 the database sees a tenth of the calls. Every caller waits for its own order to be done.
 */
export function batch<Order>(
  clock: Pick<Clock, 'soon'>,
  run: (orders: Order[]) => Promise<void>,
): (order: Order) => Promise<void> {
  let waiting: { order: Order; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let running = false;
  const flush = async () => {
    running = true;
    while (waiting.length > 0) {
      const taken = waiting;
      waiting = [];
      try {
        await run(taken.map(({ order }) => order));
        for (const { resolve } of taken) resolve();
      } catch (error) {
        for (const { reject } of taken) reject(error);
      }
    }
    running = false;
  };
  return (order) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ order, resolve, reject });
      if (!running) {
        running = true;
        clock.soon(() => void flush());
      }
    });
}
