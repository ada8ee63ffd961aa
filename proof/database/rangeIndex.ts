import type { Doc } from './copy.ts';
import { listed } from './listed.ts';

/** Documents in the order of a field, apart for each value of another: what a compound index of the database answers. */
export interface RangeIndex {
  change(before: Doc | undefined, after: Doc | undefined): void;
  /** All that a filter with bounds can mean, and a few more; undefined when it has none. */
  among(filter: Record<string, unknown>): Doc[] | undefined;
}

/** A document in its place: an update that moves it nowhere leaves the lists alone. */
interface Entry {
  at: number;
  doc: Doc;
}

/**
 * @param equal the field whose values are kept apart, if any
 * @param range the field they are in order by: a number or a date of each document
 */
export function makeRangeIndex(equal: string | undefined, range: string): RangeIndex {
  const lists = new Map<unknown, Entry[]>();
  const entries = new Map<string, Entry>();
  const apart = (doc: Doc) => (equal === undefined ? undefined : doc[equal]);

  /** The first of a list that is not below a bound; with `past`, the first above it. */
  const place = (list: Entry[], bound: number, past: boolean): number => {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const value = list[middle]?.at ?? Infinity;
      if (value < bound || (past && value === bound)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const take = (entry: Entry): void => {
    const list = lists.get(apart(entry.doc));
    list?.splice(list.indexOf(entry, place(list, entry.at, false)), 1);
    entries.delete(entry.doc._id);
  };

  return {
    change: (before, after) => {
      const old = before && entries.get(before._id);
      const at = Number(after?.[range]);
      if (old && after && old.at === at && apart(old.doc) === apart(after)) {
        old.doc = after;
        return;
      }
      if (old) take(old);
      // What has no such field lies in no span.
      if (!after || Number.isNaN(at)) return;
      const entry = { at, doc: after };
      entries.set(after._id, entry);
      let list = lists.get(apart(after));
      if (!list) lists.set(apart(after), (list = []));
      list.splice(place(list, at, true), 0, entry);
    },
    among: (filter) => {
      const { $gt, $gte, $lt, $lte } = (filter[range] ?? {}) as Record<string, unknown>;
      const [from, to] = [numberOf($gte ?? $gt), numberOf($lte ?? $lt)];
      if (from === undefined && to === undefined) return undefined;
      const values = equal === undefined ? [undefined] : listed(filter[equal]);
      return (
        values &&
        [...new Set(values)].flatMap((value) => {
          const list = lists.get(value) ?? [];
          const first = from === undefined ? 0 : place(list, from, false);
          const end = to === undefined ? undefined : place(list, to, true);
          return list.slice(first, end).map(({ doc }) => doc);
        })
      );
    },
  };
}

function numberOf(bound: unknown): number | undefined {
  if (typeof bound === 'number') return bound;
  return bound instanceof Date ? bound.getTime() : undefined;
}
