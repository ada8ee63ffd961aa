import { compileQuery } from '../queries/compileQuery.ts';
import { type Query } from '../queries/query.ts';
import { names } from '../names.ts';
import { notDone, StoreError } from '../storeError.ts';
import { isNumber, toNumber } from '../values/numbers.ts';
import { Doc, type Value } from '../values/value.ts';
import { doc } from '../values/build.ts';
import { type IndexField } from './indexKeys.ts';

/** What an index is, read from the specification of `createIndexes`. */
export interface IndexSpec {
  name: string;
  /** The specification as `listIndexes` shows it. */
  shown: Doc;
  key: Doc;
  fields: IndexField[];
  unique: boolean;
  sparse: boolean;
  partial?: Query;
  expireAfterSeconds?: number;
}

/** `ns` and `dropDups` mean nothing since long ago, and are not shown either. */
const KNOWN = new Set(
  names(`v key name unique sparse partialFilterExpression expireAfterSeconds background ns hidden dropDups`),
);

const MISSING = new Set(
  names(`collation weights default_language language_override textIndexVersion 2dsphereIndexVersion bits min max
    wildcardProjection storageEngine prepareUnique clustered`),
);

/** What may be said of the index on `_id`. */
const ON_ID = new Set(names('v key name ns'));

function checkVersion(version: Value | undefined): void {
  if (version === undefined) return;
  if (!isNumber(version)) throw new StoreError(14, "The field 'v' must be a number");
  if (toNumber(version) === 1) throw notDone('an index of version 1');
  if (toNumber(version) !== 2)
    throw new StoreError(67, `Invalid index specification: v is ${toNumber(version)}`);
}

/** An option that is on or off. @throws StoreError 14 for what is neither */
function flag(given: Doc, name: string): boolean {
  const value = given.get(name);
  if (value === undefined || typeof value === 'boolean') return value ?? false;
  if (isNumber(value)) return toNumber(value) !== 0;
  throw new StoreError(14, `The field '${name}' must be a boolean`);
}

/**
 * Reads an index specification. https://www.mongodb.com/docs/manual/reference/command/createIndexes/
 *
 * @param lenient whether options that nobody knows are left out instead of refused
 * @throws StoreError 67 for a bad key, 238 for kinds of index this store has not
 */
export function indexSpec(given: Doc, lenient = false): IndexSpec {
  const key = given.get('key');
  if (!(key instanceof Doc) || key.fields.size === 0) throw new StoreError(67, 'Index keys cannot be empty.');
  for (const name of given.fields.keys()) {
    if (MISSING.has(name)) throw notDone(`the index option ${name}`);
    if (!KNOWN.has(name) && !lenient)
      throw new StoreError(197, `The field '${name}' is not valid for an index specification`);
  }
  if (flag(given, 'hidden')) throw notDone('hidden indexes');
  const fields = [...key.fields].map(([path, direction]) => field(path, direction));
  if (fields.length > 31) throw new StoreError(67, 'too many fields in a compound index');
  const plain = fields.map(({ path, descending }) => `${path}_${descending ? -1 : 1}`).join('_');
  const isId = plain === '_id_1';
  const odd = isId && [...given.fields.keys()].find((option) => !ON_ID.has(option));
  if (odd) throw new StoreError(197, `The field '${odd}' is not valid for an _id index specification`);
  const name = given.get('name') ?? plain;
  if (typeof name !== 'string') throw new StoreError(14, "The field 'name' must be a string");
  if (name === '' || name.includes('\0'))
    throw new StoreError(67, 'index name cannot be empty or hold a null byte');
  if (name === '*') throw new StoreError(2, "The index name '*' is not valid.");
  if (name === '_id_' && !isId)
    throw new StoreError(2, "The index name '_id_' is reserved for the _id index");
  checkVersion(given.get('v'));
  const partialFilter = given.get('partialFilterExpression');
  const sparse = flag(given, 'sparse');
  if (partialFilter !== undefined && !(partialFilter instanceof Doc))
    throw new StoreError(67, 'partialFilterExpression must be an object');
  if (partialFilter && sparse)
    throw new StoreError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  const expire = given.get('expireAfterSeconds');
  if (expire !== undefined && !(isNumber(expire) && toNumber(expire) >= 0 && toNumber(expire) < 2 ** 31))
    throw new StoreError(67, "TTL index 'expireAfterSeconds' option must be within an acceptable range");
  if (expire !== undefined && fields.length > 1)
    throw new StoreError(67, 'TTL indexes are single-field indexes');
  const unique = isId || flag(given, 'unique');
  // How to build it: checked, told by listIndexes, and nothing else.
  flag(given, 'background');
  return {
    name: isId ? '_id_' : name,
    shown: doc({
      v: 2,
      key,
      name: isId ? '_id_' : name,
      background: given.get('background'),
      unique: unique && !isId ? true : undefined,
      sparse: sparse ? true : undefined,
      partialFilterExpression: partialFilter,
      expireAfterSeconds: expire,
    }),
    key,
    fields,
    unique,
    sparse,
    partial: partialFilter && partialOf(partialFilter),
    expireAfterSeconds: isNumber(expire) ? toNumber(expire) : undefined,
  };
}

const IN_PARTIAL = new Set(['$eq', '$in', '$gt', '$gte', '$lt', '$lte', '$exists', '$type']);

/** The filters a partial index may have: https://www.mongodb.com/docs/manual/core/index-partial/ */
function partialOf(given: Doc): Query {
  const allowed = (query: Query): boolean =>
    query.op === 'field'
      ? IN_PARTIAL.has(query.name)
      : (query.op === 'and' || query.op === 'or') && query.kids.every(allowed);
  const query = compileQuery(given);
  if (!allowed(query)) throw new StoreError(67, 'unsupported expression in partial index');
  return query;
}

function field(path: string, direction: Value): IndexField {
  if (typeof direction === 'string') throw notDone(`a ${direction} index`);
  if (!isNumber(direction) || !toNumber(direction))
    throw new StoreError(67, 'Values in the index key pattern cannot be 0.');
  const parts = path.split('.');
  if (parts.some((part) => part === '')) throw new StoreError(67, 'Index keys cannot be an empty field.');
  if (parts.some((part) => part.startsWith('$'))) {
    if (path.endsWith('$**')) throw notDone('a wildcard index');
    throw new StoreError(67, 'Index key contains an illegal field name: field name starts with $');
  }
  if (parts.some((part) => /^\d+$/.test(part))) throw notDone(`an index on an array position (${path})`);
  return { path, parts, descending: toNumber(direction) < 0 };
}
