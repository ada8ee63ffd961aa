import { clock } from '../clock.ts';
import { type Doc, Raw, TYPE } from '../values/value.ts';

let last = 0n;

/** The time as a timestamp: seconds, and a counter that makes it greater than the one before. */
export function timestamp(): Raw {
  const now = BigInt(Math.floor(clock.now() / 1000)) << 32n;
  last = now > last ? now + 1n : last + 1n;
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(last);
  return new Raw(TYPE.timestamp, bytes);
}

const NONE = Buffer.alloc(8);

/**
 * Puts the time in place of empty timestamps at the top of a new document or a replacement.
 * https://www.mongodb.com/docs/manual/reference/bson-types/#timestamps
 */
export function stamped(doc: Doc): void {
  for (const [name, value] of doc.fields)
    if (value instanceof Raw && value.type === TYPE.timestamp && value.bytes.equals(NONE) && name !== '_id')
      doc.set(name, timestamp());
}
