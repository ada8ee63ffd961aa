import { notDone, StoreError } from '../storeError.ts';
import { type Collection, type Stored } from '../storage/collection.ts';
import { indexKeys } from '../storage/indexKeys.ts';
import { timeLimit } from '../timeLimit.ts';
import { isNumber, toNumber } from '../values/numbers.ts';
import { type Doc } from '../values/value.ts';
import { plan, type Plan, type Sort } from './plan.ts';
import { matches, type Query } from './query.ts';
import { type Match } from './somePath.ts';

/** What to find. `limit` 0 means all. */
export interface Search {
  query: Query;
  sort: Sort;
  skip: number;
  limit: number;
}

const MOST_SORTED_BYTES = 100 * 1024 * 1024;

/** Reads `{a: 1, 'b.c': -1}`. @throws StoreError 2 for another direction, 238 for `$meta` and array positions */
export function sortOf(given: Doc): Sort {
  return [...given.fields].map(([path, direction]) => {
    if (!isNumber(direction)) throw notDone('a sort that is neither 1 nor -1');
    const number = toNumber(direction);
    if (number !== 1 && number !== -1)
      throw new StoreError(2, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    const parts = path.split('.');
    if (parts.includes('')) throw new StoreError(2, `The sort path '${path}' has an empty part.`);
    if (path === '$natural') throw notDone('the order $natural');
    if (parts.some((part) => /^\d+$/.test(part))) throw notDone(`a sort by array position (${path})`);
    return { path, parts, descending: number < 0 };
  });
}

/** The documents of a search, in its order. It may be left at any point. */
export function* find(collection: Collection, search: Search, match?: Match): Generator<Stored> {
  yield* planned(collection, plan(collection, search.query, search.sort), search, match);
}

function* planned(collection: Collection, chosen: Plan, search: Search, match?: Match): Generator<Stored> {
  const { query, sort, skip, limit } = search;
  const found = filtered(read(collection, chosen, search), query, match);
  if (chosen.sorted) yield* window(found, skip, limit);
  else
    for (const stored of window(sorted(found, sort, limit && skip + limit), skip, limit)) {
      // All were matched before the first came out: what the positional `$` stands for is found once more.
      if (match) matches(query, stored.doc, match);
      yield stored;
    }
}

/** The documents a plan reads, not yet filtered, each once. */
function* read(collection: Collection, chosen: Plan, search: Search): Generator<Stored> {
  if (chosen.kind === 'none') return;
  if (chosen.kind === 'all') {
    yield* collection.scan();
    return;
  }
  const seen = chosen.kind === 'or' || chosen.index.multikey ? new Set<number>() : undefined;
  for (const stored of chosen.kind === 'or'
    ? readBranches(collection, chosen, search)
    : readRanges(collection, chosen)) {
    if (seen?.has(stored.id)) continue;
    seen?.add(stored.id);
    yield stored;
  }
}

function* readBranches(
  collection: Collection,
  { branches }: Extract<Plan, { kind: 'or' }>,
  { sort, skip, limit }: Search,
): Generator<Stored> {
  for (const { query, plan: own } of branches)
    yield* planned(collection, own, { query, sort, skip: 0, limit: limit && skip + limit });
}

function* readRanges(collection: Collection, chosen: Extract<Plan, { kind: 'index' }>): Generator<Stored> {
  const { index, ranges, reverse } = chosen;
  for (const { low, high, whole } of ranges) {
    if (index.unique && whole) {
      const stored = collection.point(index, low);
      if (stored) yield stored;
    } else yield* collection.range(index, low, high, reverse);
  }
}

function* filtered(from: Iterable<Stored>, query: Query, match?: Match): Generator<Stored> {
  for (const stored of from) {
    timeLimit.check();
    if (match) match.index = undefined;
    if (matches(query, stored.doc, match)) yield stored;
  }
}

function* window(from: Iterable<Stored>, skip: number, limit: number): Generator<Stored> {
  let seen = 0;
  for (const stored of from) {
    seen += 1;
    if (seen > skip) yield stored;
    if (limit && seen >= skip + limit) return;
  }
}

/** Sorts in memory; with a limit only the first ones are kept. */
function* sorted(from: Iterable<Stored>, sort: Sort, limit: number): Generator<Stored> {
  let kept: { key: Buffer; stored: Stored }[] = [];
  let bytes = 0;
  const order = (): void => {
    kept.sort((a, b) => Buffer.compare(a.key, b.key));
    if (limit) kept = kept.slice(0, limit);
  };
  for (const stored of from) {
    kept.push({ key: sortKey(stored.doc, sort), stored });
    if (limit && kept.length > 2 * limit + 1000) order();
    bytes += limit ? 0 : (stored.doc.bytes?.length ?? 0);
    if (bytes > MOST_SORTED_BYTES) throw new StoreError(292, 'Sort exceeded memory limit of 104857600 bytes');
  }
  order();
  for (const { stored } of kept) yield stored;
}

/** The bytes a document sorts by; arrays count with their least (descending: greatest) element. */
export function sortKey(doc: Doc, sort: Sort): Buffer {
  try {
    return indexKeys(sort, doc).keys[0] ?? Buffer.alloc(0);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new StoreError(2, 'cannot sort with keys that are parallel arrays');
  }
}
