import type { Doc } from './copy.ts';
import { type HashIndex, makeHashIndex } from './hashIndex.ts';
import { listed } from './listed.ts';

/** Where to look for what a filter wants. */
interface Plan {
  /** How many documents there are to be looked at, at most. */
  size: number;
  ids: () => Iterable<string>;
}

/** The indexes of a collection on single values. */
export interface HashIndexes {
  change(before: Doc | undefined, after: Doc | undefined): void;
  /** By the index that leaves the fewest documents to be looked at; undefined when none bounds the filter. */
  narrowest(wanted: Record<string, unknown>): Plan | undefined;
}

/** @param paths the fields there may be an index on */
export function makeHashIndexes(paths: string[], docs: () => Iterable<Doc>): HashIndexes {
  const indexed = new Set(paths);
  const indexes = new Map<string, HashIndex>();

  /** An index is made when it is first asked for: most are for screens that nobody opens here. */
  const indexOn = (path: string): HashIndex | undefined => {
    let index = indexes.get(path);
    if (index || !indexed.has(path)) return index;
    indexes.set(path, (index = makeHashIndex(path)));
    for (const doc of docs()) index.change(undefined, doc);
    return index;
  };

  const narrowest = (wanted: Record<string, unknown>): Plan | undefined => {
    let best: Plan | undefined;
    const consider = (plan: Plan | undefined): void => {
      if (plan && plan.size < (best?.size ?? Infinity)) best = plan;
    };
    const lookUp = (index: HashIndex | undefined, values: unknown[] | undefined): void => {
      if (!index || !values) return;
      consider({
        size: values.reduce((sum: number, value) => sum + index.count(value), 0),
        ids: () =>
          values.length === 1
            ? index.at(values[0])
            : new Set(values.flatMap((value) => [...index.at(value)])),
      });
    };
    for (const field in wanted) {
      lookUp(indexOn(field), listed(wanted[field]));
      const { $elemMatch: inner } = (wanted[field] ?? {}) as { $elemMatch?: Record<string, unknown> };
      for (const name in inner) lookUp(indexOn(`${field}.${name}`), listed(inner[name]));
    }
    for (const part of (wanted.$and ?? []) as Record<string, unknown>[]) consider(narrowest(part));
    const parts = (wanted.$or as Record<string, unknown>[] | undefined)?.map(narrowest);
    if (parts?.every((part) => part !== undefined))
      consider({
        size: parts.reduce((sum, { size }) => sum + size, 0),
        ids: () => new Set(parts.flatMap((part) => [...part.ids()])),
      });
    return best;
  };

  return {
    narrowest,
    change: (before, after) => {
      for (const index of indexes.values()) index.change(before, after);
    },
  };
}
