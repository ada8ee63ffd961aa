/** The driver's methods that write. */
const methods = [
  'insertOne',
  'insertMany',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'bulkWrite',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
];

/** `writes.count`: how often this process has begun or ended a write, so that what was read can be kept until then. */
export type Counted<C> = C & { writes: { count: number } };

/** How often this process has written into any of these: what was read of them holds as long as it is the same. */
export function writesInto(collections: Counted<object>[]): number {
  return collections.reduce((sum, { writes }) => sum + writes.count, 0);
}

/**
 * Counts what this process writes into a collection, whoever writes: once when a write begins and once when it ends,
 * however it ends. Counting is put in front of the collection's own methods: a writer who would have to tell of it
 * could forget to.
 */
export function countWrites<C extends object>(collection: C): Counted<C> {
  const writes = { count: 0 };
  const add = (): void => void (writes.count += 1);
  for (const name of methods) {
    const original: unknown = Reflect.get(collection, name);
    if (typeof original !== 'function') continue;
    const counting = (...values: unknown[]): unknown => {
      add();
      const writing: unknown = Reflect.apply(original, collection, values);
      if (writing instanceof Promise) writing.then(add, add);
      return writing;
    };
    Reflect.set(collection, name, counting);
  }
  return Object.assign(collection, { writes });
}
