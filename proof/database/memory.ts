import { applyUpdate, upsertBase } from './applyUpdate.ts';
import { compileFilter, passes } from './compileFilter.ts';
import { copy, type Doc, same, valuesAt } from './copy.ts';
import { makeHashIndexes } from './hashIndexes.ts';
import { inOrder } from './inOrder.ts';
import { listed } from './listed.ts';
import { duplicate, MongoError } from './mongoError.ts';
import type { RangeIndex } from './rangeIndex.ts';

/** A unique index: its fields, and which documents it is about. */
export interface Unique {
  fields: string[][];
  /** Without one of the fields a document is left out. */
  sparse: boolean;
}

/** Told of every change, with the document as it is kept: to be looked at, never to be changed. */
export type Observe = (before: Doc | undefined, after: Doc | undefined) => void;

/** One collection in memory: its documents, its rules, and nothing of the border (which copies, delays and fails). */
export interface Memory {
  find(filter: object): Doc[];
  /** Each document, in an order: put into it once, until something is written. */
  whole(order: Record<string, 1 | -1> | undefined): Doc[];
  insert(docs: Doc[], ordered: boolean): void;
  update(filter: object, update: object, many: boolean, upsert: boolean): Written;
  replace(filter: object, doc: Doc, upsert: boolean): Written;
  remove(filter: object, many: boolean): number;
  get(id: string): Doc | undefined;
  all(): Iterable<Doc>;
  size(): number;
}

export interface Written {
  matchedCount: number;
  modifiedCount: number;
  upsertedCount: number;
}

