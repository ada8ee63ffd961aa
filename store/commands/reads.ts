import { changeStream } from '../aggregation/changeStream.ts';
import { runPipeline } from '../aggregation/pipeline.ts';
import { projection } from '../queries/projection.ts';
import { somePath, type Match } from '../queries/somePath.ts';
import { StoreError } from '../storeError.ts';
import { whole } from '../values/build.ts';
import { compareValues } from '../values/compare.ts';
import { keyOf } from '../values/keyWriter.ts';
import { isNumber, toNumber } from '../values/numbers.ts';
import { Arr, type Doc, type Value } from '../values/value.ts';
import { command, type Command, type Context, type Fields, type Input } from './command.ts';
import { counted, search, type Wanted } from './search.ts';

/** What a read looks for: its filter by its name, and how much of what is found. */
export function wantedOf(input: Input, filterName: string): Wanted {
  return {
    filter: input.doc(filterName),
    sort: input.doc('sort'),
    skip: input.count('skip'),
    limit: limitOf(input),
  };
}

/** The limit of a find, or of a count, where a negative one means the same. */
function limitOf(input: Input): number | undefined {
  const value = input.body.get('limit');
  return input.name === 'count' && isNumber(value)
    ? Math.abs(Math.trunc(toNumber(value)))
    : input.count('limit');
}

function* documents(input: Input, context: Context): Generator<Doc> {
  const wanted = wantedOf(input, 'filter');
  const given = input.doc('projection');
  const shape = given && given.fields.size > 0 ? projection(given) : undefined;
  const match: Match | undefined = shape?.positional ? {} : undefined;
  const collection = context.catalog.find(input.ns);
  for (const { doc } of search(collection, wanted, match)) yield shape ? shape.apply(doc, match) : doc;
}

function runFind(input: Input, context: Context): Fields {
  const options = { single: input.flag('singleBatch'), keep: input.flag('noCursorTimeout') };
  const [found, size] = [documents(input, context), input.count('batchSize')];
  return { cursor: context.cursors.start(input.ns, found, size, options) };
}

function runCount(input: Input, context: Context): Fields {
  const collection = context.catalog.find(input.ns);
  const wanted = wantedOf(input, 'query');
  const { filter, skip, limit } = wanted;
  // That of all documents is kept.
  const all = !filter?.fields.size && !skip && !limit;
  return { n: whole(collection && all ? collection.count : counted(collection, wanted)) };
}

function runDistinct(input: Input, context: Context): Fields {
  const key = input.text('key');
  if (!key) throw new StoreError(40414, "BSON field 'distinct.key' is missing but a required field");
  if (key.includes('\0')) throw new StoreError(31032, "The value of 'key' must not hold a null byte");
  const values = new Map<string, Value>();
  const parts = key.split('.');
  for (const { doc } of search(context.catalog.find(input.ns), { filter: input.doc('query') })) {
    somePath(doc, parts, false, (value) => {
      for (const one of value instanceof Arr ? value.items : value === undefined ? [] : [value]) {
        const key = keyOf(one).toString('latin1');
        if (!values.has(key)) values.set(key, one);
      }
      return false;
    });
  }
  return { values: new Arr([...values.values()].sort(compareValues)) };
}

function runAggregate(input: Input, context: Context): Fields {
  const target = input.body.get('aggregate');
  const pipeline = input.docs('pipeline');
  if (!input.doc('cursor'))
    throw new StoreError(
      9,
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  const name = typeof target === 'string' ? target : undefined;
  const ns = name === undefined ? `${input.db}.$cmd.aggregate` : input.ns;
  const size = input.batchSize;
  if (pipeline[0]?.get('$changeStream') !== undefined) {
    const level = input.doc('readConcern')?.get('level') ?? 'majority';
    if (level !== 'majority') throw new StoreError(72, '$changeStream takes no readConcern but majority');
    const live = changeStream(context.catalog, input.db, name, pipeline);
    return { cursor: context.cursors.start(ns, [], size, { live }) };
  }
  const found = runPipeline(context.catalog, input.db, name, pipeline);
  return { cursor: context.cursors.start(ns, found, size) };
}

function runGetMore(input: Input, context: Context): Fields {
  const id = input.body.get('getMore');
  const collection = input.text('collection');
  if (!isNumber(id))
    throw new StoreError(14, "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
  const cursor = typeof id === 'bigint' ? id : BigInt(Math.trunc(toNumber(id)));
  const [size, awaitMs] = [input.count('batchSize'), input.count('maxTimeMS')];
  return { cursor: context.cursors.next(cursor, `${input.db}.${collection ?? ''}`, size, awaitMs) };
}

function runKill(input: Input, context: Context): Fields {
  const killed: Value[] = [];
  const missing: Value[] = [];
  for (const id of input.list('cursors')?.items ?? []) {
    if (typeof id !== 'bigint') throw new StoreError(14, 'cursor ids are long');
    (context.cursors.kill(id) ? killed : missing).push(id);
  }
  return {
    cursorsKilled: new Arr(killed),
    cursorsNotFound: new Arr(missing),
    cursorsAlive: new Arr([]),
    cursorsUnknown: new Arr([]),
  };
}

/** The commands that only read. */
export const reads: Record<string, Command> = {
  find: command(
    `filter sort projection skip limit batchSize singleBatch allowDiskUse noCursorTimeout allowPartialResults
    oplogReplay`,
    runFind,
  ),
  getMore: command('collection batchSize maxTimeMS', runGetMore),
  killCursors: command('cursors', runKill),
  count: command('query limit skip', runCount),
  distinct: command('key query', runDistinct),
  aggregate: command('pipeline cursor allowDiskUse bypassDocumentValidation', runAggregate),
};
