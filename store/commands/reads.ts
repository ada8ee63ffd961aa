import { changeStream } from '../aggregation/changeStream.ts';
import { findProjection, runPipeline } from '../aggregation/pipeline.ts';
import { plan } from '../queries/plan.ts';
import { somePath, type Match } from '../queries/somePath.ts';
import { notDone, StoreError } from '../storeError.ts';
import { whole } from '../values/build.ts';
import { compareValues } from '../values/compare.ts';
import { keyOf } from '../values/keyWriter.ts';
import { isNumber, toNumber } from '../values/numbers.ts';
import { Arr, Doc, type Value } from '../values/value.ts';
import { type Command, type Context, type Input } from './command.ts';
import { search, searchOf, type Wanted } from './search.ts';

function wantedOf(input: Input, filterName: string): Wanted {
  return {
    filter: input.doc(filterName),
    sort: input.doc('sort'),
    skip: input.count('skip'),
    limit: limitOf(input),
    hint: input.body.get('hint'),
    deadline: input.deadline,
  };
}

function limitOf(input: Input): number {
  const value = input.body.get('limit');
  return input.name === 'count' && isNumber(value)
    ? Math.abs(Math.trunc(toNumber(value)))
    : (input.count('limit') ?? 0);
}

function* documents(input: Input, context: Context): Generator<Doc> {
  const wanted = wantedOf(input, 'filter');
  const given = input.doc('projection');
  const shape = given && given.fields.size > 0 ? findProjection(given) : undefined;
  const match: Match | undefined = shape?.positional ? {} : undefined;
  const collection = context.catalog.find(input.ns);
  for (const { doc } of search(collection, wanted, match)) yield shape ? shape.apply(doc, match) : doc;
}

function runFind(input: Input, context: Context): Record<string, Value> {
  if (input.flag('tailable') || input.flag('awaitData')) throw notDone('a tailable cursor');
  for (const name of ['returnKey', 'showRecordId']) if (input.flag(name)) throw notDone(name);
  for (const name of ['min', 'max']) if (input.doc(name)?.fields.size) throw notDone(name);
  const options = { single: input.flag('singleBatch'), keep: input.flag('noCursorTimeout') };
  return {
    cursor: context.cursors.start(input.ns, documents(input, context), input.count('batchSize'), options),
  };
}

function runCount(input: Input, context: Context): Record<string, Value> {
  const collection = context.catalog.find(input.ns);
  const wanted = wantedOf(input, 'query');
  return { n: whole(countOf(collection, wanted)) };
}

/** Counts without reading documents where the count is kept. */
function countOf(collection: ReturnType<Context['catalog']['find']>, wanted: Wanted): number {
  if (collection && !wanted.filter?.fields.size && !wanted.skip && !wanted.limit) return collection.count;
  let n = 0;
  const found = search(collection, wanted);
  while (!found.next().done) n += 1;
  return n;
}

function runDistinct(input: Input, context: Context): Record<string, Value> {
  const key = input.text('key');
  if (!key) throw new StoreError(40414, "BSON field 'distinct.key' is missing but a required field");
  const values = new Map<string, Value>();
  const parts = key.split('.');
  for (const { doc } of search(context.catalog.find(input.ns), {
    filter: input.doc('query'),
    hint: input.body.get('hint'),
    deadline: input.deadline,
  })) {
    somePath(doc, parts, false, (value) => {
      for (const one of value instanceof Arr ? value.items : value === undefined ? [] : [value]) {
        values.set(keyOf(one).toString('latin1'), one);
      }
      return false;
    });
  }
  return { values: new Arr([...values.values()].sort(compareValues)) };
}

