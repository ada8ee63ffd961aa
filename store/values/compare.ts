import { keyOf, rankOf } from './keyWriter.ts';
import { Double, Raw, type Value } from './value.ts';

const plain = (value: Value): number | bigint | undefined =>
  typeof value === 'number' || typeof value === 'bigint'
    ? value
    : value instanceof Double && !Number.isNaN(value.value)
      ? value.value
      : undefined;

/**
 * MongoDB's total order of values, across types; below, at or above zero.
 * https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/
 */
export function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  const x = plain(a);
  const y = plain(b);
  if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : 0;
  const rank = rankOf(a) - rankOf(b);
  if (rank !== 0) return rank;
  if (a instanceof Raw && b instanceof Raw && a.type === b.type && a.bytes.equals(b.bytes)) return 0;
  return Buffer.compare(keyOf(a), keyOf(b));
}

/** Whether MongoDB holds the two for equal: numbers by value whatever their type, documents by order of fields too. */
export const equalValues = (a: Value, b: Value): boolean => compareValues(a, b) === 0;
