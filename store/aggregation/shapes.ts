import { truthy } from '../queries/compileQuery.ts';
import { projection } from '../queries/projection.ts';
import { refuseOthers } from '../refuseOthers.ts';
import { notDone, StoreError } from '../storeError.ts';
import { changePath } from '../updates/changePath.ts';
import { doc as makeDoc } from '../values/build.ts';
import { isNumber } from '../values/numbers.ts';
import { Arr, Doc, type Value } from '../values/value.ts';
import { compileExpression, fieldParts, fieldPath } from './expression.ts';

/** Makes one document of one. */
export type Shape = (doc: Doc) => Doc;

/** Name and specification of a stage. */
export function stageOf(stage: Value): [string, Value] {
  const [only] = stage instanceof Doc ? stage.fields : [];
  if (only && stage instanceof Doc && stage.fields.size === 1) return only;
  throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
}

export function objectOf(name: string, value: Value): Doc {
  if (value instanceof Doc) return value;
  throw new StoreError(40272, `${name} specification must be an object`);
}

const SHAPES: Record<string, (value: Value, name: string) => Shape> = {
  $project: (value, name) => project(objectOf(name, value)),
  $addFields: (value, name) => addFields(objectOf(name, value)),
  $set: (value, name) => addFields(objectOf(name, value)),
  $unset: (value) => unset(value),
  $replaceRoot: (value, name) => {
    refuseOthers(objectOf(name, value), ['newRoot'], name);
    return replaceRoot(objectOf(name, value).get('newRoot'));
  },
  $replaceWith: (value) => replaceRoot(value),
};

/** A stage that makes one document of one, if it is such a stage. */
export const compileShape = (name: string, value: Value): Shape | undefined =>
  Object.hasOwn(SHAPES, name) ? SHAPES[name]?.(value, name) : undefined;

/** `$project`: inclusion and exclusion as in `find`; top-level fields computed by expressions. */
function project(given: Doc): Shape {
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
  const nothing = only && !truthy(kept.get('_id') ?? true);
  const shape = nothing ? undefined : projection(only ? makeDoc({ _id: 1 }) : new Doc(kept));
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

/** Whether a field of `$project` only keeps or drops; a sub-document of such fields does too. */
function isShape(name: string, value: Value): boolean {
  if (!(value instanceof Doc)) return isNumber(value) || typeof value === 'boolean';
  if (isExpression(value)) return false;
  const shapes = [...value.fields].map(([inner, nested]) => isShape(`${name}.${inner}`, nested));
  if (shapes.includes(false)) throw notDone(`a computed field inside '${name}' in $project`);
  return true;
}

export const isExpression = (value: Doc): boolean =>
  value.fields.keys().next().value?.startsWith('$') ?? false;

/** `{a: {b: 1}}` of `$addFields` sets `a.b` and leaves the rest of `a`. */
function* setters(given: Doc, prefix: string): Generator<[string, Value]> {
  for (const [name, value] of given.fields) {
    if (!(value instanceof Doc) || isExpression(value)) yield [prefix + name, value];
    else if (value.fields.size === 0) throw notDone('an empty document in $addFields (write {$literal: {}})');
    else yield* setters(value, `${prefix}${name}.`);
  }
}

function addFields(given: Doc): Shape {
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

function unset(given: Value): Shape {
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

function replaceRoot(given: Value | undefined): Shape {
  if (given === undefined) throw new StoreError(40231, 'no newRoot specified for the $replaceRoot stage');
  const compute = compileExpression(given);
  return (root) => {
    const value = compute({ root });
    if (!(value instanceof Doc))
      throw new StoreError(40228, "'newRoot' expression must evaluate to an object");
    return value;
  };
}

export const plainPath = (doc: Doc, parts: readonly string[]): Value | undefined =>
  parts.reduce<Value | undefined>((at, part) => (at instanceof Doc ? at.get(part) : undefined), doc);
