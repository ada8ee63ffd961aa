import { StoreError, notDone } from '../storeError.ts';
import { type Collection, type Index } from '../storage/collection.ts';
import { indexSpec } from '../storage/indexSpec.ts';
import { doc, whole } from '../values/build.ts';
import { filter, sameKey } from './search.ts';
import { matches } from '../queries/query.ts';
import { Arr, Doc, Double, type Value } from '../values/value.ts';
import { writeBson } from '../values/writeBson.ts';
import { type Command, type Context, type Input } from './command.ts';

type Fields = Record<string, Value | undefined>;

function existing(input: Input, context: Context): Collection {
  const found = context.catalog.find(input.ns);
  if (!found) throw new StoreError(26, `ns does not exist: ${input.ns}`);
  return found;
}

function runCreateIndexes(input: Input, context: Context): Fields {
  const specs = input.docs('indexes').map(indexSpec);
  if (specs.length === 0) throw new StoreError(2, 'Must specify at least one index to create');
  const known = context.catalog.find(input.ns);
  const collection = context.catalog.ensure(input.ns);
  const before = collection.indexes.length;
  for (const spec of specs) {
    const same = collection.indexes.find(
      (index) => index.name === spec.name || (sameKey(index.key, spec.key) && samePartial(index, spec)),
    );
    if (!same) collection.createIndex(spec);
    else if (same.name === '_id_' && spec.name === '_id_') continue;
    else if (same.name !== spec.name)
      throw new StoreError(85, `Index already exists with a different name: ${same.name}`);
    else if (!writeBson(same.shown).equals(writeBson(spec.shown))) {
      const message = `An existing index has the same name as the requested index: ${spec.name}. When index names are not specified, they are auto generated and can cause conflicts.`;
      throw new StoreError(sameKey(same.key, spec.key) ? 85 : 86, message);
    }
  }
  const after = collection.indexes.length;
  return {
    numIndexesBefore: before,
    numIndexesAfter: after,
    createdCollectionAutomatically: known === undefined,
    note: before === after ? 'all indexes already exist' : undefined,
  };
}

const samePartial = (a: { shown: Doc }, b: { shown: Doc }): boolean => {
  const bytes = ({ shown }: { shown: Doc }): Buffer =>
    writeBson(doc({ p: shown.get('partialFilterExpression') }));
  return bytes(a).equals(bytes(b));
};

function runListIndexes(input: Input, context: Context): Fields {
  const collection = existing(input, context);
  return {
    cursor: context.cursors.start(
      input.ns,
      collection.indexes.map(({ shown }) => shown),
      batchSize(input),
    ),
  };
}

const batchSize = (input: Input): number | undefined => {
  const size = input.doc('cursor')?.get('batchSize');
  return typeof size === 'number' ? size : undefined;
};

function runDropIndexes(input: Input, context: Context): Fields {
  const collection = existing(input, context);
  context.cursors.killAll(input.ns);
  const nIndexesWas = collection.indexes.length;
  const wanted = input.body.get('index');
  const named = (name: Value): Index => {
    const found = collection.indexes.find((index) =>
      name instanceof Doc ? sameKey(index.key, name) : index.name === name,
    );
    if (!found)
      throw new StoreError(
        27,
        `index not found with name [${typeof name === 'string' ? name : 'given key'}]`,
      );
    if (found.name === '_id_') throw new StoreError(72, 'cannot drop _id index');
    return found;
  };
  const all = collection.indexes.filter(({ name }) => name !== '_id_');
  if (wanted === undefined)
    throw new StoreError(40414, "BSON field 'dropIndexes.index' is missing but a required field");
  for (const index of wanted === '*'
    ? all
    : wanted instanceof Arr
      ? wanted.items.map(named)
      : [named(wanted)])
    collection.dropIndex(index);
  return { nIndexesWas };
}

function runCreate(input: Input, context: Context): Fields {
  if (context.catalog.find(input.ns)) throw new StoreError(48, `Collection ${input.ns} already exists.`);
  for (const option of [
    'capped',
    'validator',
    'timeseries',
    'viewOn',
    'clusteredIndex',
    'expireAfterSeconds',
    'changeStreamPreAndPostImages',
    'validationLevel',
    'validationAction',
    'storageEngine',
    'indexOptionDefaults',
  ]) {
    const value = input.body.get(option);
    if (value !== undefined && value !== false) throw notDone(`create with ${option}`);
  }
  if (input.body.get('size') !== undefined || input.body.get('max') !== undefined)
    throw new StoreError(
      72,
      "the 'capped' field needs to be true when either the 'size' or 'max' fields are present",
    );
  if (input.body.get('pipeline') !== undefined)
    throw new StoreError(72, "'pipeline' requires 'viewOn' to also be specified");
  context.catalog.ensure(input.ns);
  return {};
}

function dropNs(ns: string, context: Context): void {
  context.cursors.killAll(ns);
  context.catalog.drop(ns);
}

