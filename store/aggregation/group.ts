import { StoreError } from '../storeError.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { keyOf } from '../values/keyWriter.ts';
import { isNumber } from '../values/numbers.ts';
import { Arr, Doc, Double, type Value } from '../values/value.ts';
import { compileExpression, type Expression } from './expression.ts';
import { Sum } from './sum.ts';

interface Accumulator {
  add: (value: Value | undefined) => void;
  result: () => Value;
}

/** An accumulator that keeps one value, changed by each that comes. */
const kept =
  (next: (kept: Value | undefined, value: Value | undefined) => Value | undefined) => (): Accumulator => {
    let value: Value | undefined;
    return { add: (item) => (value = next(value, item)), result: () => value ?? null };
  };

/** The least or greatest value, null and missing left out. */
const best = (sign: number) =>
  kept((old, value) =>
    value === undefined || value === null || (old !== undefined && sign * compareValues(value, old) >= 0)
      ? old
      : value,
  );

/** An accumulator of the values that are there and pass. */
const listed = (passes: (items: readonly Value[], value: Value) => boolean) => (): Accumulator => {
  const items: Value[] = [];
  return {
    add: (value) => {
      if (value !== undefined && passes(items, value)) items.push(value);
    },
    result: () => new Arr(items),
  };
};

const summed = (result: (sum: Sum, count: number) => Value) => (): Accumulator => {
  const sum = new Sum();
  let count = 0;
  return {
    add: (value) => {
      if (!isNumber(value)) return;
      sum.add(value);
      count += 1;
    },
    result: () => result(sum, count),
  };
};

/** The accumulators of `$group`: https://www.mongodb.com/docs/manual/reference/operator/aggregation/group/#accumulator-operator */
const ACCUMULATORS: Record<string, () => Accumulator> = {
  $sum: summed((sum) => sum.value),
  $avg: summed((sum, count) => (count ? new Double(sum.double / count) : null)),
  $min: best(1),
  $max: best(-1),
  $first: kept((old, value) => (old === undefined ? (value ?? null) : old)),
  $last: kept((_old, value) => value),
  $push: listed(() => true),
  $addToSet: listed((items, value) => !items.some((item) => equalValues(item, value))),
  $count: kept((old) => (typeof old === 'number' ? old : 0) + 1),
};

/** The `$group` stage. Groups come in the order they were first met. */
export function group(given: Value): (from: Iterable<Doc>) => Iterable<Doc> {
  if (!(given instanceof Doc)) throw new StoreError(15947, "a group's fields must be specified in an object");
  const id = given.get('_id');
  if (id === undefined) throw new StoreError(15955, 'a group specification must include an _id');
  const by = compileExpression(id);
  const fields = [...given.fields]
    .filter(([name]) => name !== '_id')
    .map(([name, value]) => field(name, value));
  return function* grouped(from) {
    const groups = new Map<string, { id: Value; totals: Accumulator[] }>();
    for (const root of from) {
      const scope = { root };
      const value = by(scope) ?? null;
      const key = keyOf(value).toString('latin1');
      let own = groups.get(key);
      if (!own) groups.set(key, (own = { id: value, totals: fields.map(({ make }) => make()) }));
      for (const [n, { input }] of fields.entries()) own.totals[n]?.add(input(scope));
    }
    for (const { id: value, totals } of groups.values()) {
      yield new Doc(
        new Map([
          ['_id', value],
          ...totals.map((total, n): [string, Value] => [fields[n]?.name ?? '', total.result()]),
        ]),
      );
    }
  };
}

function field(name: string, given: Value): { name: string; make: () => Accumulator; input: Expression } {
  const [only] = given instanceof Doc ? given.fields : [];
  if (!(given instanceof Doc) || !only || given.fields.size !== 1)
    throw new StoreError(40234, `The field '${name}' must be an accumulator object`);
  if (name.startsWith('$'))
    throw new StoreError(40236, `The field name '${name}' cannot be an operator name`);
  if (name.includes('.')) throw new StoreError(40235, `The field name '${name}' cannot contain '.'`);
  const make = Object.hasOwn(ACCUMULATORS, only[0]) ? ACCUMULATORS[only[0]] : undefined;
  if (!make) throw new StoreError(15952, `store: the group operator ${only[0]} is not implemented`);
  if (only[0] === '$count' && !(only[1] instanceof Doc && only[1].fields.size === 0))
    throw new StoreError(9, '$count takes no arguments, i.e. $count:{}');
  if (only[1] instanceof Arr) throw new StoreError(40237, `The ${only[0]} accumulator is a unary operator`);
  return { name, make, input: compileExpression(only[1]) };
}
