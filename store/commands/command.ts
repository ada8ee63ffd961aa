import { names } from '../names.ts';
import { refuseOthers } from '../refuseOthers.ts';
import { StoreError } from '../storeError.ts';
import { type Catalog } from '../storage/catalog.ts';
import { isNumber, toNumber } from '../values/numbers.ts';
import { Arr, Doc, isNull, type Value } from '../values/value.ts';
import { type Cursors } from './cursors.ts';

/** What commands work on. */
export interface Context {
  catalog: Catalog;
  cursors: Cursors;
  /** The address clients use, as `hello` announces it. */
  address: () => string;
}

/** The fields of a reply; a missing value leaves the field out. */
export type Fields = Record<string, Value | undefined>;

type Run = (input: Input, context: Context) => Fields;

/** One command: the fields it accepts beside the common ones, and what it does. */
export interface Command {
  fields: ReadonlySet<string>;
  /** Whether it may only be run against the database admin. */
  adminOnly: boolean;
  run: Run;
}

/** @param fields the names of the fields it accepts, as the manual lists them */
export const command = (fields: string, run: Run, adminOnly = false): Command => ({
  fields: new Set(names(fields)),
  adminOnly,
  run,
});

const wrongType = (name: string, wanted: string): StoreError =>
  new StoreError(14, `BSON field '${name}' is the wrong type, expected type '${wanted}'`);

/** Names that MongoDB still takes for another of today: https://www.mongodb.com/docs/manual/reference/command/ */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['buildinfo', 'buildInfo'],
  ['collstats', 'collStats'],
  ['dbstats', 'dbStats'],
  ['deleteIndexes', 'dropIndexes'],
  ['findandmodify', 'findAndModify'],
  ['isMaster', 'ismaster'],
]);

/** The body of a command, read field by field with MongoDB's errors for wrong types. */
export class Input {
  readonly body: Doc;
  readonly connection: number;
  /** The first field, as it was spelled. */
  readonly first: string;
  /** The command it names. */
  readonly name: string;

  constructor(body: Doc, connection: number) {
    this.body = body;
    this.connection = connection;
    this.first = body.fields.keys().next().value ?? '';
    this.name = ALIASES.get(this.first) ?? this.first;
  }

  get db(): string {
    return this.text('$db') ?? 'test';
  }

  /** `database.collection` from the command's first field. */
  get ns(): string {
    const collection = this.body.get(this.first);
    if (typeof collection !== 'string') throw new StoreError(73, `collection name has invalid type`);
    if (!collection || collection.startsWith('.') || collection.includes('\0'))
      throw new StoreError(73, `Invalid namespace specified '${this.db}.${collection}'`);
    return `${this.db}.${collection}`;
  }

  /** What a field holds. Null says nothing, as for MongoDB's own reader of commands (`IDLParserContext`). */
  #given(name: string): Value | undefined {
    const value = this.body.get(name);
    return isNull(value) ? undefined : value;
  }

  text(name: string): string | undefined {
    const value = this.#given(name);
    if (value !== undefined && typeof value !== 'string') throw wrongType(name, 'string');
    return value;
  }

  doc(name: string): Doc | undefined {
    const value = this.#given(name);
    if (value === undefined || value instanceof Doc) return value;
    throw wrongType(name, 'object');
  }

  list(name: string): Arr | undefined {
    const value = this.#given(name);
    if (value === undefined || value instanceof Arr) return value;
    throw wrongType(name, 'array');
  }

  /** The documents of an array. */
  docs(name: string): Doc[] {
    const list = this.list(name);
    if (!list)
      throw new StoreError(40414, `BSON field '${this.name}.${name}' is missing but a required field`);
    return list.items.map((item) => {
      if (!(item instanceof Doc)) throw wrongType(`${name}.0`, 'object');
      return item;
    });
  }

  /** A whole number that is not negative. */
  count(name: string): number | undefined {
    const value = this.#given(name);
    if (value === undefined) return undefined;
    if (!isNumber(value)) throw wrongType(name, 'long');
    const number = Math.trunc(toNumber(value));
    if (number < 0)
      throw new StoreError(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
    return number;
  }

  /** How many documents the first batch of a cursor should have: `cursor.batchSize`. */
  get batchSize(): number | undefined {
    const cursor = this.doc('cursor');
    if (!cursor) return undefined;
    refuseOthers(cursor, ['batchSize'], 'cursor');
    return new Input(cursor, this.connection).count('batchSize');
  }

  flag(name: string): boolean {
    const value = this.#given(name);
    if (value === undefined || typeof value === 'boolean') return value ?? false;
    if (!isNumber(value)) throw wrongType(name, 'bool');
    return toNumber(value) !== 0;
  }
}
