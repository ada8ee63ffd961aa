import { StoreError } from '../storeError.ts';
import { type Collection, type Index } from '../storage/collection.ts';
import { indexSpec, type IndexSpec } from '../storage/indexSpec.ts';
import { equalValues } from '../values/compare.ts';
import { Arr, Doc, type Value } from '../values/value.ts';
import { command, type Command, type Context, type Fields, type Input } from './command.ts';
import { sameKey } from './search.ts';

function existing(input: Input, context: Context, missing: string): Collection {
  const found = context.catalog.find(input.ns);
  if (!found) throw new StoreError(26, `${missing} ${input.ns}`);
  return found;
}

function runCreateIndexes(input: Input, context: Context): Fields {
  const lenient = input.flag('ignoreUnknownIndexOptions');
  const specs = input.docs('indexes').map((given) => indexSpec(given, lenient));
  if (specs.length === 0) throw new StoreError(2, 'Must specify at least one index to create');
  const known = context.catalog.find(input.ns);
  const collection = context.catalog.ensure(input.ns);
  const before = collection.indexes.length;
  try {
    for (const spec of specs) addIndex(collection, spec);
  } catch (error) {
    // All of one command or none.
    for (const index of collection.indexes.slice(before)) collection.dropIndex(index);
    throw error;
  }
  const after = collection.indexes.length;
  return {
    numIndexesBefore: before,
    numIndexesAfter: after,
    createdCollectionAutomatically: known === undefined,
    note: before === after ? 'all indexes already exist' : undefined,
  };
}

const MOST_INDEXES = 64;

const PARTIAL = 'partialFilterExpression';

/** Whether two indexes say the same of some options; how one was built, `background`, is none that counts. */
const alike = (a: { shown: Doc }, b: { shown: Doc }, ...options: string[]): boolean =>
  options.every((option) => equalValues(a.shown.get(option) ?? null, b.shown.get(option) ?? null));

/** Makes an index unless it is there. @throws StoreError 85, 86 when another is there in its place */
function addIndex(collection: Collection, spec: IndexSpec): void {
  const found = collection.indexes.find(
    (index) => index.name === spec.name || (sameKey(index.key, spec.key) && alike(index, spec, PARTIAL)),
  );
  if (!found && collection.indexes.length >= MOST_INDEXES)
    throw new StoreError(67, `add index fails, too many indexes for ${collection.ns}`);
  if (!found) collection.createIndex(spec);
  else if (found.name !== spec.name)
    throw new StoreError(85, `Index already exists with a different name: ${found.name}`);
  else if (!alike(found, spec, 'key', 'unique', 'sparse', PARTIAL, 'expireAfterSeconds')) {
    const message = `An existing index has the same name as the requested index: ${spec.name}. When index names are not specified, they are auto generated and can cause conflicts.`;
    throw new StoreError(sameKey(found.key, spec.key) ? 85 : 86, message);
  }
}

function runListIndexes(input: Input, context: Context): Fields {
  const all = existing(input, context, 'ns does not exist:').indexes.map(({ shown }) => shown);
  return { cursor: context.cursors.start(input.ns, all, input.batchSize) };
}

function runDropIndexes(input: Input, context: Context): Fields {
  const collection = existing(input, context, 'ns not found');
  context.cursors.killAll(input.ns);
  const nIndexesWas = collection.indexes.length;
  const wanted = input.body.get('index');
  if (wanted === undefined)
    throw new StoreError(40414, "BSON field 'dropIndexes.index' is missing but a required field");
  const given = wanted instanceof Arr ? wanted.items : [wanted];
  const gone = wanted === '*' ? collection.indexes.slice(1) : given.map((one) => named(collection, one));
  for (const index of new Set(gone)) collection.dropIndex(index);
  return { nIndexesWas };
}

/** @throws StoreError 27 when there is no such index, 72 for the one on `_id` */
function named({ indexes: all }: Collection, wanted: Value): Index {
  const found = all.find(({ key, name }) => (wanted instanceof Doc ? sameKey(key, wanted) : name === wanted));
  const shown = typeof wanted === 'string' ? wanted : 'given key';
  if (!found) throw new StoreError(27, `index not found with name [${shown}]`);
  if (found.name === '_id_') throw new StoreError(72, 'cannot drop _id index');
  return found;
}

/** The commands on indexes. */
export const indexes: Record<string, Command> = {
  createIndexes: command('indexes commitQuorum ignoreUnknownIndexOptions', runCreateIndexes),
  listIndexes: command('cursor', runListIndexes),
  dropIndexes: command('index', runDropIndexes),
};
