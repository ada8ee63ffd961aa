import { StoreError } from '../storeError.ts';
import { Arr, Doc, Double, Raw, TYPE, type Value } from './value.ts';

/** Bytes of a payload that starts at `at`, by type; -1 for a type that does not exist. */
export function payloadLength(bytes: Buffer, type: number, at: number): number {
  switch (type) {
    case TYPE.double:
    case TYPE.date:
    case TYPE.timestamp:
    case TYPE.long:
      return 8;
    case TYPE.string:
    case TYPE.code:
    case TYPE.symbol:
      return 4 + bytes.readInt32LE(at);
    case TYPE.object:
    case TYPE.array:
    case TYPE.codeWithScope:
      return bytes.readInt32LE(at);
    case TYPE.binary:
      return 5 + bytes.readInt32LE(at);
    case TYPE.objectId:
      return 12;
    case TYPE.bool:
      return 1;
    case TYPE.int:
      return 4;
    case TYPE.decimal:
      return 16;
    case TYPE.undefined:
    case TYPE.null:
    case TYPE.minKey:
    case TYPE.maxKey:
      return 0;
    case TYPE.regex: {
      const pattern = bytes.indexOf(0, at);
      return pattern < 0 ? -1 : bytes.indexOf(0, pattern + 1) + 1 - at;
    }
    case TYPE.dbPointer:
      return 4 + bytes.readInt32LE(at) + 12;
    default:
      return -1;
  }
}

/** Reads UTF-8; short plain names without a call into the runtime. */
function readText(bytes: Buffer, from: number, to: number): string {
  if (to - from < 12) {
    let text = '';
    for (let at = from; at < to; at += 1) {
      const code = bytes[at] ?? 0;
      if (code > 127) return bytes.toString('utf8', from, to);
      text += String.fromCharCode(code);
    }
    return text;
  }
  return bytes.toString('utf8', from, to);
}

function readValue(bytes: Buffer, type: number, at: number, length: number): Value {
  switch (type) {
    case TYPE.double:
      return new Double(bytes.readDoubleLE(at));
    case TYPE.string:
      return readText(bytes, at + 4, at + length - 1);
    case TYPE.object:
      return new Doc(bytes.subarray(at, at + length));
    case TYPE.array:
      return new Arr(bytes.subarray(at, at + length));
    case TYPE.bool:
      return bytes[at] === 1;
    case TYPE.null:
      return null;
    case TYPE.int:
      return bytes.readInt32LE(at);
    case TYPE.long:
      return bytes.readBigInt64LE(at);
    default:
      return new Raw(type, bytes.subarray(at, at + length));
  }
}

/** Where the zero byte is that ends a name; the end of the bytes if there is none. */
export function endOfName(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += 1;
  return at;
}

/** Steps through bytes one level deep; `take` is told where each name lies. @throws StoreError 22 for broken ones */
function each(bytes: Buffer, take: (value: Value, from: number, to: number) => void): void {
  const end = bytes.length - 1;
  for (let at = 4; at < end;) {
    const type = bytes[at] ?? 0;
    const from = endOfName(bytes, at + 1) + 1;
    const length = payloadLength(bytes, type, from);
    if (length < 0 || from + length > end) throw new StoreError(22, 'Invalid BSON');
    take(readValue(bytes, type, from, length), at + 1, from - 1);
    at = from + length;
  }
}

/** The fields of a document's bytes, one level deep. */
export function readFields(bytes: Buffer): Map<string, Value> {
  const fields = new Map<string, Value>();
  each(bytes, (value, from, to) => fields.set(readText(bytes, from, to), value));
  return fields;
}

/** The elements of an array's bytes, one level deep. */
export function readItems(bytes: Buffer): Value[] {
  const items: Value[] = [];
  each(bytes, (value) => items.push(value));
  return items;
}

/** The value of one field; the others are stepped over. */
export function readField(bytes: Buffer, name: string): Value | undefined {
  const end = bytes.length - 1;
  const wanted = isAscii(name) ? name : Buffer.from(name).toString('latin1');
  for (let at = 4; at < end;) {
    const type = bytes[at] ?? 0;
    let same = 0;
    for (at += 1; bytes[at] !== 0; at += 1) same = bytes[at] === wanted.charCodeAt(same) ? same + 1 : -1;
    at += 1;
    const length = payloadLength(bytes, type, at);
    if (same === wanted.length) return readValue(bytes, type, at, length);
    at += length;
  }
  return undefined;
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 127) return false;
  return true;
}