function runAggregate(input: Input, context: Context): Record<string, Value> {
  const target = input.body.get('aggregate');
  const pipeline = input.docs('pipeline');
  const cursor = input.doc('cursor');
  if (!cursor)
    throw new StoreError(
      9,
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  if (input.flag('explain')) throw notDone('aggregate with explain (use the explain command)');
  const batch = cursor.get('batchSize');
  const ns = typeof target === 'string' ? input.ns : `${input.db}.$cmd.aggregate`;
  const name = typeof target === 'string' ? target : undefined;
  const size = isNumber(batch) ? toNumber(batch) : undefined;
  if (pipeline[0]?.get('$changeStream') !== undefined) {
    const live = changeStream(context.catalog, input.db, name, pipeline);
    return { cursor: context.cursors.start(ns, [], size, { live }) };
  }
  const found = runPipeline(
    context.catalog,
    input.db,
    name,
    pipeline,
    input.body.get('hint'),
    input.deadline,
  );
  return { cursor: context.cursors.start(ns, found, size) };
}

/** https://www.mongodb.com/docs/manual/reference/command/explain/ ; the winning plan in MongoDB's names. */
function runExplain(input: Input, context: Context): Record<string, Value> {
  const inner = input.doc('explain');
  const name = inner?.fields.keys().next().value ?? '';
  const target = inner?.get(name);
  if (!inner || typeof target !== 'string') throw new StoreError(9, 'explain needs a command');
  let filter = inner.get('filter') ?? inner.get('query');
  let sort = inner.get('sort');
  const [first] = [inner.get('updates'), inner.get('deletes')].flatMap((list) =>
    list instanceof Arr ? list.items : [],
  );
  if (first instanceof Doc) filter = first.get('q');
  const stages = inner.get('pipeline');
  if (stages instanceof Arr) {
    const [match] = stages.items;
    filter = match instanceof Doc ? match.get('$match') : undefined;
    sort = undefined;
  } else if (
    !['find', 'count', 'distinct', 'update', 'delete', 'findAndModify', 'findandmodify'].includes(name)
  )
    throw notDone(`explain of ${name}`);
  const collection = context.catalog.find(`${input.db}.${target}`);
  const wanted = {
    filter: filter instanceof Doc ? filter : undefined,
    sort: sort instanceof Doc ? sort : undefined,
    hint: inner.get('hint'),
  };
  const winning = collection ? explained(collection, wanted) : doc1({ stage: 'EOF' });
  return {
    explainVersion: '1',
    queryPlanner: doc1({
      namespace: `${input.db}.${target}`,
      parsedQuery: wanted.filter ?? new Doc(),
      winningPlan: winning,
      rejectedPlans: new Arr([]),
    }),
    command: inner,
  };
}

const doc1 = (fields: Record<string, Value>): Doc => new Doc(new Map(Object.entries(fields)));

function explained(collection: NonNullable<ReturnType<Context['catalog']['find']>>, wanted: Wanted): Doc {
  const { query, sort, hint } = searchOf(wanted, collection);
  const chosen = plan(collection, query, sort, hint);
  const sorting = (inputStage: Doc): Doc =>
    chosen.sorted ? inputStage : doc1({ stage: 'SORT', sortPattern: wanted.sort ?? new Doc(), inputStage });
  if (chosen.kind === 'none') return doc1({ stage: 'EOF' });
  if (chosen.kind === 'all') return sorting(doc1({ stage: 'COLLSCAN', direction: 'forward' }));
  if (chosen.kind === 'or') {
    const inputStages = chosen.branches.map(({ plan: inner }) => {
      return inner.kind === 'index' ? fetch(inner) : doc1({ stage: inner.kind === 'none' ? 'EOF' : 'OR' });
    });
    return sorting(doc1({ stage: 'OR', inputStages: new Arr(inputStages) }));
  }
  return sorting(fetch(chosen));
}

function fetch(chosen: Extract<ReturnType<typeof plan>, { kind: 'index' }>): Doc {
  const scan = doc1({
    stage: 'IXSCAN',
    keyPattern: chosen.index.key,
    indexName: chosen.index.name,
    isMultiKey: chosen.index.multikey !== 0,
    isUnique: chosen.index.unique,
    isSparse: chosen.index.sparse,
    isPartial: chosen.index.partial !== undefined,
    direction: chosen.reverse ? 'backward' : 'forward',
    boundedFields: chosen.bound,
    ranges: chosen.ranges.length,
  });
  return doc1({ stage: 'FETCH', inputStage: scan });
}

function runGetMore(input: Input, context: Context): Record<string, Value> {
  const id = input.body.get('getMore');
  const collection = input.text('collection');
  if (!isNumber(id))
    throw new StoreError(14, "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
  const cursor = typeof id === 'bigint' ? id : BigInt(Math.trunc(toNumber(id)));
  return {
    cursor: context.cursors.next(
      cursor,
      `${input.db}.${collection ?? ''}`,
      input.count('batchSize'),
      input.count('maxTimeMS'),
    ),
  };
}

function runKill(input: Input, context: Context): Record<string, Value> {
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
  find: {
    fields: [
      'filter',
      'sort',
      'projection',
      'hint',
      'skip',
      'limit',
      'batchSize',
      'singleBatch',
      'tailable',
      'awaitData',
      'allowDiskUse',
      'noCursorTimeout',
      'returnKey',
      'showRecordId',
      'min',
      'max',
      'allowPartialResults',
      'oplogReplay',
    ],
    run: runFind,
  },
  getMore: { fields: ['collection', 'batchSize'], run: runGetMore },
  killCursors: { fields: ['cursors'], run: runKill },
  count: { fields: ['query', 'limit', 'skip', 'hint'], run: runCount },
  distinct: { fields: ['key', 'query', 'hint'], run: runDistinct },
  aggregate: {
    fields: ['pipeline', 'cursor', 'explain', 'allowDiskUse', 'hint', 'bypassDocumentValidation'],
    run: runAggregate,
  },
  explain: { fields: ['verbosity'], run: runExplain },
};
