import type { Doc } from './copy.ts';
import { valuesAt } from './copy.ts';

/** Ids of documents by the values at one path: what an equality, `$in` or `$exists: true` is answered from. */
export interface HashIndex {
  change(before: Doc | undefined, after: Doc | undefined): void;
  at(value: unknown): Iterable<string>;
  count(value: unknown): number;
  /** Every value that some document has. */
  values(): Iterable<unknown>;
}

/** Buckets keep the order of arrival. */
export function makeHashIndex(path: string): HashIndex {
  const steps = path.split('.');
  const [head = '', next] = steps;
  const buckets = new Map<unknown, Set<string>>();
  const values = (doc: Doc): unknown[] => {
    const value = doc[head];
    if (value === undefined) return none;
    if (next !== undefined) return valuesAt(value, steps, 1);
    return Array.isArray(value) ? value : [value];
  };
  const scalar = (value: unknown) => typeof value !== 'object' || value === null;
  const add = (value: unknown, id: string): void => {
    if (!scalar(value)) return;
    let bucket = buckets.get(value);
    if (!bucket) buckets.set(value, (bucket = new Set()));
    bucket.add(id);
  };
  const remove = (value: unknown, id: string): void => {
    if (!scalar(value)) return;
    const bucket = buckets.get(value);
    bucket?.delete(id);
    if (bucket?.size === 0) buckets.delete(value);
  };
  return {
    change: (before, after) => {
      // What an update leaves alone is the same frozen value.
      if (before && after && before[head] === after[head]) return;
      if (next === undefined && !Array.isArray(before?.[head]) && !Array.isArray(after?.[head])) {
        if (before && before[head] !== undefined) remove(before[head], before._id);
        if (after && after[head] !== undefined) add(after[head], after._id);
        return;
      }
      const old = before ? values(before) : none;
      const fresh = after ? values(after) : none;
      if (before) for (const value of old) if (!fresh.includes(value)) remove(value, before._id);
      if (after) for (const value of fresh) if (!old.includes(value)) add(value, after._id);
    },
    at: (value) => buckets.get(value) ?? none,
    count: (value) => buckets.get(value)?.size ?? 0,
    values: () => buckets.keys(),
  };
}

const none: never[] = [];
