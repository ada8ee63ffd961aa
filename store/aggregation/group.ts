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

const best = (better: (a: Value, b: Value) => boolean): Accumulator => {
  let kept: Value | undefined;
  return {
    add: (value) => {
      if (value !== undefined && value !== null && (kept === undefined || better(value, kept))) kept = value;
    },
    result: () => kept ?? null,
  };
};

/** The accumulators of `$group`: https://www.mongodb.com/docs/manual/reference/operator/aggregation/group/#accumulator-operator */
const ACCUMULATORS: Record<string, () => Accumulator> = {
  $sum: () => {
    const sum = new Sum();
    return {
      add: (value) => {
        if (isNumber(value)) sum.add(value);
      },
      result: () => sum.value,
    };
  },
  $avg: () => {
    const sum = new Sum();
    let count = 0;
    return {
      add: (value) => {
        if (!isNumber(value)) return;
        sum.add(value);
        count += 1;
      },
      result: () => (count ? new Double(sum.double / count) : null),
    };
  },
  $min: () => best((a, b) => compareValues(a, b) < 0),
  $max: () => best((a, b) => compareValues(a, b) > 0),
  $first: () => {
    let kept: Value | undefined;
    return {
      add: (value) => {
        kept = kept === undefined ? (value ?? null) : kept;
      },
      result: () => kept ?? null,
    };
  },
  $last: () => {
    let kept: Value = null;
    return {
      add: (value) => {
        kept = value ?? null;
      },
      result: () => kept,
    };
  },
  $push: () => {
    const kept: Value[] = [];
    return {
      add: (value) => {
        if (value !== undefined) kept.push(value);
      },
      result: () => new Arr(kept),
    };
  },
  $addToSet: () => {
    const kept: Value[] = [];
    return {
      add: (value) => {
        if (value !== undefined && !kept.some((item) => equalValues(item, value))) kept.push(value);
      },
      result: () => new Arr(kept),
    };
  },
  $count: () => {
    let count = 0;
    return {
      add: () => {
        count += 1;
      },
      result: () => count,
    };
  },
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
  if (name.includes('.')) throw new StoreError(40235, `The field name '${name}' cannot contain '.'`);
  const make = Object.hasOwn(ACCUMULATORS, only[0]) ? ACCUMULATORS[only[0]] : undefined;
  if (!make) throw new StoreError(15952, `store: the group operator ${only[0]} is not implemented`);
  if (only[0] === '$count' && !(only[1] instanceof Doc && only[1].fields.size === 0))
    throw new StoreError(9, '$count takes no arguments, i.e. $count:{}');
  return { name, make, input: compileExpression(only[1]) };
}
