import { isUtf8 } from 'node:buffer';
import { StoreError } from '../storeError.ts';
import { endOfName, payloadLength } from './readBson.ts';
import { TYPE } from './value.ts';

/** Nesting that is accepted: https://www.mongodb.com/docs/manual/reference/limits/ (100 promised, 180 tolerated). */
const MAX_DEPTH = 180;

const bad = (why: string): StoreError => new StoreError(22, `Invalid BSON: ${why}`);

/** Longer text is checked by the runtime at once, shorter only from its first byte that is not ASCII on. */
const SHORT = 256;

/** Text that is not UTF-8 would come back changed, and be equal to other such text. */
function checkText(bytes: Buffer, from: number, to: number): void {
  let at = from;
  if (to - from < SHORT) while (at < to && (bytes[at] ?? 0) < 128) at += 1;
  if (at < to && !isUtf8(bytes.subarray(at, to))) throw bad('text that is not UTF-8');
}

/**
 * Checks a whole document, every nested one included, before anything else looks at it: lengths, types, terminators,
 * text, depth. After it the readers can trust the bytes.
 *
 * @returns the offset behind the document
 * @throws StoreError 22 InvalidBSON
 */
export function checkBson(bytes: Buffer, start: number, limit: number, depth = 0): number {
  if (depth > MAX_DEPTH) throw bad(`nested deeper than ${MAX_DEPTH}`);
  if (limit - start < 5) throw bad('too short');
  const size = bytes.readInt32LE(start);
  const end = start + size;
  if (size < 5 || end > limit) throw bad('length runs past its container');
  if (bytes[end - 1] !== 0) throw bad('no end mark');
  let at = start + 4;
  while (at < end - 1) {
    const type = bytes[at] ?? 0;
    const nameEnd = endOfName(bytes, at + 1);
    if (nameEnd >= end - 1) throw bad('field name without an end');
    checkText(bytes, at + 1, nameEnd);
    at = checkValue(bytes, type, nameEnd + 1, end - 1, depth);
  }
  if (at !== end - 1) throw bad('a field runs past the document');
  return end;
}

function checkValue(bytes: Buffer, type: number, at: number, end: number, depth: number): number {
  const needsLength =
    type === TYPE.string || type === TYPE.binary || type === TYPE.code || type === TYPE.symbol;
  if ((needsLength || type === TYPE.dbPointer || type === TYPE.codeWithScope) && at + 4 > end) {
    throw bad('a length is cut off');
  }
  if (type === TYPE.object || type === TYPE.array) return checkBson(bytes, at, end, depth + 1);
  const length = payloadLength(bytes, type, at);
  const next = at + length;
  if (length < 0 || next > end) throw bad(`a field of type ${type} is cut off or unknown`);
  if (needsLength && type !== TYPE.binary && (length < 5 || bytes[next - 1] !== 0))
    throw bad('broken string');
  if (needsLength && type !== TYPE.binary) checkText(bytes, at + 4, next - 1);
  if (type === TYPE.binary && length < 5) throw bad('broken binary');
  if (type === TYPE.codeWithScope && length < 14) throw bad('broken code');
  if (type === TYPE.dbPointer && length < 17) throw bad('broken pointer');
  if (type === TYPE.bool && (bytes[at] ?? 2) > 1) throw bad('broken boolean');
  return next;
}
