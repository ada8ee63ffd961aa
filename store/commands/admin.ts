import { names } from '../names.ts';
import { StoreError, notDone } from '../storeError.ts';
import { type Collection } from '../storage/collection.ts';
import { indexSpec } from '../storage/indexSpec.ts';
import { doc, whole } from '../values/build.ts';
import { filter } from './search.ts';
import { matches } from '../queries/query.ts';
import { Arr, Double, type Value } from '../values/value.ts';
import { type Command, type Context, type Input } from './command.ts';

type Fields = Record<string, Value | undefined>;

/** Options of a collection that this store has not. */
const CREATE_MISSING =
  names(`capped validator timeseries viewOn clusteredIndex expireAfterSeconds changeStreamPreAndPostImages
  validationLevel validationAction storageEngine indexOptionDefaults`);

function runCreate(input: Input, context: Context): Fields {
  if (context.catalog.find(input.ns)) throw new StoreError(48, `Collection ${input.ns} already exists.`);
  for (const option of CREATE_MISSING) {
    const value = input.body.get(option);
    if (value !== undefined && value !== false) throw notDone(`create with ${option}`);
  }
  const idIndex = input.doc('idIndex');
  if (idIndex && indexSpec(idIndex).name !== '_id_')
    throw new StoreError(2, "The field 'key' for an _id index must be {_id: 1}");
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
    .map(({ ns, indexes, uuid }) => {
      const name = ns.slice(input.db.length + 1);
      if (nameOnly) return doc({ name, type: 'collection' });
      const info = doc({ readOnly: false, uuid });
      return doc({ name, type: 'collection', options: doc({}), info, idIndex: indexes[0]?.shown });
    })
    .filter((row) => matches(query, row));
  return { cursor: context.cursors.start(`${input.db}.$cmd.listCollections`, rows, input.batchSize) };
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

/** The commands on collections and databases. */
export const admin: Record<string, Command> = {
  create: { fields: [...CREATE_MISSING, 'size', 'max', 'pipeline', 'idIndex'], run: runCreate },
  drop: { fields: [], run: runDrop },
  dropDatabase: {
    fields: [],
    run: (input, context) => {
      const all = context.catalog.list(input.db);
      for (const { ns } of all) dropNs(ns, context);
      if (all.length > 0) context.catalog.feed.add('dropDatabase', input.db);
      return { dropped: all.length > 0 ? input.db : undefined };
    },
  },
  listCollections: {
    fields: ['filter', 'nameOnly', 'cursor', 'authorizedCollections'],
    run: runListCollections,
  },
  listDatabases: {
    adminOnly: true,
    fields: ['filter', 'nameOnly', 'authorizedDatabases'],
    run: runListDatabases,
  },
  collStats: { fields: ['scale'], run: runCollStats },
  dbStats: { fields: ['scale'], run: runDbStats },
};
