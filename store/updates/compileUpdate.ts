import { compileQuery } from '../queries/compileQuery.ts';
import { matches, type Query } from '../queries/query.ts';
import { notDone, StoreError } from '../storeError.ts';
import { compareValues } from '../values/compare.ts';
import { Arr, copyValue, Doc, type Value } from '../values/value.ts';
import { changePath, valueAt } from './changePath.ts';
import { stamped } from './stamped.ts';
import { isDynamic, stepsOf, type Step } from './steps.ts';

/** What one application of an update knows beside the document. */
export interface Applied {
  /** The index that the positional `$` stands for. */
  index?: number;
  /** True while an upsert makes its document: `$setOnInsert` counts. */
  insert: boolean;
  /** Receives the places written to, with array positions. */
  paths?: string[][];
}

/** A compiled update: changes the document in place and gives the top-level fields it may have changed. */
export interface Update {
  apply: (doc: Doc, applied: Applied) => void;
  /** Missing where any field may have changed. */
  changed: ReadonlySet<string> | undefined;
  kind: 'operators' | 'replacement';
}

/**
 * Compiles an update document or a replacement. https://www.mongodb.com/docs/manual/reference/mql/update/
 *
 * @throws StoreError 9, 40, 52 … as MongoDB; 238 for `$bit` and a pipeline
 */
export function compileUpdate(given: Value | undefined, arrayFilters?: Arr): Update {
  if (given instanceof Arr) throw notDone('an update by a pipeline');
  if (!(given instanceof Doc))
    throw new StoreError(9, 'Update argument must be either an object or an array');
  const first = given.fields.keys().next().value;
  if (!first?.startsWith('$')) return replacement(given, arrayFilters);
  const steps = [...given.fields]
    .flatMap(([operator, fields]) => stepsOf(operator, fields))
    .sort((a, b) => comparePaths(a.path, b.path));
  refuseConflicts(steps);
  const filters = compileFilters(arrayFilters, steps);
  return {
    apply: (doc, applied) => {
      for (const step of steps)
        if (step.operator !== '$setOnInsert' || applied.insert) run(doc, step, applied, filters);
      if (!applied.insert) refuseDollars(steps, doc);
    },
    kind: 'operators',
    changed: new Set(steps.flatMap(({ path, from }) => [path[0] ?? '', from?.[0] ?? ''])),
  };
}

function replacement(given: Doc, arrayFilters?: Arr): Update {
  if (arrayFilters) throw new StoreError(9, 'cannot use arrayFilters with a replacement');
  for (const name of given.fields.keys()) {
    if (name.startsWith('$'))
      throw new StoreError(
        52,
        `The dollar ($) prefixed field '${name}' is not allowed in the context of an update's replacement document.`,
      );
  }
  return { apply: (doc) => replaceBy(doc, given), kind: 'replacement', changed: undefined };
}

/** Puts other fields in place of a document's; its `_id` stays. */
function replaceBy(doc: Doc, given: Doc): void {
  const id = doc.get('_id') ?? given.get('_id');
  const replaced = given.get('_id');
  if (id !== undefined && replaced !== undefined && compareValues(id, replaced) !== 0)
    throw new StoreError(
      66,
      "After applying the update, the (immutable) field '_id' was found to have been altered",
    );
  for (const name of [...doc.fields.keys()]) doc.delete(name);
  if (id !== undefined) doc.set('_id', id);
  for (const [name, value] of given.fields) if (name !== '_id') doc.set(name, copyValue(value));
  stamped(doc);
}