function runDrop(input: Input, context: Context): Fields {
  const collection = context.catalog.find(input.ns);
  if (!collection) return { ns: input.ns };
  const nIndexesWas = collection.indexes.length;
  dropNs(input.ns, context);
  return { nIndexesWas, ns: input.ns };
}

function runListCollections(input: Input, context: Context): Fields {
  const query = filter(input.doc('filter'));
  const nameOnly = input.flag('nameOnly');
  const rows = context.catalog
    .list(input.db)
    .map(({ ns, indexes }) => ({ name: ns.slice(input.db.length + 1), idIndex: indexes[0]?.shown }))
    .map(({ name, idIndex }) =>
      doc(
        nameOnly
          ? { name, type: 'collection' }
          : { name, type: 'collection', options: doc({}), info: doc({ readOnly: false }), idIndex },
      ),
    )
    .filter((row) => matches(query, row));
  return { cursor: context.cursors.start(`${input.db}.$cmd.listCollections`, rows, batchSize(input)) };
}

function bytesOf(context: Context, collection: Collection): number {
  return Number(
    context.catalog.database
      .statement(`SELECT coalesce(sum(length(b)), 0) FROM ${collection.table}`)
      .get()?.[0],
  );
}

function runListDatabases(input: Input, context: Context): Fields {
  const query = filter(input.doc('filter'));
  const names = [...new Set(context.catalog.list().map(({ ns }) => ns.slice(0, ns.indexOf('.'))))].sort();
  const rows = names
    .map((name) => {
      const size = context.catalog
        .list(name)
        .reduce((sum, collection) => sum + bytesOf(context, collection), 0);
      return doc(input.flag('nameOnly') ? { name } : { name, sizeOnDisk: whole(size), empty: false });
    })
    .filter((row) => matches(query, row));
  if (input.flag('nameOnly')) return { databases: new Arr(rows) };
  const totalSize = rows.reduce((sum, row) => sum + Number(row.get('sizeOnDisk')), 0);
  return {
    databases: new Arr(rows),
    totalSize: whole(totalSize),
    totalSizeMb: whole(Math.floor(totalSize / 2 ** 20)),
  };
}

function sizes(
  context: Context,
  collections: readonly Collection[],
): { objects: number; bytes: number; indexes: number } {
  return {
    objects: collections.reduce((sum, { count }) => sum + count, 0),
    bytes: collections.reduce((sum, collection) => sum + bytesOf(context, collection), 0),
    indexes: collections.reduce((sum, { indexes }) => sum + indexes.length, 0),
  };
}

function scaleOf(input: Input): number {
  const scale = input.count('scale') ?? 1;
  if (scale < 1)
    throw new StoreError(51024, `BSON field 'scale' value must be >= 1, actual value '${scale}'`);
  return scale;
}

function runCollStats(input: Input, context: Context): Fields {
  const found = context.catalog.find(input.ns);
  const scale = scaleOf(input);
  const { objects, bytes, indexes } = sizes(context, found ? [found] : []);
  const avgObjSize = objects ? whole(Math.floor(bytes / objects)) : undefined;
  return {
    ns: input.ns,
    size: whole(Math.floor(bytes / scale)),
    count: whole(objects),
    avgObjSize,
    storageSize: whole(Math.floor(bytes / scale)),
    nindexes: indexes,
    scaleFactor: whole(scale),
  };
}

function runDbStats(input: Input, context: Context): Fields {
  const collections = context.catalog.list(input.db);
  const scale = scaleOf(input);
  const { objects, bytes, indexes } = sizes(context, collections);
  return {
    db: input.db,
    collections: collections.length,
    objects: whole(objects),
    dataSize: new Double(bytes / scale),
    storageSize: new Double(bytes / scale),
    indexes,
    scaleFactor: whole(scale),
  };
}

/** The commands on collections, indexes and databases. */
export const admin: Record<string, Command> = {
  createIndexes: { fields: ['indexes', 'commitQuorum'], run: runCreateIndexes },
  listIndexes: { fields: ['cursor'], run: runListIndexes },
  dropIndexes: { fields: ['index'], run: runDropIndexes },
  create: {
    fields: [
      'capped',
      'size',
      'max',
      'validationLevel',
      'validationAction',
      'storageEngine',
      'validator',
      'timeseries',
      'viewOn',
      'pipeline',
      'clusteredIndex',
      'expireAfterSeconds',
      'changeStreamPreAndPostImages',
      'indexOptionDefaults',
    ],
    run: runCreate,
  },
  drop: { fields: [], run: runDrop },
  dropDatabase: {
    fields: [],
    run: (input, context) => {
      const all = context.catalog.list(input.db);
      for (const { ns } of all) dropNs(ns, context);
      if (all.length > 0) context.catalog.feed.add('dropDatabase', input.db);
      return { dropped: input.db };
    },
  },
  listCollections: {
    fields: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'],
    run: runListCollections,
  },
  listDatabases: { fields: ['filter', 'nameOnly', 'authorizedDatabases'], run: runListDatabases },
  collStats: { fields: ['scale'], run: runCollStats },
  dbStats: { fields: ['scale'], run: runDbStats },
};
