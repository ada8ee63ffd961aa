import { search } from '../commands/search.ts';
import { compileQuery } from '../queries/compileQuery.ts';
import { sortKey, sortOf } from '../queries/find.ts';
import { matches } from '../queries/query.ts';
import { somePath } from '../queries/somePath.ts';
import { names } from '../names.ts';
import { notDone, StoreError } from '../storeError.ts';
import { type Catalog } from '../storage/catalog.ts';
import { changePath } from '../updates/changePath.ts';
import { doc, whole } from '../values/build.ts';
import { isNumber, toNumber } from '../values/numbers.ts';
import { Arr, Doc, Raw, TYPE, type Value } from '../values/value.ts';
import { fieldParts } from './expression.ts';
import { group } from './group.ts';
import { compileShape, isExpression, objectOf, plainPath, stageOf, type Shape } from './shapes.ts';

/** One stage: documents in, documents out. */
export type Stage = (from: Iterable<Doc>) => Iterable<Doc>;

interface Place {
  catalog: Catalog;
  db: string;
}

/**
 * Runs a pipeline. A `$match`, `$sort`, `$skip`, `$limit` at its head use indexes like `find`; later stages stream.
 * https://www.mongodb.com/docs/manual/reference/operator/aggregation-pipeline/
 *
 * @throws StoreError 40324 for a stage nobody knows, 238 for one this store has not
 */
export function runPipeline(
  catalog: Catalog,
  db: string,
  name: string | undefined,
  pipeline: readonly Doc[],
): Iterable<Doc> {
  const stages = pipeline.map(stageOf);
  if (name === undefined) throw notDone('an aggregation without a collection');
  const head: Record<string, Value> = {};
  for (const wanted of ['$match', '$sort', '$limit'])
    if (stages[0]?.[0] === wanted) head[wanted] = stages.shift()?.[1] ?? null;
  const [given, sort, limit] = [head.$match, head.$sort, head.$limit];
  if (given !== undefined && !(given instanceof Doc))
    throw new StoreError(15959, 'the match filter must be an expression in an object');
  if (sort !== undefined && !(sort instanceof Doc))
    throw new StoreError(15973, 'the $sort key specification must be an object');
  if (sort?.fields.size === 0) throw new StoreError(15976, '$sort stage must have at least one sort key');
  const most = limit === undefined ? 0 : positive('$limit', limit);
  const found = search(catalog.find(`${db}.${name}`), { filter: given, sort, limit: most });
  const rest = stages.map(([stage, value]) => compileStage(stage, value, { catalog, db }));
  return rest.reduce<Iterable<Doc>>((from, stage) => stage(from), docs(found));
}

function* docs(found: Iterable<{ doc: Doc }>): Generator<Doc> {
  for (const { doc } of found) yield doc;
}

function positive(name: string, value: Value): number {
  const number = isNumber(value) ? toNumber(value) : NaN;
  if (!Number.isInteger(number) || number < (name === '$skip' ? 0 : 1))
    throw new StoreError(
      name === '$skip' ? 5107200 : 15958,
      `the argument of ${name} must be a positive whole number`,
    );
  return number;
}

function sortByCount(value: Value, place: Place): Stage {
  if (!(typeof value === 'string' ? value.startsWith('$') : value instanceof Doc && isExpression(value)))
    throw new StoreError(40148, 'the sortByCount field must be a $-prefixed path or an expression');
  const counted = group(doc({ _id: value, count: doc({ $sum: 1 }) }));
  const ordered = compileStage('$sort', doc({ count: -1 }), place);
  return (from) => ordered(counted(from));
}

function sorted(given: Doc): Stage {
  const sort = sortOf(given);
  if (sort.length === 0) throw new StoreError(15976, '$sort stage must have at least one sort key');
  return (from) =>
    [...from]
      .map((doc) => ({ doc, key: sortKey(doc, sort) }))
      .sort((a, b) => Buffer.compare(a.key, b.key))
      .map(({ doc }) => doc);
}

const STAGES: Record<string, (value: Value, place: Place) => Stage> = {
  $match: (value) => {
    const query = compileQuery(objectOf('$match', value));
    return (from) => select(from, (doc) => matches(query, doc));
  },
  $sort: (value) => sorted(objectOf('$sort', value)),
  $limit: (value) => limited(positive('$limit', value)),
  $skip: (value) => {
    const count = positive('$skip', value);
    return (from) => select(from, (_doc, at) => at >= count);
  },
  $count: counted,
  $group: group,
  $unwind: unwind,
  $sortByCount: sortByCount,
  $lookup: (value, place) => lookup(objectOf('$lookup', value), place),
};