/** An insert may make a top-level field whose name begins with a dollar, an update may not set one. */
function refuseDollars(steps: readonly Step[], doc: Doc): void {
  const bad = steps.find(({ path, create }) => create && path[0]?.startsWith('$') && doc.fields.has(path[0]));
  if (bad)
    throw new StoreError(
      52,
      `The dollar ($) prefixed field '${bad.path[0]}' in '${bad.path.join('.')}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
    );
}

const isWhole = (part: string): boolean => /^\d+$/.test(part);

/** New fields appear in this order: by name, numbers by value. */
function comparePaths(a: readonly string[], b: readonly string[]): number {
  for (const [n, x] of a.entries()) {
    const y = b[n];
    if (y === undefined) return 1;
    if (x !== y) return isWhole(x) && isWhole(y) ? Number(x) - Number(y) : x < y ? -1 : 1;
  }
  return a.length - b.length;
}

function refuseConflicts(steps: readonly Step[]): void {
  const paths = steps.flatMap(({ path, from }) => (from ? [path, from] : [path])).sort(comparePaths);
  for (const [n, path] of paths.entries()) {
    const before = paths[n - 1];
    if (before?.every((part, at) => part === path[at])) {
      throw new StoreError(
        40,
        `Updating the path '${path.join('.')}' would create a conflict at '${before.join('.')}'`,
      );
    }
  }
}

function compileFilters(given: Arr | undefined, steps: readonly Step[]): Map<string, Query> {
  const filters = new Map<string, Query>();
  for (const filter of given?.items ?? []) {
    if (!(filter instanceof Doc)) throw new StoreError(14, 'arrayFilters must be objects');
    const query = compileQuery(filter);
    const names = new Set(fieldsOf(query).map((path) => path.split('.')[0] ?? ''));
    const [name] = names;
    if (name === undefined || names.size > 1)
      throw new StoreError(9, 'Error parsing array filter: expected a single top-level field name');
    if (filters.has(name))
      throw new StoreError(9, `Found multiple array filters with the same top-level field name ${name}`);
    if (!steps.some(({ path }) => path.includes(`$[${name}]`)))
      throw new StoreError(9, `The array filter for identifier '${name}' was not used in the update`);
    filters.set(name, query);
  }
  return filters;
}

function fieldsOf(query: Query): string[] {
  if (query.op === 'field') return [query.path];
  if (query.op === 'not') return fieldsOf(query.kid);
  return query.kids.flatMap(fieldsOf);
}

function run(doc: Doc, step: Step, applied: Applied, filters: Map<string, Query>): void {
  if (step.from) {
    const { from } = step;
    for (const path of [from, step.path]) refuseArrays(doc, path);
    const value = valueAt(doc, from);
    if (value === undefined) return;
    write(doc, from, { ...step, create: false, change: () => undefined }, applied);
    write(doc, step.path, { ...step, change: () => value }, applied);
    return;
  }
  for (const path of concrete(doc, step.path, applied, filters)) {
    if (step.operator === '$pop') refuseBlocked(doc, path);
    write(doc, path, step, applied);
  }
}

/** Unlike the others that create nothing, `$pop` minds a path that leads through a value with nothing in it. */
function refuseBlocked(doc: Doc, path: readonly string[]): void {
  for (let n = 1; n < path.length; n += 1) {
    const value = valueAt(doc, path.slice(0, n));
    if (value === undefined) return;
    if (!(value instanceof Doc) && !(value instanceof Arr && isWhole(path[n] ?? '')))
      throw new StoreError(
        28,
        `Cannot use the part (${path[n]}) of (${path.join('.')}) to traverse the element`,
      );
  }
}

function write(doc: Doc, path: string[], step: Step, { paths }: Applied): void {
  let grown: [number, number] | undefined;
  const length = changePath(doc, path, step.create, (old) => {
    const now = step.change(old);
    if (
      step.appends &&
      old instanceof Arr &&
      now instanceof Arr &&
      (old.items.length || step.operator !== '$push')
    )
      grown = [old.items.length, now.items.length];
    return now;
  });
  if (!grown && length) paths?.push(path.slice(0, length));
  for (let at = grown?.[0] ?? 0; at < (grown?.[1] ?? 0); at += 1) paths?.push([...path, String(at)]);
}

function refuseArrays(doc: Doc, path: readonly string[]): void {
  for (let n = 1; n < path.length; n += 1) {
    if (valueAt(doc, path.slice(0, n)) instanceof Arr)
      throw new StoreError(2, `The $rename path '${path.join('.')}' cannot be an array element`);
  }
}

/** The paths a path with `$`, `$[]` and `$[id]` stands for in a document. */
function concrete(
  doc: Doc,
  path: readonly string[],
  applied: Applied,
  filters: Map<string, Query>,
): string[][] {
  const at = path.findIndex(isDynamic);
  if (at < 0) return [[...path]];
  const [head, part, tail] = [path.slice(0, at), path[at] ?? '', path.slice(at + 1)];
  const next = (index: number): string[][] =>
    concrete(doc, [...head, String(index), ...tail], applied, filters);
  if (part === '$') {
    if (applied.index === undefined)
      throw new StoreError(2, 'The positional operator did not find the match needed from the query.');
    return next(applied.index);
  }
  const value = valueAt(doc, head);
  if (value === undefined)
    throw new StoreError(
      2,
      `The path '${head.join('.')}' must exist in the document in order to apply array updates.`,
    );
  if (!(value instanceof Arr))
    throw new StoreError(2, `Cannot apply array updates to non-array element ${head.join('.')}`);
  const name = part.slice(2, -1);
  const filter = filters.get(name);
  if (name && !filter)
    throw new StoreError(2, `No array filter found for identifier '${name}' in path '${path.join('.')}'`);
  return value.items.flatMap((item, index) =>
    !filter || matches(filter, new Doc(new Map([[name, item]]))) ? next(index) : [],
  );
}
