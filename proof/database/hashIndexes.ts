import { compileFilter } from './compileFilter.ts';
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
    const lookUp = (index: HashIndex, values: unknown[] | undefined): void => {
      if (!values) return;
      consider({
        size: values.reduce((sum: number, value) => sum + index.count(value), 0),
        ids: () =>
          values.length === 1
            ? index.at(values[0])
            : new Set(values.flatMap((value) => [...index.at(value)])),
      });
    };
    /** What a field is asked for, and what an `$elemMatch` asks of the fields of one of its elements. */
    const look = (path: string, asked: unknown, valuesOf: typeof within): void => {
      const index = indexOn(path);
      if (index) lookUp(index, valuesOf(index, asked));
      const { $elemMatch: inner } = (asked ?? {}) as { $elemMatch?: Record<string, unknown> };
      for (const name in inner) look(`${path}.${name}`, inner[name], valuesOf);
    };
    for (const field in wanted) look(field, wanted[field], (_index, asked) => listed(asked));
    for (const part of (wanted.$and ?? []) as Record<string, unknown>[]) consider(narrowest(part));
    const parts = (wanted.$or as Record<string, unknown>[] | undefined)?.map(narrowest);
    if (parts?.every((part) => part !== undefined))
      consider({
        size: parts.reduce((sum, { size }) => sum + size, 0),
        ids: () => new Set(parts.flatMap((part) => [...part.ids()])),
      });
    // Each value of the index is looked at: only where nothing else leads anywhere.
    if (!best) for (const field in wanted) look(field, wanted[field], within);
    return best;
  };

  return {
    narrowest,
    change: (before, after) => {
      for (const index of indexes.values()) index.change(before, after);
    },
  };
}

const isBound = (name: string, bound: unknown): boolean =>
  /^\$[gl]te?$/.test(name) && (typeof bound === 'number' || typeof bound === 'string');

/**
 * The values of an index between the bounds of a filter; undefined when it has none. Where a document has several values
 * (and no `$elemMatch` asks for one), two of them could meet two bounds: nothing the product asks is of that kind.
 */
function within(index: HashIndex, wanted: unknown): unknown[] | undefined {
  if (typeof wanted !== 'object' || wanted === null) return undefined;
  const bounds = Object.entries(wanted);
  if (bounds.length === 0 || !bounds.every(([name, bound]) => isBound(name, bound))) return undefined;
  const fits = compileFilter({ value: wanted });
  return [...index.values()].filter((value) => fits({ value }));
}
