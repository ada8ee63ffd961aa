import { StoreError } from '../storeError.ts';
import { compareValues, equalValues } from '../values/compare.ts';
import { keyOf, rankOf } from '../values/keyWriter.ts';
import { isNumber, toNumber } from '../values/numbers.ts';
import { TYPE_OF_NAME } from '../values/typeNames.ts';
import { Arr, type Double, Raw, TYPE, typeOf, type Value } from '../values/value.ts';
import { regex } from './regex.ts';

type Test = (value: Value | undefined) => boolean;

const isUndefined = (value: Value | undefined): boolean =>
  value instanceof Raw && value.type === TYPE.undefined;
const isNull = (value: Value | undefined): boolean =>
  value === undefined || value === null || isUndefined(value);
const isNaNValue = (value: Value): boolean => isNumber(value) && Number.isNaN(toNumber(value));
const isKind = (value: Value, type: number): boolean => value instanceof Raw && value.type === type;

/** Pattern and options of a BSON regular expression. */
export function regexParts(value: Raw): [string, string] {
  const [pattern = '', options = ''] = value.bytes.toString('utf8').split('\0');
  return [pattern, options];
}

/** Strings (and symbols) that match, and the same expression stored as a value. */
export function regexTest(pattern: string, options: string): Test {
  const expression = regex(pattern, options);
  return (value) => {
    if (typeof value === 'string') return expression.test(value);
    if (!(value instanceof Raw) || value.type !== TYPE.regex) return false;
    const [storedPattern, storedOptions] = regexParts(value);
    return storedPattern === pattern && [...storedOptions].sort().join('') === [...options].sort().join('');
  };
}

/** Equality; null equals a missing field: https://www.mongodb.com/docs/manual/tutorial/query-for-null-fields/ */
export const equalTest = (operand: Value): Test =>
  operand === null
    ? isNull
    : typeof operand === 'string'
      ? (value) =>
          value === operand ||
          (value instanceof Raw && value.type === TYPE.symbol && equalValues(value, operand))
      : (value) => value !== undefined && equalValues(value, operand);

/**
 * `$gt $gte $lt $lte`: only values of the operand's own type compare, except with MinKey and MaxKey.
 * https://www.mongodb.com/docs/manual/reference/method/db.collection.find/#type-bracketing
 */
export function orderTest(name: string, operand: Value): Test {
  const orEqual = name === '$gte' || name === '$lte';
  const greater = name === '$gt' || name === '$gte';
  if (operand === null) return orEqual ? isNull : () => false;
  const rank = rankOf(operand);
  const open = (greater && isKind(operand, TYPE.minKey)) || (!greater && isKind(operand, TYPE.maxKey));
  const nan = isNaNValue(operand);
  return (value) => {
    if (value === undefined || rankOf(value) !== rank) return open;
    if (nan || isNaNValue(value)) return orEqual && nan && isNaNValue(value);
    const side = compareValues(value, operand);
    return side === 0 ? orEqual : greater === side > 0;
  };
}

/** `$in`: equal to one of the values or matched by one of the expressions; a set, so that a long list stays cheap. */
export function inTest(list: readonly Value[]): Test {
  const expressions: Test[] = [];
  const keys = new Set<string>();
  for (const item of list) {
    if (item instanceof Raw && item.type === TYPE.regex) expressions.push(regexTest(...regexParts(item)));
    keys.add(keyOf(item).toString('latin1'));
  }
  const has = (value: Value): boolean => keys.has(keyOf(value).toString('latin1'));
  const withNull = has(null);
  return (value) => {
    if (value === undefined || value === null) return withNull;
    return (withNull && isUndefined(value)) || has(value) || expressions.some((test) => test(value));
  };
}

const NUMBERS = [TYPE.double, TYPE.int, TYPE.long, TYPE.decimal];

/** `$type` by number or alias: https://www.mongodb.com/docs/manual/reference/operator/query/type/ */
export function typeTest(operand: Value): Test {
  const types = new Set<number>();
  for (const item of operand instanceof Arr ? operand.items : [operand]) {
    if (typeof item === 'string') {
      const found = TYPE_OF_NAME.get(item);
      if (found === undefined && item !== 'number')
        throw new StoreError(2, `Unknown type name alias: ${item}`);
      for (const type of found === undefined ? NUMBERS : [found]) types.add(type);
    } else if (isNumber(item)) {
      const type = toNumber(item);
      const known = Object.values(TYPE).some((code) => code === (type === -1 ? 255 : type)) && type !== 255;
      if (!known) throw new StoreError(2, `Invalid numerical type code: ${type}`);
      types.add(type === -1 ? 255 : type);
    } else throw new StoreError(14, 'type must be represented as a number or a string');
  }
  if (types.size === 0) throw new StoreError(9, '$type must match at least one type');
  return (value) => value !== undefined && types.has(typeOf(value));
}

/** A whole number out of an operand. */
export function wholeOf(value: Value | undefined, what: string): number {
  if (value === undefined || !isNumber(value)) throw new StoreError(9, `${what} must be a number`);
  const number = toNumber(value);
  if (!Number.isSafeInteger(number)) throw new StoreError(9, `${what} must be a whole number`);
  return number;
}

/** `$mod: [divisor, remainder]`; both are cut to whole numbers, as are the stored values. */
export function modTest(operand: Value): Test {
  const items = operand instanceof Arr ? operand.items : [];
  const [divisor, remainder] = items;
  if (!(operand instanceof Arr)) throw new StoreError(2, 'malformed mod, needs to be an array');
  if (items.length !== 2)
    throw new StoreError(2, `malformed mod, ${items.length < 2 ? 'not enough' : 'too many'} elements`);
  if (!isNumber(divisor)) throw new StoreError(2, 'malformed mod, divisor not a number');
  if (!isNumber(remainder)) throw new StoreError(2, 'malformed mod, remainder not a number');
  const [by, rest] = [truncated(divisor), truncated(remainder)];
  if (by === undefined || rest === undefined)
    throw new StoreError(2, 'malformed mod, a whole number is needed');
  if (by === 0n) throw new StoreError(2, 'divisor cannot be 0');
  return (value) => {
    const whole = isNumber(value) ? truncated(value) : undefined;
    return whole !== undefined && whole % by === rest;
  };
}

function truncated(value: number | bigint | Double | Raw): bigint | undefined {
  if (typeof value === 'bigint') return value;
  const number = Math.trunc(toNumber(value));
  return Number.isFinite(number) && Math.abs(number) < 2 ** 63 ? BigInt(number) : undefined;
}
