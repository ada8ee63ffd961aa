import { truthy } from '../queries/compileQuery.ts';
import { notDone, StoreError } from '../storeError.ts';
import { arithmetic } from '../updates/arithmetic.ts';
import { date, dateMs } from '../values/build.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { isNumber, toNumber } from '../values/numbers.ts';
import { typeName } from '../values/typeNames.ts';
import { Arr, Doc, Double, isNull, Raw, TYPE, type Value } from '../values/value.ts';
import { Sum } from './sum.ts';

/** What an expression is evaluated on. */
export interface Scope {
  root: Doc;
}

/** A compiled expression; `undefined` is a missing value. */
export type Expression = (scope: Scope) => Value | undefined;

type Build = (args: Expression[]) => Expression;

/** An expression of the values of its first two arguments. */
const on =
  (run: (a: Value | undefined, b: Value | undefined) => Value | undefined): Build =>
  ([a, b]) =>
  (scope) =>
    run(a?.(scope), b?.(scope));

/** The same, and null where one of the two is null or missing. */
const onBoth = (run: (a: Value, b: Value) => Value | undefined): Build =>
  on((a, b) => (isNull(a) || isNull(b) ? null : run(a, b)));

const isDate = (value: Value | undefined): value is Raw => value instanceof Raw && value.type === TYPE.date;

/** Values along a field path: an array on the way gives an array of what its documents have, those of arrays in it not. */
export function fieldPath(value: Value | undefined, parts: readonly string[]): Value | undefined {
  const [part, ...rest] = parts;
  if (part === undefined) return value;
  if (value instanceof Doc) return fieldPath(value.get(part), rest);
  if (!(value instanceof Arr)) return undefined;
  return new Arr(
    value.items
      .map((item) => (item instanceof Doc ? fieldPath(item, parts) : undefined))
      .filter((item) => item !== undefined),
  );
}

const compared = (show: (side: number) => Value): Build => on((a, b) => show(compareMissing(a, b)));

/** A missing value stands below null. */
function compareMissing(a: Value | undefined, b: Value | undefined): number {
  if (a === undefined || b === undefined)
    return a === b ? 0 : a === undefined ? (isMinKey(b) ? 1 : -1) : isMinKey(a) ? -1 : 1;
  return compareValues(a, b);
}
const isMinKey = (value: Value | undefined): boolean => value instanceof Raw && value.type === TYPE.minKey;

function numeric(name: string, value: Value): number {
  if (isNumber(value) && value instanceof Raw) throw notDone(`${name} of Decimal128`);
  if (!isNumber(value)) throw new StoreError(14, `${name} only supports numeric types`);
  return toNumber(value);
}

const added: Build = (args) => (scope) => {
  const sum = new Sum();
  let when: bigint | undefined;
  for (const arg of args) {
    const value = arg(scope);
    if (isNull(value)) return null;
    if (isDate(value) && when === undefined) when = dateMs(value);
    else if (isNumber(value)) sum.add(value);
    else throw new StoreError(14, '$add only supports numeric or date types');
  }
  return when === undefined ? sum.value : date(when + BigInt(Math.round(sum.double)));
};

const multiplied: Build = (args) => (scope) => {
  let product: Value = 1;
  for (const arg of args) {
    const value = arg(scope);
    if (isNull(value)) return null;
    product = plus('$mul', product, value, '$multiply');
  }
  return product;
};

/** Adds two or multiplies; a result beyond int64 becomes a double, as in aggregation. */
function plus(what: '$inc' | '$mul', a: Value, b: Value, name: string): Value {
  numeric(name, a);
  numeric(name, b);
  try {
    return arithmetic(what, a, b);
  } catch {
    return new Double(
      what === '$inc' ? numeric(name, a) + numeric(name, b) : numeric(name, a) * numeric(name, b),
    );
  }
}

