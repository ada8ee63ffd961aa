import { Doc, Double, Raw, TYPE, type Value } from './value.ts';

/** Builds a document from field and value pairs; a missing value leaves the field out. */
export function doc(fields: Record<string, Value | undefined>): Doc {
  const map = new Map<string, Value>();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) map.set(name, value);
  return new Doc(map);
}

/** A date from milliseconds since 1970. */
export function date(ms: number | bigint): Raw {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(ms));
  return new Raw(TYPE.date, bytes);
}

/** The milliseconds of a date. */
export const dateMs = (value: Raw): bigint => value.bytes.readBigInt64LE(0);

/** A whole number in the smallest of int32, int64 and double that holds it, as replies count. */
export function whole(count: number): Value {
  if (count === (count | 0)) return count;
  return Number.isSafeInteger(count) ? BigInt(count) : new Double(count);
}
