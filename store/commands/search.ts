import { compileQuery } from '../queries/compileQuery.ts';
import { find, sortOf, type Search } from '../queries/find.ts';
import { type Match } from '../queries/somePath.ts';
import { type Collection, type Stored } from '../storage/collection.ts';
import { equalValues } from '../values/compare.ts';
import { keyOf } from '../values/keyWriter.ts';
import { Doc, Raw, TYPE, type Value } from '../values/value.ts';

/** What a command looks for, before the collection is known. */
export interface Wanted {
  filter: Doc | undefined;
  sort?: Doc;
  skip?: number;
  limit?: number;
}

export const searchOf = (wanted: Wanted): Search => ({
  query: compileQuery(wanted.filter),
  sort: sortOf(wanted.sort ?? new Doc()),
  skip: wanted.skip ?? 0,
  limit: wanted.limit ?? 0,
});

/** Whether two key patterns are the same: fields, order and directions. */
export const sameKey = (a: Doc, b: Doc): boolean => equalValues(a, b);

/** The `_id` a search asks for when it asks for nothing else: the commonest of all, which needs no plan. */
function idOf({ filter: given, sort, skip }: Wanted): Value | undefined {
  if (given?.fields.size !== 1 || sort || skip) return undefined;
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
    const compiled = searchOf(wanted);
    if (collection) yield* find(collection, compiled, match);
    return;
  }
  const [index] = collection?.indexes ?? [];
  const stored = index && collection?.point(index, keyOf(id));
  if (stored) yield stored;
}
