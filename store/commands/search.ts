import { compileExpression } from '../aggregation/expression.ts';
import { compileQuery, truthy } from '../queries/compileQuery.ts';
import { find, sortOf, type Search } from '../queries/find.ts';
import { type Query } from '../queries/query.ts';
import { type Match } from '../queries/somePath.ts';
import { notDone, StoreError } from '../storeError.ts';
import { type Index, type Collection, type Stored } from '../storage/collection.ts';
import { equalValues } from '../values/compare.ts';
import { keyOf } from '../values/keyWriter.ts';
import { Doc, Raw, TYPE, type Value } from '../values/value.ts';

/** Compiles a filter with `$expr`. */
export const filter = (given: Doc | undefined): Query =>
  compileQuery(given ?? new Doc(), (value) => {
    const expression = compileExpression(value);
    return (doc) => truthy(expression({ root: doc }));
  });

/** What a command looks for, before the collection is known. */
export interface Wanted {
  filter: Doc | undefined;
  sort?: Doc;
  skip?: number;
  limit?: number;
  hint?: Value;
}

/** @throws StoreError 2 when the hint names no index */
export function searchOf(wanted: Wanted, collection: Collection | undefined): Search {
  const hint = collection && hinted(collection, wanted.hint);
  return {
    query: filter(wanted.filter),
    sort: sortOf(wanted.sort ?? new Doc()),
    skip: wanted.skip ?? 0,
    limit: wanted.limit ?? 0,
    hint,
  };
}

function hinted(collection: Collection, hint: Value | undefined): Index | 'natural' | undefined {
  if (hint === undefined || (hint instanceof Doc && hint.fields.size === 0)) return undefined;
  if (hint instanceof Doc && hint.fields.has('$natural')) {
    if (hint.get('$natural') !== 1) throw notDone('the hint {$natural: -1}');
    return 'natural';
  }
  if (typeof hint !== 'string' && !(hint instanceof Doc))
    throw new StoreError(9, 'Hint must be a string or an object');
  const found = collection.indexes.find((index) =>
    hint instanceof Doc ? sameKey(index.key, hint) : index.name === hint,
  );
  if (!found) throw new StoreError(2, 'hint provided does not correspond to an existing index');
  return found;
}

/** Whether two key patterns are the same: fields, order and directions. */
export const sameKey = (a: Doc, b: Doc): boolean => equalValues(a, b);

/** The `_id` a search asks for when it asks for nothing else: the commonest of all, which needs no plan. */
function idOf({ filter: given, sort, skip, hint }: Wanted): Value | undefined {
  if (given?.fields.size !== 1 || sort || skip || hint !== undefined) return undefined;
  const id = given.get('_id');
  const plain =
    typeof id === 'string' || typeof id === 'number' || (id instanceof Raw && id.type === TYPE.objectId);
  return plain ? id : undefined;
}

/** How many documents a search finds. */
export function counted(collection: Collection | undefined, wanted: Wanted): number {
  let n = 0;
  const found = search(collection, wanted);
  while (!found.next().done) n += 1;
  return n;
}

/** The documents of a search; none of a collection that does not exist. */
export function* search(
  collection: Collection | undefined,
  wanted: Wanted,
  match?: Match,
): Generator<Stored> {
  const id = idOf(wanted);
  if (id === undefined) {
    const compiled = searchOf(wanted, collection);
    if (collection) yield* find(collection, compiled, match);
    return;
  }
  const [index] = collection?.indexes ?? [];
  const stored = index && collection?.point(index, keyOf(id));
  if (stored) yield stored;
}
