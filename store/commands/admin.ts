import { StoreError } from '../storeError.ts';
import { type Catalog } from '../storage/catalog.ts';
import { type Collection } from '../storage/collection.ts';
import { indexSpec } from '../storage/indexSpec.ts';
import { doc, whole } from '../values/build.ts';
import { compileQuery } from '../queries/compileQuery.ts';
import { matches } from '../queries/query.ts';
import { Arr, Double } from '../values/value.ts';
import { command, type Command, type Context, type Fields, type Input } from './command.ts';

function runCreate(input: Input, context: Context): Fields {
  if (context.catalog.find(input.ns)) throw new StoreError(48, `Collection ${input.ns} already exists.`);
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
  const query = compileQuery(input.doc('filter'));
  const nameOnly = input.flag('nameOnly');
  const rows = context.catalog
    .list(input.db)
    .map(({ ns, indexes }) => {
      const name = ns.slice(input.db.length + 1);
      if (nameOnly) return doc({ name, type: 'collection' });
      const info = doc({ readOnly: false });
      return doc({ name, type: 'collection', options: doc({}), info, idIndex: indexes[0]?.shown });
    })
    .filter((row) => matches(query, row));
  return { cursor: context.cursors.start(`${input.db}.$cmd.listCollections`, rows, input.batchSize) };
}

/** How much is in some collections. */
function sizes(
  { database }: Catalog,
  collections: readonly Collection[],
): { objects: number; bytes: number; indexes: number } {
  const total = { objects: 0, bytes: 0, indexes: 0 };
  for (const { count, indexes, table } of collections) {
    const row = database.statement(`SELECT coalesce(sum(length(b)), 0) FROM ${table}`).get();
    total.objects += count;
    total.bytes += Number(row?.[0]);
    total.indexes += indexes.length;
  }
  return total;
}

function runListDatabases(input: Input, { catalog }: Context): Fields {
  const query = compileQuery(input.doc('filter'));
  const nameOnly = input.flag('nameOnly');
  let total = 0;
  const all = [...new Set(catalog.list().map(({ ns }) => ns.slice(0, ns.indexOf('.'))))].sort();
  const rows = all.map((name) => {
    const { bytes } = sizes(catalog, nameOnly ? [] : catalog.list(name));
    const row = doc(nameOnly ? { name } : { name, sizeOnDisk: whole(bytes), empty: false });
    if (!matches(query, row)) return undefined;
    total += bytes;
    return row;
  });
  const databases = new Arr(rows.filter((row) => row !== undefined));
  if (nameOnly) return { databases };
  return { databases, totalSize: whole(total), totalSizeMb: whole(Math.floor(total / 2 ** 20)) };
}

function scaleOf(input: Input): number {
  const scale = input.count('scale') ?? 1;
  if (scale < 1)
    throw new StoreError(51024, `BSON field 'scale' value must be >= 1, actual value '${scale}'`);
  return scale;
}

function runCollStats(input: Input, { catalog }: Context): Fields {
  const found = catalog.find(input.ns);
  const scale = scaleOf(input);
  const { objects, bytes, indexes } = sizes(catalog, found ? [found] : []);
  const size = whole(Math.floor(bytes / scale));
  return {
    ns: input.ns,
    size,
    count: whole(objects),
    avgObjSize: objects ? whole(Math.floor(bytes / objects)) : undefined,
    storageSize: size,
    nindexes: indexes,
    scaleFactor: whole(scale),
  };
}

function runDbStats(input: Input, { catalog }: Context): Fields {
  const collections = catalog.list(input.db);
  const scale = scaleOf(input);
  const { objects, bytes, indexes } = sizes(catalog, collections);
  const size = new Double(bytes / scale);
  return {
    db: input.db,
    collections: collections.length,
    objects: whole(objects),
    dataSize: size,
    storageSize: size,
    indexes,
    scaleFactor: whole(scale),
  };
}

function runDropDatabase(input: Input, context: Context): Fields {
  const all = context.catalog.list(input.db);
  for (const { ns } of all) dropNs(ns, context);
  return { dropped: all.length > 0 ? input.db : undefined };
}

/** The commands on collections and databases. */
export const admin: Record<string, Command> = {
  create: command('size max pipeline idIndex', runCreate),
  drop: command('', runDrop),
  dropDatabase: command('', runDropDatabase),
  listCollections: command('filter nameOnly cursor authorizedCollections', runListCollections),
  listDatabases: command('filter nameOnly authorizedDatabases', runListDatabases, true),
  collStats: command('scale', runCollStats),
  dbStats: command('scale', runDbStats),
  /** Of this store only: writes a consistent copy into the data folder and gives its path; whoever asked moves it. */
  storeBackup: command('', (input, { catalog }) => ({
    file: catalog.database.copy(String(input.connection)),
  })),
};
