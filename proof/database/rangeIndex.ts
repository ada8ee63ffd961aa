import type { Doc } from './copy.ts';
import { listed } from './listed.ts';

/** Documents in the order of a field, apart for each value of another: what a compound index of the database answers. */
export interface RangeIndex {
  change(before: Doc | undefined, after: Doc | undefined): void;
  /** All that a filter with bounds can mean, and a few more; undefined when it has none. */
  among(filter: Record<string, unknown>): Doc[] | undefined;
}

/**
 * @param equal the field whose values are kept apart, if any
 * @param range the field they are in order by: a number or a date of each document
 */
export function makeRangeIndex(equal: string | undefined, range: string): RangeIndex {
  const lists = new Map<unknown, Doc[]>();
  const apart = (doc: Doc) => (equal === undefined ? undefined : doc[equal]);
  const at = (doc: Doc | undefined) => Number(doc?.[range]);

  /** The first of a list that is not below a bound; with `past`, the first above it. */
  const place = (list: Doc[], bound: number, past: boolean): number => {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const value = at(list[middle]);
      if (value < bound || (past && value === bound)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const find = (list: Doc[], doc: Doc): number => list.indexOf(doc, place(list, at(doc), false));

  return {
    change: (was, is) => {
      // What has no such field lies in no span.
      const [before, after] = [was, is].map((doc) => (Number.isNaN(at(doc)) ? undefined : doc));
      const old = before && lists.get(apart(before));
      if (old && before && after && apart(before) === apart(after) && at(before) === at(after)) {
        old[find(old, before)] = after;
        return;
      }
      if (old && before) old.splice(find(old, before), 1);
      if (!after) return;
      let list = lists.get(apart(after));
      if (!list) lists.set(apart(after), (list = []));
      list.splice(place(list, at(after), true), 0, after);
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
          return list.slice(
            from === undefined ? 0 : place(list, from, false),
            to === undefined ? undefined : place(list, to, true),
          );
        })
      );
    },
  };
}

function numberOf(bound: unknown): number | undefined {
  if (typeof bound === 'number') return bound;
  return bound instanceof Date ? bound.getTime() : undefined;
}
