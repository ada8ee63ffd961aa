import { Decimal128 } from 'bson';
import { Double, Raw, TYPE, type Value } from './value.ts';

/** Whether the value is one of the four number types. */
export const isNumber = (value: Value | undefined): value is number | bigint | Double | Raw =>
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  value instanceof Double ||
  (value instanceof Raw && value.type === TYPE.decimal);

const bits = new DataView(new ArrayBuffer(8));

/** The nearest JavaScript number; decimals and large int64 lose digits. */
export function toNumber(value: number | bigint | Double | Raw): number {
  if (typeof value === 'number') return value;
  if (value instanceof Double) return value.value;
  return typeof value === 'bigint' ? Number(value) : Number(decimalText(value));
}

function decimalText(value: Raw): string {
  return new Decimal128(value.bytes).toString();
}

/** The greatest double below a finite one. */
function below(value: number): number {
  if (value === 0) return -Number.MIN_VALUE;
  if (value === Infinity) return Number.MAX_VALUE;
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return bits.getFloat64(0);
}

/** An exact `coefficient * 10^exponent`. */
interface Exact {
  coefficient: bigint;
  exponent: number;
}

function exactDecimal(text: string): Exact | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:E([+-]?\d+))?$/i.exec(text);
  if (!match) return undefined;
  const [, sign, units = '0', fraction = '', exponent = '0'] = match;
  const digits = BigInt(units + fraction);
  return { coefficient: sign ? -digits : digits, exponent: Number(exponent) - fraction.length };
}

/** -1, 0 or 1 as the double is below, at or above the exact number. */
function compareExact(double: number, { coefficient, exponent }: Exact): number {
  if (!Number.isFinite(double)) return double > 0 ? 1 : -1;
  bits.setFloat64(0, double);
  const raw = bits.getBigUint64(0);
  const biased = Number((raw >> 52n) & 0x7ffn);
  const fraction = (raw & 0xfffffffffffffn) | (biased ? 1n << 52n : 0n);
  const power = (biased || 1) - 1075;
  let left = double < 0 ? -fraction : fraction;
  let right = coefficient;
  if (power > 0) left <<= BigInt(power);
  else right <<= BigInt(-power);
  if (exponent > 0) right *= 10n ** BigInt(exponent);
  else left *= 10n ** BigInt(-exponent);
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * A number split so that order is plain: `floor` is the greatest double not above it and `rest` tells apart the
 * numbers that share one floor (int64 beyond 2^53, decimals). No rest means that the double is exact.
 */
export function splitNumber(value: number | bigint | Double | Raw): { floor: number; rest?: Exact } {
  if (typeof value === 'number') return { floor: value };
  if (value instanceof Double) return { floor: value.value };
  const exact =
    typeof value === 'bigint' ? { coefficient: value, exponent: 0 } : exactDecimal(decimalText(value));
  const near = toNumber(value);
  if (!exact) return { floor: near };
  const side = compareExact(near, exact);
  if (side === 0) return { floor: near };
  return { floor: side > 0 ? below(near) : near, rest: exact };
}
