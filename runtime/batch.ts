import type { Clock } from './clock.ts';

/**
 * Collects single orders of one turn of the event loop into one round trip: at 30 updates a second nothing waits,
 * at 300 the database sees a tenth of the calls. Every caller waits for its own order to be done.
 *
 * @param run carries out the orders together; what it returns is given to the callers in their order
 */
export function batch<Order, Result = void>(
  clock: Pick<Clock, 'soon'>,
  run: (orders: Order[]) => Promise<Result[] | Result>,
): (order: Order) => Promise<Result> {
  let waiting: { order: Order; resolve: (result: Result) => void; reject: (error: unknown) => void }[] = [];
  let running = false;
  const flush = async () => {
    running = true;
    while (waiting.length > 0) {
      const taken = waiting;
      waiting = [];
      try {
        const results = await run(taken.map(({ order }) => order));
        for (const [index, { resolve }] of taken.entries())
          resolve(Array.isArray(results) ? (results[index] as Result) : results);
      } catch (error) {
        for (const { reject } of taken) reject(error);
      }
    }
    running = false;
  };
  return (order) =>
    new Promise<Result>((resolve, reject) => {
      waiting.push({ order, resolve, reject });
      if (!running) {
        running = true;
        clock.soon(() => void flush());
      }
    });
}
