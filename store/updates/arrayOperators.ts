import { compileOperators, compileQuery, isLogical, isOperators } from '../queries/compileQuery.ts';
import { matches, matchesValue } from '../queries/query.ts';
import { sortOf, sortKey } from '../queries/find.ts';
import { wholeOf } from '../queries/tests.ts';
import { StoreError } from '../storeError.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { Arr, Doc, Raw, TYPE, type Value } from '../values/value.ts';
import { type Change } from './changePath.ts';

function arrayOf(old: Value | undefined, what: string, path: string): Value[] {
  if (old === undefined) return [];
  if (old instanceof Arr) return old.items;
  throw new StoreError(what === '$pop' ? 14 : 2, `The field '${path}' must be an array for ${what}`);
}

function each(operand: Doc, what: string): Value[] {
  const list = operand.get('$each');
  if (!(list instanceof Arr)) throw new StoreError(2, `The argument to $each in ${what} must be an array`);
  return list.items;
}

const hasEach = (operand: Value): operand is Doc =>
  operand instanceof Doc && operand.fields.keys().next().value?.startsWith('$') === true;

/** `$push` with `$each $position $sort $slice`: https://www.mongodb.com/docs/manual/reference/operator/update/push/ */
export function push(path: string, operand: Value): Change {
  if (!hasEach(operand) && !(operand instanceof Doc && operand.get('$each') !== undefined))
    return (old) => new Arr([...arrayOf(old, '$push', path), operand]);
  for (const name of operand.fields.keys()) {
    if (!['$each', '$position', '$sort', '$slice'].includes(name))
      throw new StoreError(2, `Unrecognized clause in $push: ${name}`);
  }
  const added = each(operand, '$push');
  const [position, slice, sort] = ['$position', '$slice', '$sort'].map((name) => operand.get(name));
  const at = position === undefined ? undefined : wholeOf(position, '$position');
  const cut = slice === undefined ? undefined : wholeOf(slice, '$slice');
  const order = sort === undefined ? undefined : sorter(sort);
  return (old) => {
    const items = [...arrayOf(old, '$push', path)];
    items.splice(at ?? items.length, 0, ...added);
    if (order) items.sort(order);
    return new Arr(cut === undefined ? items : cut >= 0 ? items.slice(0, cut) : items.slice(cut));
  };
}

function sorter(sort: Value): (a: Value, b: Value) => number {
  if (!(sort instanceof Doc)) {
    const direction = wholeOf(sort, '$sort');
    if (direction !== 1 && direction !== -1)
      throw new StoreError(2, 'The $sort element value must be either 1 or -1');
    return (a, b) => direction * compareValues(a, b);
  }
  if (sort.fields.size === 0)
    throw new StoreError(2, 'The $sort pattern is empty when it should be a set of fields.');
  const by = sortOf(sort);
  const key = (value: Value): Buffer => sortKey(value instanceof Doc ? value : new Doc(), by);
  return (a, b) => Buffer.compare(key(a), key(b));
}

/** `$addToSet`, of one value or of `$each`. */
export function addToSet(path: string, operand: Value): Change {
  const added = hasEach(operand) ? each(operand, '$addToSet') : [operand];
  if (hasEach(operand) && operand.fields.size > 1)
    throw new StoreError(2, 'Found unexpected fields after $each in $addToSet');
  return (old) => {
    const items = [...arrayOf(old, '$addToSet', path)];
    for (const value of added) if (!items.some((item) => equalValues(item, value))) items.push(value);
    return old instanceof Arr && items.length === old.items.length ? old : new Arr(items);
  };
}

/** `$pull` by value, by condition on the elements, or by query on documents in the array. */
export function pull(path: string, operand: Value): Change {
  const gone = pullTest(operand);
  return (old) => (old === undefined ? undefined : without(old, '$pull', path, gone));
}

function pullTest(operand: Value): (item: Value) => boolean {
  if (isOperators(operand) && !isLogical(operand)) {
    const query = { op: 'and' as const, kids: compileOperators('', operand) };
    return (item) => matchesValue(query, item);
  }
  if (operand instanceof Doc) {
    const query = compileQuery(operand, true);
    return (item) => item instanceof Doc && matches(query, item);
  }
  if (operand instanceof Raw && operand.type === TYPE.regex) {
    const query = compileQuery(new Doc(new Map([['v', operand]])));
    return (item) => matches(query, new Doc(new Map([['v', item]])));
  }
  return (item) => equalValues(item, operand);
}

function without(old: Value, what: string, path: string, gone: (item: Value) => boolean): Value {
  const items = arrayOf(old, what, path);
  const kept = items.filter((item) => !gone(item));
  return kept.length === items.length ? old : new Arr(kept);
}

/** `$pullAll`: removes every element equal to one of the list. */
export function pullAll(path: string, operand: Value): Change {
  if (!(operand instanceof Arr)) throw new StoreError(2, '$pullAll requires an array argument');
  return (old) =>
    old === undefined
      ? undefined
      : without(old, '$pullAll', path, (item) => operand.items.some((value) => equalValues(item, value)));
}

/** `$pop`: 1 removes the last element, -1 the first. */
export function pop(path: string, operand: Value): Change {
  const side = wholeOf(operand, '$pop');
  if (side !== 1 && side !== -1) throw new StoreError(9, `$pop expects 1 or -1, found: ${side}`);
  return (old) => {
    if (old === undefined) return undefined;
    const items = arrayOf(old, '$pop', path);
    return items.length === 0 ? old : new Arr(side === 1 ? items.slice(0, -1) : items.slice(1));
  };
}
