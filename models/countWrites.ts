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

const counters = new WeakMap<object, () => number>();

/**
 * Counts what this process writes into a collection, whoever writes, so that what was read of it can be kept until then:
 * once when a write begins and once when it ends, however it ends. Counting is put in front of the collection's own
 * methods: a writer who would have to tell of it could forget to.
 *
 * @returns what gives the count so far
 */
export function countWrites(collection: object): () => number {
  const known = counters.get(collection);
  if (known) return known;
  let count = 0;
  const add = (): void => void (count += 1);
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
  const counter = () => count;
  counters.set(collection, counter);
  return counter;
}
