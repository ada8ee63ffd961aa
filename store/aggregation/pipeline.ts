import { filter, search } from '../commands/search.ts';
import { truthy } from '../queries/compileQuery.ts';
import { sortKey, sortOf } from '../queries/find.ts';
import { projection, type Projection } from '../queries/projection.ts';
import { matches } from '../queries/query.ts';
import { somePath } from '../queries/somePath.ts';
import { refuseOthers } from '../refuseOthers.ts';
import { notDone, StoreError } from '../storeError.ts';
import { type Catalog } from '../storage/catalog.ts';
import { changePath } from '../updates/changePath.ts';
import { whole } from '../values/build.ts';
import { isNumber, toNumber } from '../values/numbers.ts';
import { Arr, Doc, Raw, TYPE, type Value } from '../values/value.ts';
import { compileExpression, fieldParts, fieldPath } from './expression.ts';
import { group } from './group.ts';

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
  hint?: Value,
): Iterable<Doc> {
  const stages = pipeline.map((stage): [string, Value] => {
    const [only] = stage.fields;
    if (!only || stage.fields.size !== 1)
      throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
    return only;
  });
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
  const wanted = {
    filter: given,
    sort,
    limit: limit === undefined ? 0 : positive('$limit', limit),
    hint,
  };
  const found = search(catalog.find(`${db}.${name}`), wanted);
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

function objectOf(name: string, value: Value): Doc {
  if (value instanceof Doc) return value;
  throw new StoreError(40272, `${name} specification must be an object`);
}

/** Compiles one stage. @throws StoreError 40324 for a stage nobody knows, 238 for one this store has not */
export function compileStage(name: string, value: Value, place: Place): Stage {
  const shape = compileShape(name, value);
  if (shape) return mapped(shape);
  switch (name) {
    case '$match': {
      const query = filter(objectOf(name, value));
      return (from) => select(from, (doc) => matches(query, doc));
    }
    case '$sort': {
      const sort = sortOf(objectOf(name, value));
      if (sort.length === 0) throw new StoreError(15976, '$sort stage must have at least one sort key');
      return (from) =>
        [...from]
          .map((doc) => ({ doc, key: sortKey(doc, sort) }))
          .sort((a, b) => Buffer.compare(a.key, b.key))
          .map(({ doc }) => doc);
    }
    case '$limit':
      return limited(positive(name, value));
    case '$skip': {
      const count = positive(name, value);
      return (from) => select(from, (_doc, at) => at >= count);
    }
    case '$count':
      return counted(value);
    case '$group':
      return group(value);
    case '$unwind':
      return unwind(value);
    case '$sortByCount':
      if (!(typeof value === 'string' ? value.startsWith('$') : value instanceof Doc && isExpression(value)))
        throw new StoreError(40148, 'the sortByCount field must be a $-prefixed path or an expression');
      return (from) =>
        compileStage(
          '$sort',
          new Doc(new Map([['count', -1]])),
          place,
        )(
          group(
            new Doc(
              new Map<string, Value>([
                ['_id', value],
                ['count', new Doc(new Map([['$sum', 1]]))],
              ]),
            ),
          )(from),
        );
    case '$lookup':
      return lookup(objectOf(name, value), place);
    default:
      if (
        /^\$(facet|bucket|bucketAuto|merge|out|unionWith|graphLookup|geoNear|sample|redact|search|setWindowFields|changeStream|collStats|indexStats|densify|fill|documents|currentOp|listSessions)$/.test(
          name,
        )
      )
        throw notDone(`the stage ${name}`);
      throw new StoreError(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

/**
 * An update given as a pipeline, as a change of one document.
 * https://www.mongodb.com/docs/manual/tutorial/update-documents-with-aggregation-pipeline/
 */
export function compileChange(pipeline: readonly Value[]): (doc: Doc) => Doc {
  const changes = pipeline.map((stage) => {
    const [only] = stage instanceof Doc ? stage.fields : [];
    if (!(stage instanceof Doc) || !only || stage.fields.size !== 1)
      throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
    const made = compileShape(...only);
    if (
      !made &&
      /^\$(match|group|sort|limit|skip|count|unwind|lookup|sortByCount|out|merge|facet)$/.test(only[0])
    )
      throw new StoreError(72, `${only[0]} is not allowed to be used within an update`);
    if (!made) throw new StoreError(40324, `Unrecognized pipeline stage name: '${only[0]}'`);
    return made;
  });
  return (doc) => changes.reduce((made, change) => change(made), doc);
}

/** A stage that makes one document of one, if it is such a stage. */
function compileShape(name: string, value: Value): ((doc: Doc) => Doc) | undefined {
  switch (name) {
    case '$project':
      return project(objectOf(name, value));
    case '$addFields':
    case '$set':
      return addFields(objectOf(name, value));
    case '$unset':
      return unset(value);
    case '$replaceRoot':
      refuseOthers(objectOf(name, value), ['newRoot'], name);
      return replaceRoot(objectOf(name, value).get('newRoot'));
    case '$replaceWith':
      return replaceRoot(value);
    default:
      return undefined;
  }
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

const mapped = (change: (doc: Doc) => Doc): Stage =>
  function* map(from) {
    for (const doc of from) yield change(doc);
  };

function counted(name: Value): Stage {
  if (typeof name !== 'string' || !name || name.startsWith('$') || name.includes('.'))
    throw new StoreError(40156, 'the count field must be a non-empty string without $ and dots');
  return function* count(from) {
    const n = [...from].length;
    if (n > 0) yield new Doc(new Map([[name, whole(n)]]));
  };
}

/** `$project`: inclusion and exclusion as in `find`; top-level fields computed by expressions. */
function project(given: Doc): (doc: Doc) => Doc {
  const computed = [...given.fields].filter(([name, value]) => !isShape(name, value));
  const kept = new Map([...given.fields].filter(([name]) => !computed.some(([other]) => other === name)));
  for (const [name] of computed) {
    if (fieldParts(name).length > 1) throw notDone('a computed dotted field in $project');
    if ([...kept.keys()].some((other) => other.startsWith(`${name}.`)))
      throw new StoreError(31249, `Path collision at ${name}`);
  }
  if (given.fields.size === 0)
    throw new StoreError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  if (computed.length === 0) return projection(given).apply;
  if ([...kept].some(([name, value]) => name !== '_id' && !truthy(value)))
    throw new StoreError(31254, 'Cannot do exclusion in inclusion projection');
  if (computed.some(([name]) => name === '_id')) kept.set('_id', 0);
  const only = [...kept.keys()].every((name) => name === '_id');
  const idOnly = new Doc(new Map<string, Value>([['_id', 1]]));
  const shape = only
    ? truthy(kept.get('_id') ?? true)
      ? projection(idOnly)
      : undefined
    : projection(new Doc(kept));
  const fields = computed.map(([name, value]) => ({ name, compute: compileExpression(value) }));
  return (root) => {
    const made = shape ? new Doc(new Map(shape.apply(root).fields)) : new Doc();
    for (const { name, compute } of fields) {
      const value = compute({ root });
      if (value !== undefined) made.set(name, value);
    }
    return made;
  };
}

const FIND_ONLY = ['$slice', '$elemMatch', '$meta'];

const ofFind = (given: Doc): boolean =>
  [...given.fields].some(
    ([name, value]) =>
      name.endsWith('.$') ||
      (value instanceof Doc && (FIND_ONLY.some((only) => value.get(only) !== undefined) || ofFind(value))),
  );

/** The projection of `find`: its own operators, or fields computed as in `$project`. */
export const findProjection = (given: Doc): Projection =>
  ofFind(given) ? projection(given) : { apply: project(given), positional: false };

/** Whether a field of `$project` only keeps or drops; a sub-document of such fields does too. */
function isShape(name: string, value: Value): boolean {
  if (!(value instanceof Doc)) return isNumber(value) || typeof value === 'boolean';
  if (isExpression(value)) return false;
  const shapes = [...value.fields].map(([inner, nested]) => isShape(`${name}.${inner}`, nested));
  if (shapes.includes(false)) throw notDone(`a computed field inside '${name}' in $project`);
  return true;
}

const isExpression = (value: Doc): boolean => value.fields.keys().next().value?.startsWith('$') ?? false;

/** `{a: {b: 1}}` of `$addFields` sets `a.b` and leaves the rest of `a`. */
function* setters(given: Doc, prefix: string): Generator<[string, Value]> {
  for (const [name, value] of given.fields) {
    if (!(value instanceof Doc) || isExpression(value)) yield [prefix + name, value];
    else if (value.fields.size === 0) throw notDone('an empty document in $addFields (write {$literal: {}})');
    else yield* setters(value, `${prefix}${name}.`);
  }
}

function addFields(given: Doc): (doc: Doc) => Doc {
  const fields = [...setters(given, '')].map(([path, value]) => ({
    path: fieldParts(path),
    compute: compileExpression(value),
  }));
  return (root) => {
    const made = root.copy();
    for (const { path, compute } of fields) {
      const value = compute({ root });
      if (path.length > 1 && path.some((_, n) => n > 0 && fieldPath(root, path.slice(0, n)) instanceof Arr))
        throw notDone('$addFields into an array');
      for (let n = 1; n < path.length; n += 1)
        if (!(plainPath(made, path.slice(0, n)) instanceof Doc))
          changePath(made, path.slice(0, n), true, () => new Doc());
      changePath(made, path, value !== undefined, () => value);
    }
    return made;
  };
}

function unset(given: Value): (doc: Doc) => Doc {
  const paths = given instanceof Arr ? given.items : [given];
  if (paths.length === 0)
    throw new StoreError(31119, '$unset specification must be a string or an array with at least one field');
  const spec = new Map<string, Value>();
  for (const path of paths) {
    if (typeof path !== 'string')
      throw new StoreError(31120, '$unset specification must be a string or an array of strings');
    spec.set(path, 0);
  }
  return projection(new Doc(spec)).apply;
}

function replaceRoot(given: Value | undefined): (doc: Doc) => Doc {
  if (given === undefined) throw new StoreError(40231, 'no newRoot specified for the $replaceRoot stage');
  const compute = compileExpression(given);
  return (root) => {
    const value = compute({ root });
    if (!(value instanceof Doc))
      throw new StoreError(40228, "'newRoot' expression must evaluate to an object");
    return value;
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

const plainPath = (doc: Doc, parts: readonly string[]): Value | undefined =>
  parts.reduce<Value | undefined>((at, part) => (at instanceof Doc ? at.get(part) : undefined), doc);

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
    const wanted = { filter: new Doc(new Map([[foreign, new Doc(new Map([['$in', list]]))]])) };
    const made = root.copy();
    const found = [...search(catalog.find(`${db}.${from}`), wanted)].map(({ doc }) => doc);
    changePath(made, as.split('.'), true, () => new Arr(found));
    return made;
  });
}