const subtract = onBoth((x, y) => {
  if (isDate(x) && isDate(y)) return dateMs(x) - dateMs(y);
  if (isDate(x)) return date(dateMs(x) - BigInt(Math.round(numeric('$subtract', y))));
  const less = plus('$inc', x, plus('$mul', y, -1, '$subtract'), '$subtract');
  const bothInt = typeof x === 'number' && typeof y === 'number';
  return bothInt && typeof less === 'bigint' && BigInt.asIntN(32, less) === less ? Number(less) : less;
});

const divided = (name: string, compute: (x: number, y: number) => number): Build =>
  onBoth((x, y) => {
    const by = numeric(name, y);
    if (by === 0) throw new StoreError(name === '$mod' ? 16610 : 2, `can't ${name} by zero`);
    const result = compute(numeric(name, x), by);
    // A divisor that is a whole double counts as an int32.
    const whole = name === '$mod' && !(x instanceof Double) && (!(y instanceof Double) || (by | 0) === by);
    if (!whole) return new Double(result);
    const bothInt = typeof x === 'number' && typeof y !== 'bigint';
    return bothInt ? result : BigInt(String(x)) % BigInt(typeof y === 'bigint' ? y : by);
  });

const text = (name: string, change: (value: string) => Value): Build =>
  on((value) => {
    if (isNull(value)) return change('');
    if (typeof value !== 'string') throw notDone(`${name} of anything but a string`);
    return change(value);
  });

const listOf = (name: string, value: Value | undefined): Value[] => {
  if (value instanceof Arr) return value.items;
  throw new StoreError(name === '$in' ? 40081 : 28689, `The argument to ${name} must be an array`);
};

/** The first or last element of an array. */
const endOf = (name: string, at: number): Build =>
  on((list) => (isNull(list) ? null : listOf(name, list).at(at)));

const concat: Build = (args) => (scope) => {
  let joined = '';
  for (const arg of args) {
    const value = arg(scope);
    if (isNull(value)) return null;
    if (typeof value !== 'string') throw new StoreError(16702, '$concat only supports strings');
    joined += value;
  }
  return joined;
};

const ifNull: Build = (args) => (scope) => {
  let value: Value | undefined;
  for (const arg of args) if (!isNull((value = arg(scope)))) return value;
  return value;
};

const sizeOf = (value: Value | undefined): number => {
  if (!(value instanceof Arr)) throw new StoreError(17124, 'The argument to $size must be an array');
  return value.items.length;
};

const elementAt = onBoth((list, at) => {
  if (!isNumber(at)) throw new StoreError(28690, "$arrayElemAt's second argument must be a number");
  const place = toNumber(at);
  if ((place | 0) !== place)
    throw new StoreError(28691, "$arrayElemAt's second argument must be a 32-bit whole number");
  return listOf('$arrayElemAt', list).at(place);
});

/** Expressions with a fixed number of arguments (a negative one: at least). */
const OPERATORS: Record<string, [number, Build]> = {
  $eq: [2, compared((side) => side === 0)],
  $ne: [2, compared((side) => side !== 0)],
  $gt: [2, compared((side) => side > 0)],
  $gte: [2, compared((side) => side >= 0)],
  $lt: [2, compared((side) => side < 0)],
  $lte: [2, compared((side) => side <= 0)],
  $cmp: [2, compared(Math.sign)],
  $and: [-0, (args) => (scope) => args.every((arg) => truthy(arg(scope)))],
  $or: [-0, (args) => (scope) => args.some((arg) => truthy(arg(scope)))],
  $not: [1, on((value) => !truthy(value))],
  $ifNull: [-2, ifNull],
  $add: [-0, added],
  $multiply: [-0, multiplied],
  $subtract: [2, subtract],
  $divide: [2, divided('$divide', (x, y) => x / y)],
  $mod: [2, divided('$mod', (x, y) => x % y)],
  $concat: [-0, concat],
  $toLower: [1, text('$toLower', (value) => value.replace(/[A-Z]/g, (char) => char.toLowerCase()))],
  $toUpper: [1, text('$toUpper', (value) => value.replace(/[a-z]/g, (char) => char.toUpperCase()))],
  $size: [1, on(sizeOf)],
  $in: [
    2,
    on((value, list) => listOf('$in', list).some((item) => value !== undefined && equalValues(item, value))),
  ],
  $arrayElemAt: [2, elementAt],
  $first: [1, endOf('$first', 0)],
  $last: [1, endOf('$last', -1)],
  $isArray: [1, on((value) => value instanceof Arr)],
  $type: [1, on((value) => (value === undefined ? 'missing' : typeName(value)))],
};

