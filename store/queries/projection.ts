import { notDone, StoreError } from '../storeError.ts';
import { doc as makeDoc } from '../values/build.ts';
import { isNumber } from '../values/numbers.ts';
import { Arr, Doc, type Value } from '../values/value.ts';
import { compileQuery, truthy } from './compileQuery.ts';
import { type Match } from './somePath.ts';
import { wholeOf } from './tests.ts';

/** A projection ready to use on documents. `positional` says that it needs the index of the query's match. */
export interface Projection {
  apply: (doc: Doc, match?: Match) => Doc;
  positional: boolean;
}

interface Tree {
  kids: Map<string, Tree>;
  /** Set at the end of a path. */
  leaf?: (value: Value, match?: Match) => Value | undefined;
}

/**
 * Compiles the projection of `find`: inclusion, exclusion, `$slice`, `$elemMatch` and a trailing `.$`.
 * https://www.mongodb.com/docs/manual/reference/method/db.collection.find/#projection
 *
 * @throws StoreError 31253/31254 when inclusion and exclusion are mixed, 238 for expressions
 */
export function projection(given: Doc): Projection {
  const flat = [...flatten(given, '')];
  const root: Tree = { kids: new Map() };
  let inclusion: boolean | undefined;
  let keepId = true;
  let positional = false;
  for (const [path, value] of flat) {
    if (path === '_id' && !truthy(value)) {
      keepId = false;
      continue;
    }
    const dollar = path.endsWith('.$');
    const special = value instanceof Doc;
    if (dollar && special)
      throw new StoreError(31271, 'positional projection cannot be used with a value that is an object');
    if (!special) {
      if (!isNumber(value) && typeof value !== 'boolean')
        throw notDone(`the projection of '${path}' by an expression`);
      const includes = truthy(value);
      if (path !== '_id' || flat.length === 1) {
        if (inclusion !== undefined && inclusion !== includes) {
          throw new StoreError(
            includes ? 31253 : 31254,
            `Cannot do ${includes ? 'inclusion' : 'exclusion'} on field ${path} in ${includes ? 'exclusion' : 'inclusion'} projection`,
          );
        }
        inclusion = includes;
      }
    } else if (value.get('$slice') === undefined) inclusion ??= true;
    if (dollar && positional)
      throw new StoreError(31276, 'Cannot specify more than one positional projection per query.');
    if (dollar) positional = true;
    plant(
      root,
      (dollar ? path.slice(0, -2) : path).split('.'),
      special ? operator(path, value) : dollar ? positionalOf : truthy(value) ? same : dropped,
    );
  }
  if (positional && flat.some(([, value]) => value instanceof Doc && value.get('$elemMatch') !== undefined))
    throw new StoreError(31255, 'Cannot specify positional operator and $elemMatch.');
  const including = inclusion ?? false;
  if (including && keepId && !root.kids.has('_id')) plant(root, ['_id'], same);
  if (!including && !keepId) plant(root, ['_id'], dropped);
  // What `$elemMatch` finds comes behind the fields that are only kept.
  const found = including
    ? flat.filter(([, value]) => value instanceof Doc && value.get('$elemMatch') !== undefined)
    : [];
  return {
    positional,
    apply: (doc, match) => {
      const made = shaped(doc, root, including, match);
      for (const [path] of found) {
        const value = made.get(path);
        if (value !== undefined && made.delete(path)) made.set(path, value);
      }
      return made;
    },
  };
}

function* flatten(given: Doc, prefix: string): Generator<[string, Value]> {
  for (const [name, value] of given.fields) {
    const path = prefix + name;
    const first = value instanceof Doc ? value.fields.keys().next().value : undefined;
    if (value instanceof Doc && first === undefined)
      throw new StoreError(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
    if (value instanceof Doc && !first?.startsWith('$')) yield* flatten(value, `${path}.`);
    else if (name.startsWith('$') && name !== '$')
      throw new StoreError(2, `Projection field names may not begin with $: ${path}`);
    else yield [path, value];
  }
}

function plant(tree: Tree, path: readonly string[], leaf: Tree['leaf']): void {
  let at = tree;
  for (const part of path) {
    if (part === '') throw new StoreError(40353, 'FieldPath must not have an empty part');
    if (at.leaf && at !== tree) throw new StoreError(31249, `Path collision at ${path.join('.')}`);
    const next = at.kids.get(part) ?? { kids: new Map<string, Tree>() };
    at.kids.set(part, next);
    at = next;
  }
  if (at.leaf || at.kids.size > 0) {
    if (path.join('.') === '_id' && at.leaf) return;
    throw new StoreError(31250, `Path collision at ${path.join('.')}`);
  }
  at.leaf = leaf;
}

const same = (value: Value): Value => value;
const dropped = (): undefined => undefined;

const positionalOf = (value: Value, match?: Match): Value => {
  if (!(value instanceof Arr)) return value;
  const found = match?.index === undefined ? undefined : value.items[match.index];
  if (found === undefined)
    throw new StoreError(
      match?.index === undefined ? 51246 : 51247,
      "Executor error during find command: positional operator '.$' couldn't find a matching element in the array",
    );
  return new Arr([found]);
};

function operator(path: string, value: Doc): Tree['leaf'] {
  const slice = value.get('$slice');
  const elem = value.get('$elemMatch');
  if (slice !== undefined) {
    const [skip, limit] =
      slice instanceof Arr
        ? slice.items.map((item) => wholeOf(item, '$slice'))
        : [undefined, wholeOf(slice, '$slice')];
    if (slice instanceof Arr && (slice.items.length !== 2 || (limit ?? 0) <= 0))
      throw new StoreError(28724, '$slice needs [skip, limit] with a positive limit');
    return (kept) => (kept instanceof Arr ? new Arr(cut(kept.items, skip, limit ?? 0)) : kept);
  }
  if (elem instanceof Doc) {
    if (path.includes('.')) throw new StoreError(31275, 'Cannot use $elemMatch projection on a nested field');
    const query = compileQuery(makeDoc({ v: makeDoc({ $elemMatch: elem }) }));
    return (kept) => {
      const found =
        kept instanceof Arr
          ? kept.items.find((item) => query.op === 'field' && query.test(new Arr([item])))
          : undefined;
      return found === undefined ? undefined : new Arr([found]);
    };
  }
  throw notDone(`the projection of '${path}' by an expression`);
}

function cut(items: readonly Value[], skip: number | undefined, limit: number): Value[] {
  if (skip === undefined) return limit >= 0 ? items.slice(0, limit) : items.slice(limit);
  const from = skip >= 0 ? skip : Math.max(0, items.length + skip);
  return items.slice(from, from + limit);
}

/** A document with the leaves of the tree put in; what the tree does not name goes when it lists what to include. */
function shaped(doc: Doc, tree: Tree, including: boolean, match?: Match): Doc {
  const kept = new Map<string, Value>();
  for (const [name, value] of doc.fields) {
    const kid = tree.kids.get(name);
    const other = including ? undefined : value;
    const now = kid?.leaf ? kid.leaf(value, match) : kid ? shapedValue(value, kid, including, match) : other;
    if (now !== undefined) kept.set(name, now);
  }
  return new Doc(kept);
}

function shapedValue(value: Value, tree: Tree, including: boolean, match?: Match): Value | undefined {
  if (value instanceof Doc) return shaped(value, tree, including, match);
  if (!(value instanceof Arr)) return including ? undefined : value;
  const items = value.items.map((item) => shapedValue(item, tree, including, match));
  return new Arr(items.filter((item) => item !== undefined));
}
