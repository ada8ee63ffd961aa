import { runPipeline } from '../aggregation/pipeline.ts';
import { clock } from '../clock.ts';
import { plan } from '../queries/plan.ts';
import { notDone, StoreError } from '../storeError.ts';
import { type Collection } from '../storage/collection.ts';
import { doc, whole } from '../values/build.ts';
import { Arr, Doc, type Value } from '../values/value.ts';
import { checkFields } from './checkFields.ts';
import { command, type Command, type Context, type Fields, Input } from './command.ts';
import { reads, wantedOf as readsOf } from './reads.ts';
import { counted, searchOf, type Wanted } from './search.ts';
import { writes } from './writes.ts';

const { find, count, distinct, aggregate } = reads;
const { insert: _, ...changes } = writes;
const EXPLAINED: Record<string, Command | undefined> = { find, count, distinct, aggregate, ...changes };

/** https://www.mongodb.com/docs/manual/reference/command/explain/ ; the winning plan in MongoDB's names. */
function runExplain(input: Input, context: Context): Fields {
  const given = input.doc('explain');
  if (!given) throw new StoreError(9, 'explain needs a command');
  // Its fields are those of a command, which knows its database from the one around it.
  const inner = new Input(new Doc(new Map(given.fields).set('$db', input.db)), input.connection);
  const known = EXPLAINED[inner.name];
  if (!known) throw notDone(`explain of ${inner.name}`);
  checkFields(known, inner);
  if (inner.name === 'aggregate') checkPipeline(inner, context);
  const wanted = wantedOf(inner);
  const collection = context.catalog.find(inner.ns);
  const winning = collection ? explained(collection, wanted) : doc({ stage: 'EOF' });
  return {
    explainVersion: '1',
    queryPlanner: doc({
      namespace: inner.ns,
      parsedQuery: wanted.filter ?? new Doc(),
      winningPlan: winning,
      rejectedPlans: new Arr([]),
    }),
    executionStats: executes(input) ? executed(collection, wanted, winning) : undefined,
    command: given,
  };
}

/** Refuses what running the pipeline would refuse; nothing is read, stages being lazy. @throws StoreError */
function checkPipeline(inner: Input, { catalog }: Context): void {
  if (inner.body.get('writeConcern') !== undefined)
    throw new StoreError(9, "Aggregation explain does not support the 'writeConcern' option");
  const name = inner.body.get('aggregate');
  runPipeline(catalog, inner.db, typeof name === 'string' ? name : undefined, inner.docs('pipeline'));
}

/** Whether the figures of an execution are asked for; MongoDB gives them unless the plan alone is. */
function executes(input: Input): boolean {
  const verbosity = input.body.get('verbosity') ?? 'allPlansExecution';
  if (verbosity === 'queryPlanner') return false;
  if (verbosity === 'executionStats' || verbosity === 'allPlansExecution') return true;
  const shown = String(verbosity);
  throw new StoreError(2, `Enumeration value '${shown}' for field 'explain.verbosity' is not a valid value`);
}

/**
 * Does the search a command begins with, changes nothing, and tells what was read for it.
 * https://www.mongodb.com/docs/manual/reference/explain-results/#executionstats
 *
 * @param executionStages the winning plan; its single stages are not counted apart
 */
function executed(collection: Collection | undefined, wanted: Wanted, executionStages: Doc): Doc {
  const before = { ...collection?.read };
  const read = (what: 'keys' | 'documents'): Value =>
    whole((collection?.read[what] ?? 0) - (before[what] ?? 0));
  const from = clock.now();
  const nReturned = whole(counted(collection, wanted));
  return doc({
    executionSuccess: true,
    nReturned,
    executionTimeMillis: whole(Math.max(0, clock.now() - from)),
    totalKeysExamined: read('keys'),
    totalDocsExamined: read('documents'),
    executionStages,
  });
}

/** What the command looks for: its own filter, that of its first write, or the `$match` a pipeline begins with. */
function wantedOf(inner: Input): Wanted {
  const [write] = [...(inner.list('updates')?.items ?? []), ...(inner.list('deletes')?.items ?? [])];
  if (write instanceof Doc) {
    const many = write.get('multi') === true || write.get('limit') === 0;
    return { filter: docIn(write, 'q'), limit: many ? 0 : 1 };
  }
  const [stage] = inner.list('pipeline')?.items ?? [];
  if (stage instanceof Doc) return { filter: docIn(stage, '$match') };
  const wanted = readsOf(inner, inner.name === 'find' ? 'filter' : 'query');
  return inner.name === 'findAndModify' ? { ...wanted, limit: 1 } : wanted;
}

function docIn(from: Doc, name: string): Doc | undefined {
  const found = from.get(name);
  return found instanceof Doc ? found : undefined;
}

function explained(collection: Collection, wanted: Wanted): Doc {
  const { query, sort } = searchOf(wanted);
  const chosen = plan(collection, query, sort);
  const sorting = (inputStage: Doc): Doc =>
    chosen.sorted ? inputStage : doc({ stage: 'SORT', sortPattern: wanted.sort ?? new Doc(), inputStage });
  if (chosen.kind === 'none') return doc({ stage: 'EOF' });
  if (chosen.kind === 'all') return sorting(doc({ stage: 'COLLSCAN', direction: 'forward' }));
  if (chosen.kind === 'or') {
    const inputStages = chosen.branches.map(({ plan: inner }) => {
      return inner.kind === 'index' ? fetch(inner) : doc({ stage: inner.kind === 'none' ? 'EOF' : 'OR' });
    });
    return sorting(doc({ stage: 'OR', inputStages: new Arr(inputStages) }));
  }
  return sorting(fetch(chosen));
}

function fetch(chosen: Extract<ReturnType<typeof plan>, { kind: 'index' }>): Doc {
  const scan = doc({
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
  return doc({ stage: 'FETCH', inputStage: scan });
}

/** The command that tells how another would be done, which it does not do. */
export const explain: Record<string, Command> = { explain: command('verbosity', runExplain) };
