import { StoreError } from '../storeError.ts';
import { KeyWriter } from '../values/keyWriter.ts';
import { Arr, Doc, Raw, TYPE, type Value } from '../values/value.ts';

/** A field of an index. */
export interface IndexField {
  path: string;
  parts: string[];
  descending: boolean;
}

/** The keys of one document in one index, and which fields (as bits) took them from arrays. */
export interface Keys {
  keys: Buffer[];
  multikey: number;
  /** True when none of the fields exists: a sparse index leaves the document out. */
  absent: boolean;
}

/** Receives every key with the values it is made of. */
export type EachKey = (key: Buffer, values: (Value | undefined)[]) => void;

interface Making extends Keys {
  each?: EachKey;
}

interface Walk {
  at: Value | undefined;
  rest: number;
  done: boolean;
}

const writer = new KeyWriter();
/** What an empty array counts as, below null: https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/#arrays */
const EMPTY = new Raw(TYPE.undefined, Buffer.alloc(0));

/**
 * The keys of a document: one, or one for each element of an array on the way.
 * https://www.mongodb.com/docs/manual/core/indexes/index-types/index-multikey/
 *
 * @throws StoreError 171 when two fields of the index are arrays side by side
 */
export function indexKeys(fields: readonly IndexField[], doc: Doc, each?: EachKey): Keys {
  const result: Making = { keys: [], multikey: 0, absent: true, each };
  const walks = fields.map((): Walk => ({ at: doc, rest: 0, done: false }));
  expand(fields, walks, result);
  if (result.keys.length > 1) {
    result.keys.sort(Buffer.compare);
    result.keys = result.keys.filter(
      (key, at, all) => at === 0 || !key.equals(all[at - 1] ?? Buffer.alloc(0)),
    );
  }
  return result;
}

function expand(fields: readonly IndexField[], walks: readonly Walk[], result: Making): void {
  let array: Arr | undefined;
  const stepped = walks.map((walk, n) => {
    const next = walk.done ? walk : step(walk, fields[n]?.parts ?? []);
    if (!next.done && next.at instanceof Arr) {
      if (array && array !== next.at)
        throw new StoreError(171, `cannot index parallel arrays [${fields.map((f) => f.path).join(', ')}]`);
      array = next.at;
      result.multikey |= 1 << n;
    }
    return next;
  });
  if (!array) {
    for (const [n, walk] of stepped.entries()) {
      if (walk.at !== undefined) result.absent = false;
      writer.field(walk.at, fields[n]?.descending ?? false);
    }
    const key = writer.take();
    result.keys.push(key);
    result.each?.(
      key,
      stepped.map((walk) => walk.at),
    );
    return;
  }
  const branch = (item: Value | undefined): void =>
    expand(
      fields,
      stepped.map((walk, n): Walk => {
        if (walk.done || walk.at !== array) return walk;
        const ended = walk.rest === fields[n]?.parts.length;
        if (ended) return { at: item, rest: walk.rest, done: true };
        return item instanceof Doc
          ? { at: item, rest: walk.rest, done: false }
          : { at: undefined, rest: 0, done: true };
      }),
      result,
    );
  if (array.items.length === 0) branch(EMPTY);
  else for (const item of array.items) branch(item);
}

/** Walks on through documents until an array or the end. */
function step(walk: Walk, parts: readonly string[]): Walk {
  let { at, rest } = walk;
  while (rest < parts.length && at instanceof Doc) {
    at = at.get(parts[rest] ?? '');
    rest += 1;
  }
  if (at instanceof Arr) return { at, rest, done: false };
  return rest === parts.length ? { at, rest, done: true } : { at: undefined, rest, done: true };
}
