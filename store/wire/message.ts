import { StoreError } from '../storeError.ts';
import { checkBson } from '../values/checkBson.ts';
import { Arr, Doc } from '../values/value.ts';
import { writeBehind } from '../values/writeBson.ts';

/** Bytes one message may have: https://www.mongodb.com/docs/manual/reference/command/hello/ (`maxMessageSizeBytes`) */
export const MAX_MESSAGE = 48_000_000;

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

/** A request as read from the wire. `legacy` ones are answered by OP_REPLY, `silent` ones not at all. */
export interface Request {
  id: number;
  body: Doc;
  legacy: boolean;
  silent: boolean;
}

const bad = (why: string): StoreError => new StoreError(17, why);

/**
 * Reads one whole message. https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/
 *
 * @throws StoreError when it is no message this store speaks; the connection ends then
 */
export function readMessage(bytes: Buffer): Request {
  const id = bytes.readInt32LE(4);
  const opcode = bytes.readInt32LE(12);
  if (opcode === OP_QUERY) return readQuery(bytes, id);
  if (opcode !== OP_MSG) throw bad(`opcode ${opcode} is not spoken here`);
  const flags = bytes.readUInt32LE(16);
  if (flags & 0xfffc) throw bad('unknown required flags in OP_MSG');
  const end = bytes.length - (flags & 1 ? 4 : 0);
  let body: Doc | undefined;
  const sequences: [string, Arr][] = [];
  let at = 20;
  while (at < end) {
    const kind = bytes[at];
    if (kind === 0) {
      const next = checkBson(bytes, at + 1, end);
      if (body) throw bad('two bodies in one OP_MSG');
      body = new Doc(bytes.subarray(at + 1, next));
      at = next;
    } else if (kind === 1) {
      const [name, docs, next] = readSequence(bytes, at + 1, end);
      sequences.push([name, docs]);
      at = next;
    } else throw bad(`section kind ${kind} is not known`);
  }
  if (!body) throw bad('OP_MSG without a body');
  for (const [name, docs] of sequences) {
    if (body.get(name) !== undefined) throw bad(`the field ${name} is there twice`);
    body.fields.set(name, docs);
  }
  return { id, body, legacy: false, silent: (flags & 2) !== 0 };
}

function readSequence(bytes: Buffer, start: number, limit: number): [string, Arr, number] {
  if (start + 5 > limit) throw bad('a document sequence is cut off');
  const end = start + bytes.readInt32LE(start);
  const nameEnd = bytes.indexOf(0, start + 4);
  if (end > limit || nameEnd < 0 || nameEnd >= end) throw bad('a document sequence is cut off');
  const docs: Doc[] = [];
  let at = nameEnd + 1;
  while (at < end) {
    const next = checkBson(bytes, at, end);
    docs.push(new Doc(bytes.subarray(at, next)));
    at = next;
  }
  return [bytes.toString('utf8', start + 4, nameEnd), new Arr(docs), end];
}

function readQuery(bytes: Buffer, id: number): Request {
  const nameEnd = bytes.indexOf(0, 20);
  if (nameEnd < 0 || nameEnd + 9 >= bytes.length) throw bad('OP_QUERY is cut off');
  const name = bytes.toString('utf8', 20, nameEnd);
  checkBson(bytes, nameEnd + 9, bytes.length);
  const body = new Doc(bytes.subarray(nameEnd + 9, nameEnd + 9 + bytes.readInt32LE(nameEnd + 9)));
  body.fields.set('$db', name.replace(/\.\$cmd$/, ''));
  return { id, body, legacy: true, silent: false };
}

/** The answer to a request as bytes. */
export function writeReply(request: Request, reply: Doc): Buffer {
  const bytes = writeBehind(request.legacy ? 36 : 21, reply);
  bytes.writeInt32LE(bytes.length, 0);
  bytes.writeInt32LE(request.id, 8);
  bytes.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) {
    bytes.writeInt32LE(8, 16);
    bytes.writeInt32LE(1, 32);
  }
  return bytes;
}