/** Stages of MongoDB that this store has not: https://www.mongodb.com/docs/manual/reference/operator/aggregation-pipeline/ */
const MISSING =
  names(`$facet $bucket $bucketAuto $merge $out $unionWith $graphLookup $geoNear $sample $redact $search
  $setWindowFields $changeStream $collStats $indexStats $densify $fill $documents $currentOp $listSessions`);

/** Compiles one stage. @throws StoreError 40324 for a stage nobody knows, 238 for one this store has not */
function compileStage(name: string, value: Value, place: Place): Stage {
  const shape = compileShape(name, value);
  if (shape) return mapped(shape);
  const stage = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (stage) return stage(value, place);
  if (MISSING.includes(name)) throw notDone(`the stage ${name}`);
  throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}'`);
}

function* select(from: Iterable<Doc>, test: (doc: Doc, at: number) => boolean): Generator<Doc> {
  let at = 0;
  for (const doc of from) {
    if (test(doc, at)) yield doc;
    at += 1;
  }
}

const limited = (count: number): Stage =>
  function* limit(from) {
    let left = count;
    for (const doc of from) {
      yield doc;
      left -= 1;
      if (left === 0) return;
    }
  };

const mapped = (change: Shape): Stage =>
  function* map(from) {
    for (const doc of from) yield change(doc);
  };

function counted(name: Value): Stage {
  if (typeof name !== 'string' || !name || name.startsWith('$') || name.includes('.'))
    throw new StoreError(40156, 'the count field must be a non-empty string without $ and dots');
  return function* count(from) {
    const n = [...from].length;
    if (n > 0) yield doc({ [name]: whole(n) });
  };
}

function unwind(given: Value): Stage {
  const path = given instanceof Doc ? given.get('path') : given;
  if (given instanceof Doc)
    for (const name of given.fields.keys())
      if (name !== 'path' && name !== 'preserveNullAndEmptyArrays') throw notDone(`$unwind with ${name}`);
  const preserve = given instanceof Doc ? given.get('preserveNullAndEmptyArrays') : undefined;
  if (preserve !== undefined && typeof preserve !== 'boolean')
    throw new StoreError(
      28809,
      'expected a boolean for the preserveNullAndEmptyArrays option to $unwind stage',
    );
  if (typeof path !== 'string' || !path.startsWith('$'))
    throw new StoreError(28818, "path option to $unwind stage should be prefixed with a '$'");
  const parts = fieldParts(path.slice(1));
  return function* unwound(from) {
    for (const doc of from) {
      const value = plainPath(doc, parts);
      const items = value instanceof Arr ? value.items : value === undefined || value === null ? [] : [value];
      if (items.length === 0 && preserve) {
        const copy = doc.copy();
        if (value instanceof Arr) changePath(copy, parts, false, () => undefined);
        yield copy;
      }
      for (const item of items) {
        const copy = doc.copy();
        changePath(copy, parts, true, () => item);
        yield copy;
      }
    }
  };
}

/** What `$lookup` looks for: the elements of arrays at the path; null where there is nothing, so too for an empty array. */
function localValues(root: Doc, parts: readonly string[]): Value[] {
  const values: Value[] = [];
  somePath(root, parts, false, (value) => {
    if (value instanceof Arr) values.push(...value.items);
    else if (value !== undefined) values.push(value);
    return false;
  });
  return values.length > 0 ? values : [null];
}

const LOOKUP = ['from', 'localField', 'foreignField', 'as'];

/** `$lookup` by equality; the `pipeline` form is refused. */
function lookup(given: Doc, { catalog, db }: Place): Stage {
  const [from, local, foreign, as] = LOOKUP.map((name) => given.get(name));
  if (given.get('pipeline') !== undefined || given.get('let') !== undefined)
    throw notDone('$lookup with a pipeline');
  const odd = [...given.fields.keys()].find((name) => !LOOKUP.includes(name));
  if (odd !== undefined) throw new StoreError(9, `unknown argument to $lookup: ${odd}`);
  if (
    typeof from !== 'string' ||
    typeof local !== 'string' ||
    typeof foreign !== 'string' ||
    typeof as !== 'string'
  )
    throw new StoreError(9, '$lookup needs from, localField, foreignField and as');
  const parts = fieldParts(local);
  if (parts.some((part) => /^\d+$/.test(part))) throw notDone(`$lookup by an array position (${local})`);
  return mapped((root) => {
    const list = new Arr(localValues(root, parts));
    if (list.items.some((item) => item instanceof Raw && item.type === TYPE.regex))
      throw notDone('$lookup by a regular expression');
    const wanted = { filter: doc({ [foreign]: doc({ $in: list }) }) };
    const made = root.copy();
    const found = [...search(catalog.find(`${db}.${from}`), wanted)].map(({ doc }) => doc);
    changePath(made, as.split('.'), true, () => new Arr(found));
    return made;
  });
}