/**
 * Compiles an aggregation expression. https://www.mongodb.com/docs/manual/reference/mql/expressions/
 *
 * @throws StoreError 168 for an expression this store does not have
 */
export function compileExpression(given: Value): Expression {
  if (typeof given === 'string' && given.startsWith('$')) return path(given);
  if (given instanceof Arr) {
    const items = given.items.map(compileExpression);
    return (scope) => new Arr(items.map((item) => item(scope) ?? null));
  }
  if (!(given instanceof Doc)) return () => given;
  const [first] = given.fields;
  if (first?.[0].startsWith('$')) {
    if (given.fields.size > 1)
      throw new StoreError(15983, 'An object representing an expression must have exactly one field');
    return operator(first[0], first[1]);
  }
  const fields = [...given.fields].map(([name, value]): [string, Expression] => {
    if (name.includes('.')) throw new StoreError(16412, "FieldPath field names may not contain '.'.");
    return [name, compileExpression(value)];
  });
  return (scope) => {
    const made = new Map<string, Value>();
    for (const [name, value] of fields) {
      const found = value(scope);
      if (found !== undefined) made.set(name, found);
    }
    return new Doc(made);
  };
}

/** The parts of a field path. @throws StoreError 40353, 16410 for parts that no field of a pipeline has */
export function fieldParts(given: string): string[] {
  const parts = given.split('.');
  if (parts.includes('')) throw new StoreError(40353, 'FieldPath must not end with a dot or be empty');
  if (parts.some((part) => part.startsWith('$') && !/^\$(ref|id|db)$/.test(part)))
    throw new StoreError(16410, "FieldPath field names may not start with '$'.");
  return parts;
}

function path(given: string): Expression {
  if (!given.startsWith('$$')) {
    const parts = fieldParts(given.slice(1));
    return ({ root }) => fieldPath(root, parts);
  }
  const [name = '', ...parts] = given.slice(2).split('.');
  if (name === 'ROOT' || name === 'CURRENT') return ({ root }) => fieldPath(root, parts);
  if (name === 'REMOVE') return () => undefined;
  if (!/^[a-z]/.test(name)) throw new StoreError(168, `store: the variable $$${name} is not implemented`);
  throw new StoreError(17276, `Use of undefined variable: ${name}`);
}

function operator(name: string, operand: Value): Expression {
  if (name === '$literal') return () => operand;
  if (name === '$cond') return cond(operand);
  const found = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (!found) throw new StoreError(168, `store: the expression ${name} is not implemented`);
  const [count, build] = found;
  const args = (operand instanceof Arr ? operand.items : [operand]).map(compileExpression);
  if (count > 0 ? args.length !== count : args.length < -count)
    throw new StoreError(
      16020,
      `Expression ${name} takes ${Math.abs(count)} arguments. ${args.length} were passed in.`,
    );
  return build(args);
}

function cond(operand: Value): Expression {
  const given =
    operand instanceof Arr
      ? operand.items
      : operand instanceof Doc
        ? ['if', 'then', 'else'].map((name) => operand.get(name))
        : [];
  if (operand instanceof Doc && [...operand.fields.keys()].some((name) => !/^(if|then|else)$/.test(name)))
    throw new StoreError(17083, 'Unrecognized parameter to $cond');
  const [test, yes, no] = given.map((value, n) => {
    if (value === undefined) throw new StoreError(17080 + n, 'Missing a parameter to $cond');
    return compileExpression(value);
  });
  if (!test || !yes || !no || given.length !== 3)
    throw new StoreError(16020, 'Expression $cond takes exactly 3 arguments.');
  return (scope) => (truthy(test(scope)) ? yes(scope) : no(scope));
}
