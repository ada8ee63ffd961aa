import type { Doc } from './copy.ts';

/** Documents by an equality and a time, for the question "which of these are due by then". */
export interface RangeIndex {
  equal: string;
  range: string;
  add(doc: Doc): void;
  remove(doc: Doc): void;
  /** All that may be due by then, and a few more. */
  upTo(value: string, until: number): Doc[];
}

/** @param width how much time one bucket holds: few buckets are looked at, and few documents in vain */
export function makeRangeIndex(equal: string, range: string, width = 3_600_000): RangeIndex {
  const byValue = new Map<unknown, Map<number, Map<string, Doc>>>();
  const bucketOf = (doc: Doc) => Math.floor(Number(doc[range]) / width);
  return {
    equal,
    range,
    add: (doc) => {
      let buckets = byValue.get(doc[equal]);
      if (!buckets) byValue.set(doc[equal], (buckets = new Map()));
      let bucket = buckets.get(bucketOf(doc));
      if (!bucket) buckets.set(bucketOf(doc), (bucket = new Map()));
      bucket.set(doc._id, doc);
    },
    remove: (doc) => {
      const buckets = byValue.get(doc[equal]);
      const bucket = buckets?.get(bucketOf(doc));
      bucket?.delete(doc._id);
      if (bucket?.size === 0) buckets?.delete(bucketOf(doc));
    },
    upTo: (value, until) => {
      const last = Math.floor(until / width);
      const found: Doc[] = [];
      for (const [bucket, docs] of byValue.get(value) ?? []) if (bucket <= last) found.push(...docs.values());
      return found;
    },
  };
}
