import type { Doc } from './copy.ts';
import { valuesAt } from './copy.ts';

/** Documents by the values at one path: what an equality, `$in` or `$exists: true` is answered from. */
export interface HashIndex {
  add(doc: Doc): void;
  remove(doc: Doc): void;
  at(value: unknown): Iterable<Doc>;
  count(value: unknown): number;
}

/** Buckets keep the order of arrival, by document id. */
export function makeHashIndex(path: string): HashIndex {
  const steps = path.split('.');
  const simple = steps.length === 1;
  const buckets = new Map<unknown, Map<string, Doc>>();
  const values = (doc: Doc): unknown[] => {
    if (!simple) return valuesAt(doc, steps);
    const value = doc[path];
    return value === undefined ? [] : Array.isArray(value) ? [value, ...value] : [value];
  };
  return {
    add: (doc) => {
      for (const value of values(doc)) {
        if (typeof value === 'object' && value !== null) continue;
        let bucket = buckets.get(value);
        if (!bucket) buckets.set(value, (bucket = new Map()));
        bucket.set(doc._id, doc);
      }
    },
    remove: (doc) => {
      for (const value of values(doc)) {
        const bucket = buckets.get(value);
        bucket?.delete(doc._id);
        if (bucket?.size === 0) buckets.delete(value);
      }
    },
    at: (value) => buckets.get(value)?.values() ?? [],
    count: (value) => buckets.get(value)?.size ?? 0,
  };
}
