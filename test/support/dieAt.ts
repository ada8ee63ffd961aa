import type { Database } from '../../models/database.ts';

const writes = new Set([
  'replaceOne',
  'bulkWrite',
  'insertOne',
  'insertMany',
  'updateOne',
  'updateMany',
  'deleteOne',
  'deleteMany',
]);

/**
 * A database whose process is killed at a write: once `from` has said so, the `at`-th one is the last that is made
 * (`after`), or is not made any more (`before`), and nothing is read or written from then on.
 */
export function dieAt(
  db: Database,
  at: number,
  side: 'before' | 'after',
): { db: Database; from(): void; died(): boolean } {
  let count = 0;
  let counting = false;
  let dead = false;
  const killed = () => Promise.reject(new Error('killed'));
  const collection = (real: object) =>
    new Proxy(real, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]): unknown => {
          const call = () => Reflect.apply(value, target, given) as unknown;
          if (dead)
            return name === 'find'
              ? { sort: () => ({ limit: () => ({ toArray: killed }) }), toArray: killed }
              : killed();
          if (!counting || !writes.has(String(name))) return call();
          count += 1;
          if (count !== at) return call();
          dead = true;
          return side === 'before' ? killed() : Promise.resolve(call()).then(killed);
        };
      },
    });
  const names = new Set(['connection', 'close']);
  const wrapped = Object.fromEntries(
    Object.entries(db).map(([name, real]) => [name, names.has(name) ? real : collection(real as object)]),
  ) as unknown as Database;
  return { db: wrapped, from: () => (counting = true), died: () => dead };
}
