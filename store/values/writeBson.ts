import { StoreError } from '../storeError.ts';
import { Arr, Doc, Double, typeOf, type Value } from './value.ts';

/** Bytes a document may have: https://www.mongodb.com/docs/manual/reference/limits/#mongodb-limit-BSON-Document-Size */
export const MAX_DOCUMENT = 16 * 1024 * 1024;

let scratch = Buffer.allocUnsafeSlow(1 << 16);

function room(at: number, need: number): void {
  if (at + need <= scratch.length) return;
  const wider = Buffer.allocUnsafeSlow(Math.max(scratch.length * 2, at + need));
  scratch.copy(wider, 0, 0, at);
  scratch = wider;
}

function writeName(name: string, at: number): number {
  if (name.includes('\0')) throw new StoreError(2, 'a field name cannot contain a null byte');
  room(at, name.length * 3 + 16);
  const end = at + scratch.write(name, at);
  scratch[end] = 0;
  return end + 1;
}

function writeDoc(value: Doc | Arr, start: number): number {
  if (value.bytes) {
    room(start, value.bytes.length);
    return start + value.bytes.copy(scratch, start);
  }
  let at = start + 4;
  room(at, 16);
  if (value instanceof Doc) for (const [name, item] of value.fields) at = writeField(name, item, at);
  else for (const [index, item] of value.items.entries()) at = writeField(String(index), item, at);
  room(at, 1);
  scratch[at] = 0;
  scratch.writeInt32LE(at + 1 - start, start);
  return at + 1;
}

function writeField(name: string, value: Value, start: number): number {
  room(start, 1);
  scratch[start] = typeOf(value);
  const at = writeName(name, start + 1);
  if (value instanceof Doc || value instanceof Arr) return writeDoc(value, at);
  if (typeof value === 'string') {
    room(at, value.length * 3 + 8);
    const end = at + 4 + scratch.write(value, at + 4);
    scratch.writeInt32LE(end - at - 3, at);
    scratch[end] = 0;
    return end + 1;
  }
  if (value === null) return at;
  if (typeof value === 'number') return scratch.writeInt32LE(value, at);
  if (typeof value === 'bigint') return scratch.writeBigInt64LE(value, at);
  if (typeof value === 'boolean') return scratch.writeUInt8(value ? 1 : 0, at);
  if (value instanceof Double) return scratch.writeDoubleLE(value.value, at);
  room(at, value.bytes.length);
  return at + value.bytes.copy(scratch, at);
}

/** A document as BSON behind so many zero bytes, which are the caller's to fill. */
export function writeBehind(head: number, doc: Doc): Buffer {
  const end = writeDoc(doc, head);
  const bytes = Buffer.allocUnsafe(end).fill(0, 0, head);
  scratch.copy(bytes, head, head, end);
  if (scratch.length > 1 << 22) scratch = Buffer.allocUnsafeSlow(1 << 16);
  return bytes;
}

/** A document as BSON. The bytes belong to the caller. */
export const writeBson = (doc: Doc): Buffer => doc.bytes ?? writeBehind(0, doc);