export function makeMemory(
  name: string,
  paths: string[],
  uniques: Unique[],
  observe: Observe,
  ranged?: RangeIndex,
  scanned: (filter: object) => void = () => undefined,
): Memory {
  const docs = new Map<string, Doc>();
  const indexes = makeHashIndexes(paths, () => docs.values());
  const keys = uniques.map(() => new Map<string, string>());

  const keysOf = (doc: Doc, { fields, sparse }: Unique): string | undefined => {
    const values = fields.map((path) => valuesAt(doc, path)[0]);
    return sparse && values.some((value) => value === undefined) ? undefined : values.join('\n');
  };

  /** Whose values another document has is refused before anything is changed. */
  const keepUnique = (before: Doc | undefined, after: Doc | undefined): void => {
    const touched = uniques.map((unique) => !before || !after || !leavesAlone(before, after, unique));
    if (!touched.includes(true)) return;
    for (const [index, unique] of uniques.entries()) {
      if (!touched[index]) continue;
      const key = after && keysOf(after, unique);
      const owner = key === undefined ? undefined : keys[index]?.get(key);
      if (owner !== undefined && owner !== after?._id) throw duplicate(name);
    }
    for (const [index, unique] of uniques.entries()) {
      if (!touched[index]) continue;
      const old = before && keysOf(before, unique);
      if (old !== undefined) keys[index]?.delete(old);
      const key = after && keysOf(after, unique);
      if (key !== undefined && after) keys[index]?.set(key, after._id);
    }
  };

  const put = (before: Doc | undefined, after: Doc | undefined): void => {
    if (uniques.length > 0) keepUnique(before, after);
    if (wholes.size > 0) wholes.clear();
    indexes.change(before, after);
    ranged?.change(before, after);
    if (sorted && after && !before) sorted.splice(place(after._id), 0, after._id);
    if (sorted && before && !after) sorted.splice(place(before._id), 1);
    if (after) docs.set(after._id, after);
    else if (before) docs.delete(before._id);
    observe(before, after);
  };

  /** Ids in their order, once somebody has asked for a range of them. */
  let sorted: string[] | undefined;
  const place = (id: string): number => {
    let [low, high] = [0, sorted?.length ?? 0];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((sorted?.[middle] ?? '') < id) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const range = (from: string, to: string | undefined): Doc[] => {
    sorted ??= [...docs.keys()].sort();
    return sorted
      .slice(place(from), to === undefined ? undefined : place(to))
      .map((id) => docs.get(id))
      .filter((doc) => doc !== undefined);
  };

  const candidates = (filter: object): Iterable<Doc> => {
    const wanted = filter as Record<string, unknown>;
    const { $gt, $gte: from = $gt, $lt: to } = (wanted._id ?? {}) as Record<string, string | undefined>;
    if (from !== undefined) return range(from, to);
    const ids = listed(wanted._id);
    if (ids) return known(new Set(ids));
    const between = ranged?.among(wanted);
    if (between) return between;
    const plan = indexes.narrowest(wanted);
    if (plan) return known(plan.ids());
    scanned(filter);
    return docs.values();
  };

  const known = (ids: Iterable<unknown>): Doc[] => {
    const found: Doc[] = [];
    for (const id of ids) {
      const doc = docs.get(String(id));
      if (doc) found.push(doc);
    }
    return found;
  };

  /** By the order they were asked for in. */
  const wholes = new Map<string, Doc[]>();
  const whole = (order: Record<string, 1 | -1> | undefined): Doc[] => {
    const name = JSON.stringify(order);
    let list = wholes.get(name);
    scanned({});
    if (!list) wholes.set(name, (list = inOrder([...docs.values()], order)));
    return [...list];
  };

  const find = (filter: object): Doc[] => {
    const { _id } = filter as { _id?: unknown };
    if (typeof _id === 'string') {
      const doc = docs.get(_id);
      // Asked even when there is none: what is not known here throws every time.
      const fits = passes(doc ?? {}, filter);
      return doc && fits ? [doc] : [];
    }
    const test = compileFilter(filter);
    const found: Doc[] = [];
    for (const doc of candidates(filter)) if (test(doc)) found.push(doc);
    return found;
  };

  const insertOne = (doc: Doc): void => {
    if (typeof doc._id !== 'string') throw new Error(`a document of ${name} needs an _id`);
    if (docs.has(doc._id)) throw duplicate(name);
    put(undefined, copy(doc));
  };

  return {
    find,
    whole,
    get: (id) => docs.get(id),
    all: () => docs.values(),
    size: () => docs.size,
    insert: (list, ordered) => {
      const errors: { index: number; code: number }[] = [];
      for (const [index, doc] of list.entries()) {
        try {
          insertOne(doc);
        } catch (error) {
          if (!(error instanceof MongoError) || error.code === undefined) throw error;
          errors.push({ index, code: error.code });
          if (ordered) break;
        }
      }
      if (errors.length > 0) throw new MongoError('MongoBulkWriteError', `E11000 in ${name}`, 11_000, errors);
    },
    update: (filter, update, many, upsert) => {
      const found = find(filter);
      const written = { matchedCount: 0, modifiedCount: 0, upsertedCount: 0 };
      for (const doc of found) {
        written.matchedCount += 1;
        const next = applyUpdate(doc, update, false);
        if (next !== doc) {
          put(doc, next);
          written.modifiedCount += 1;
        }
        if (!many) break;
      }
      if (written.matchedCount > 0 || !upsert) return written;
      const base = upsertBase(filter);
      if (docs.has(base._id)) throw duplicate(name);
      put(undefined, applyUpdate({ ...base }, update, true));
      return { ...written, upsertedCount: 1 };
    },
    replace: (filter, doc, upsert) => {
      const [found] = find(filter);
      if (found) {
        if (doc._id !== found._id) throw new MongoError('MongoServerError', '_id is immutable', 66);
        if (same(found, doc)) return { matchedCount: 1, modifiedCount: 0, upsertedCount: 0 };
        put(found, copy(doc));
        return { matchedCount: 1, modifiedCount: 1, upsertedCount: 0 };
      }
      if (!upsert) return { matchedCount: 0, modifiedCount: 0, upsertedCount: 0 };
      insertOne({ ...doc, ...upsertBase(filter) });
      return { matchedCount: 0, modifiedCount: 0, upsertedCount: 1 };
    },
    remove: (filter, many) => {
      const found = many ? find(filter) : find(filter).slice(0, 1);
      for (const doc of found) put(doc, undefined);
      return found.length;
    },
  };
}

/** What an update leaves alone is the same frozen value. */
function leavesAlone(before: Doc, after: Doc, { fields }: Unique): boolean {
  return fields.every(([head = '']) => before[head] === after[head]);
}
