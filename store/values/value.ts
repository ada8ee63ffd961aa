import { readField, readFields, readItems } from './readBson.ts';

/** BSON's type bytes: https://bsonspec.org/spec.html */
export const TYPE = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binary: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  code: 13,
  symbol: 14,
  codeWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: 255,
  maxKey: 127,
} as const;

/** A double; a plain JavaScript number is an int32 and a bigint an int64, so no type is lost on the way through. */
export class Double {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** Any other scalar by its type byte and its untouched payload: ObjectId, date, binary, decimal, regex, timestamp … */
export class Raw {
  readonly type: number;
  readonly bytes: Buffer;
  constructor(type: number, bytes: Buffer) {
    this.type = type;
    this.bytes = bytes;
  }
}

/** Null, missing or the old type undefined, which expressions and the fields of commands do not tell apart. */
export const isNull = (value: Value | undefined): value is null | undefined =>
  value === undefined || value === null || (value instanceof Raw && value.type === TYPE.undefined);

/**
 * A document, read on first use: until `set` or `delete` its bytes go out again unchanged, so that what nobody looks
 * into costs nothing. Field order is kept whatever the names (a plain object would move "1" before "a").
 */
export class Doc {
  /** The document as BSON, while nothing in it changed. */
  bytes: Buffer | undefined;
  #fields: Map<string, Value> | undefined;

  constructor(from: Buffer | Map<string, Value> = new Map()) {
    if (from instanceof Map) this.#fields = from;
    else this.bytes = from;
  }

  /** The fields; do not write to it, call `set`. */
  get fields(): Map<string, Value> {
    return (this.#fields ??= readFields(this.bytes ?? EMPTY));
  }

  get(name: string): Value | undefined {
    return this.fields.get(name);
  }

  /** One value, only to look at: it is read without the others, and what is changed in it would be lost. */
  peek(name: string): Value | undefined {
    return this.#fields || !this.bytes ? this.fields.get(name) : readField(this.bytes, name);
  }

  set(name: string, value: Value): void {
    this.fields.set(name, value);
    this.bytes = undefined;
  }

  delete(name: string): boolean {
    const had = this.fields.delete(name);
    if (had) this.bytes = undefined;
    return had;
  }

  /** Says that a value inside will be changed in place. */
  touch(): void {
    void this.fields;
    this.bytes = undefined;
  }

  /** A copy that can be changed without changing this one; nested values are shared until touched. */
  copy(): Doc {
    if (this.bytes) return new Doc(this.bytes);
    const fields = new Map<string, Value>();
    for (const [name, value] of this.fields) fields.set(name, copyValue(value));
    return new Doc(fields);
  }
}

/** An array, read on first use like a document. */
export class Arr {
  bytes: Buffer | undefined;
  #items: Value[] | undefined;

  constructor(from: Buffer | Value[]) {
    if (Array.isArray(from)) this.#items = from;
    else this.bytes = from;
  }

  /** The elements; call `touch` before writing to them. */
  get items(): Value[] {
    return (this.#items ??= readItems(this.bytes ?? EMPTY));
  }

  touch(): Value[] {
    const items = this.items;
    this.bytes = undefined;
    return items;
  }

  copy(): Arr {
    return this.bytes ? new Arr(this.bytes) : new Arr(this.items.map(copyValue));
  }
}

/** Any BSON value. JavaScript's `undefined` is never a value: it means that the field is missing. */
export type Value = null | boolean | number | bigint | string | Double | Raw | Doc | Arr;

const EMPTY = Buffer.from([5, 0, 0, 0, 0]);

/** A copy whose changes stay its own. */
export function copyValue(value: Value): Value {
  return value instanceof Doc || value instanceof Arr ? value.copy() : value;
}

/** The type byte of a value. */
export function typeOf(value: Value): number {
  if (value === null) return TYPE.null;
  if (typeof value === 'string') return TYPE.string;
  if (typeof value === 'number') return TYPE.int;
  if (typeof value === 'boolean') return TYPE.bool;
  if (typeof value === 'bigint') return TYPE.long;
  if (value instanceof Double) return TYPE.double;
  if (value instanceof Doc) return TYPE.object;
  return value instanceof Arr ? TYPE.array : value.type;
}
