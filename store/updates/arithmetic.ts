import { notDone, StoreError } from '../storeError.ts';
import { isNumber } from '../values/numbers.ts';
import { Double, Raw, TYPE, type Value } from '../values/value.ts';

const INT_MAX = 2 ** 31;

/** An int64 result, refused when it does not fit. @throws StoreError 2 */
function long(value: bigint, what: string): bigint {
  if (BigInt.asIntN(64, value) === value) return value;
  throw new StoreError(2, `Failed to apply ${what} operations to current value: int64 overflow`);
}

/**
 * Adds or multiplies as MongoDB does: int32 widens to int64 when it overflows, a double makes a double.
 *
 * @throws StoreError 2 when an int64 overflows, 238 for Decimal128
 */
export function arithmetic(what: '$inc' | '$mul', a: Value, b: Value): Value {
  if (!isNumber(a) || !isNumber(b))
    throw new StoreError(14, `Cannot apply ${what} to a value of non-numeric type`);
  if ((a instanceof Raw && a.type === TYPE.decimal) || (b instanceof Raw && b.type === TYPE.decimal)) {
    throw notDone(`${what} with Decimal128`);
  }
  if (a instanceof Double || b instanceof Double) {
    const [x, y] = [a, b].map((value) => (value instanceof Double ? value.value : Number(value)));
    return new Double(what === '$inc' ? (x ?? 0) + (y ?? 0) : (x ?? 0) * (y ?? 0));
  }
  const [x, y] = [BigInt(String(a)), BigInt(String(b))];
  const result = long(what === '$inc' ? x + y : x * y, what);
  const bothInt = typeof a === 'number' && typeof b === 'number';
  return bothInt && result < INT_MAX && result >= -INT_MAX ? Number(result) : result;
}
