/** Work in order within a key, side by side across keys. */
export interface Queues {
  run<T>(key: string, work: () => Promise<T>): Promise<T>;
  busy(key: string): boolean;
  /** How many pieces of work are waiting or under way. */
  size(): number;
}

export function makeQueues(): Queues {
  const tails = new Map<string, Promise<unknown>>();
  let size = 0;
  return {
    size: () => size,
    busy: (key) => tails.has(key),
    run: async (key, work) => {
      size += 1;
      const before = tails.get(key) ?? Promise.resolve();
      const mine = before.then(work, work);
      const tail = mine.catch(() => undefined);
      tails.set(key, tail);
      try {
        return await mine;
      } finally {
        size -= 1;
        if (tails.get(key) === tail) tails.delete(key);
      }
    },
  };
}
