import { Arr, Doc, Double, Raw, TYPE, type Value } from './value.ts';

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

/** Turns plain JavaScript (error extras, index specifications) into a value. */
export function fromPlain(plain: unknown): Value {
  if (plain instanceof Doc || plain instanceof Arr || plain instanceof Raw || plain instanceof Double)
    return plain;
  if (
    plain === null ||
    typeof plain === 'boolean' ||
    typeof plain === 'string' ||
    typeof plain === 'bigint'
  ) {
    return plain;
  }
  if (typeof plain === 'number') return Number.isInteger(plain) ? whole(plain) : new Double(plain);
  if (Array.isArray(plain)) return new Arr(plain.map(fromPlain));
  if (typeof plain === 'object') {
    const fields = Object.entries(plain).filter(([, value]) => value !== undefined);
    return doc(Object.fromEntries(fields.map(([name, value]) => [name, fromPlain(value)])));
  }
  throw new TypeError(`no BSON for a ${typeof plain}`);
}
