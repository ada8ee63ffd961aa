import { splitNumber } from './numbers.ts';
import { Arr, Doc, type Double, Raw, TYPE, typeOf, type Value } from './value.ts';

/** MongoDB's order of types: https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/ */
const ORDER: readonly (readonly (keyof typeof TYPE)[])[] = [
  [],
  ['minKey'],
  ['undefined'],
  ['null'],
  ['double', 'int', 'long', 'decimal'],
  ['string', 'symbol'],
  ['object'],
  ['array'],
  ['binary'],
  ['objectId'],
  ['bool'],
  ['date'],
  ['timestamp'],
  ['regex'],
  ['dbPointer'],
  ['code'],
  ['codeWithScope'],
  ['maxKey'],
];

const RANKS = new Uint8Array(256);
for (const [rank, types] of ORDER.entries()) for (const type of types) RANKS[TYPE[type]] = rank;

/** The place of a type in the order of types; the four number types share one. */
export const rankOfType = (type: number): number => RANKS[type] ?? 0;
export const rankOf = (value: Value): number => rankOfType(typeOf(value));

/**
 * Writes values as bytes whose plain byte order is MongoDB's order of values, across types. Every encoding ends by
 * itself, so that the fields of a compound key can stand one behind the other, and no byte string begins with 0xFF.
 */
export class KeyWriter {
  #bytes = Buffer.allocUnsafeSlow(256);
  #at = 0;

  /** The bytes written so far, and an empty writer again. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#at));
    this.#at = 0;
    return taken;
  }

  /** Writes one field of a key; a missing one like null. Descending fields have every bit turned over. */
  field(value: Value | undefined, descending: boolean): void {
    const from = this.#at;
    this.value(value ?? null);
    if (!descending) return;
    for (let at = from; at < this.#at; at += 1) this.#bytes[at] = ~(this.#bytes[at] ?? 0);
  }

  value(value: Value): void {
    this.#byte(rankOf(value));
    this.#payload(value);
  }

  #room(need: number): void {
    if (this.#at + need <= this.#bytes.length) return;
    const wider = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#at + need));
    this.#bytes.copy(wider, 0, 0, this.#at);
    this.#bytes = wider;
  }

  #byte(byte: number): void {
    this.#room(1);
    this.#bytes[this.#at] = byte;
    this.#at += 1;
  }

  #raw(bytes: Buffer): void {
    this.#room(bytes.length);
    this.#at += bytes.copy(this.#bytes, this.#at);
  }

  #payload(value: Value): void {
    if (typeof value === 'string') this.#text(value);
    else if (typeof value === 'boolean') this.#byte(value ? 1 : 0);
    else if (value instanceof Doc || value instanceof Arr) this.#nested(value);
    else if (value instanceof Raw && value.type !== TYPE.decimal) this.#scalar(value);
    else if (value !== null) this.#number(value);
  }

  #text(text: string): void {
    this.#room(text.length * 3 + 2);
    const from = this.#at;
    const length = this.#bytes.write(text, from);
    this.#at += length;
    const zero = this.#bytes.indexOf(0, from);
    if (zero >= 0 && zero < from + length)
      this.#escape(Buffer.from(this.#bytes.subarray(from, this.#at)), from);
    this.#byte(0);
    this.#byte(0);
  }

  #escape(bytes: Buffer, from: number): void {
    this.#at = from;
    for (const byte of bytes) {
      this.#byte(byte);
      if (byte === 0) this.#byte(0xff);
    }
  }

  #nested(value: Doc | Arr): void {
    if (value instanceof Arr) for (const item of value.items) this.value(item);
    else {
      for (const [name, item] of value.fields) {
        this.#byte(rankOf(item));
        this.#text(name);
        this.#payload(item);
      }
    }
    this.#byte(0);
  }

  #number(value: number | bigint | Double | Raw): void {
    const { floor, rest } = splitNumber(value);
    this.#room(9);
    const at = this.#bytes.writeDoubleBE(floor === 0 ? 0 : floor, this.#at);
    if (Number.isNaN(floor)) this.#bytes.fill(0, this.#at, at);
    else if (floor < 0) for (let i = this.#at; i < at; i += 1) this.#bytes[i] = ~(this.#bytes[i] ?? 0);
    else this.#bytes[this.#at] = (this.#bytes[this.#at] ?? 0) ^ 0x80;
    this.#at = at;
    this.#byte(rest ? 1 : 0);
    if (!rest) return;
    const negative = rest.coefficient < 0n;
    const digits = (negative ? -rest.coefficient : rest.coefficient).toString();
    const bytes = Buffer.alloc(36, '0');
    bytes.writeUInt16BE(digits.length + rest.exponent + 8000, 0);
    bytes.write(digits, 2);
    this.#raw(negative ? Buffer.from(bytes.map((byte) => ~byte)) : bytes);
  }

  #scalar({ type, bytes }: Raw): void {
    if (type === TYPE.date || type === TYPE.timestamp) {
      const turned = Buffer.from(bytes).reverse();
      if (type === TYPE.date) turned[0] = (turned[0] ?? 0) ^ 0x80;
      this.#raw(turned);
    } else if (type === TYPE.binary) {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.readUInt32LE(0));
      this.#raw(length);
      this.#raw(bytes.subarray(4));
    } else if (type === TYPE.objectId) this.#raw(bytes);
    else if (type === TYPE.symbol || type === TYPE.code)
      this.#text(bytes.toString('utf8', 4, bytes.length - 1));
    else if (type !== TYPE.minKey && type !== TYPE.maxKey && type !== TYPE.undefined)
      this.#text(bytes.toString('latin1'));
  }
}

const writer = new KeyWriter();

/** One value as ordered bytes. */
export function keyOf(value: Value): Buffer {
  writer.value(value);
  return writer.take();
}
