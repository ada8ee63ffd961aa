import { names } from '../names.ts';
import { notDone, StoreError } from '../storeError.ts';
import { type Catalog } from '../storage/catalog.ts';
import { isNumber, toNumber } from '../values/numbers.ts';
import { Arr, Doc, type Value } from '../values/value.ts';
import { type Cursors } from './cursors.ts';

/** What commands work on. */
export interface Context {
  catalog: Catalog;
  cursors: Cursors;
  /** The address clients use, as `hello` announces it. */
  address: () => string;
}

/** One command: the fields it accepts beside the common ones, and what it does. */
export interface Command {
  fields: readonly string[];
  /** Whether it may only be run against the database admin. */
  adminOnly?: boolean;
  run: (input: Input, context: Context) => Record<string, Value | undefined>;
}

const wrongType = (name: string, wanted: string): StoreError =>
  new StoreError(14, `BSON field '${name}' is the wrong type, expected type '${wanted}'`);

/** The body of a command, read field by field with MongoDB's errors for wrong types. */
export class Input {
  readonly body: Doc;
  readonly connection: number;

  constructor(body: Doc, connection: number) {
    this.body = body;
    this.connection = connection;
  }

  get name(): string {
    return this.body.fields.keys().next().value ?? '';
  }

  get db(): string {
    return this.text('$db') ?? 'test';
  }

  /** `database.collection` from the command's first field. */
  get ns(): string {
    const collection = this.body.get(this.name);
    if (typeof collection !== 'string') throw new StoreError(73, `collection name has invalid type`);
    if (!collection || collection.startsWith('.') || collection.includes('\0'))
      throw new StoreError(73, `Invalid namespace specified '${this.db}.${collection}'`);
    return `${this.db}.${collection}`;
  }

  text(name: string): string | undefined {
    const value = this.body.get(name);
    if (value !== undefined && typeof value !== 'string') throw wrongType(name, 'string');
    return value;
  }

  doc(name: string): Doc | undefined {
    const value = this.body.get(name);
    if (value === undefined || value instanceof Doc) return value;
    throw wrongType(name, 'object');
  }

  list(name: string): Arr | undefined {
    const value = this.body.get(name);
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
    const value = this.body.get(name);
    if (value === undefined || value === null) return undefined;
    if (!isNumber(value)) throw wrongType(name, 'long');
    const number = Math.trunc(toNumber(value));
    if (number < 0)
      throw new StoreError(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
    return number;
  }

  /** How many documents the first batch of a cursor should have: `cursor.batchSize`. */
  get batchSize(): number | undefined {
    const size = this.doc('cursor')?.get('batchSize');
    return isNumber(size) ? toNumber(size) : undefined;
  }

  flag(name: string): boolean {
    const value = this.body.get(name);
    if (value === undefined || typeof value === 'boolean') return value ?? false;
    if (!isNumber(value)) throw wrongType(name, 'bool');
    return toNumber(value) !== 0;
  }
}

const COMMON = new Set(
  names(`$db lsid $clusterTime txnNumber $readPreference readConcern writeConcern maxTimeMS comment apiVersion
  apiStrict apiDeprecationErrors autocommit startTransaction collation let`),
);

/** @throws StoreError 40415 for a field the command does not know, 238 for one this store has not */
export function checkFields(command: Command, input: Input): void {
  checkApi(input);
  if (!/^[^/\\. "$\0]{1,63}$/.test(input.db))
    throw new StoreError(73, `Invalid database name: '${input.db}'`);
  if (command.adminOnly && input.db !== 'admin')
    throw new StoreError(13, `${input.name} may only be run against the admin database.`);
  for (const [name, value] of input.body.fields) {
    if (COMMON.has(name) || name === input.name || command.fields.includes(name))
      checkCommon(input, name, value);
    else throw new StoreError(40415, `BSON field '${input.name}.${name}' is an unknown field.`);
  }
}

/** The commands of API version 1 among those of this store: https://www.mongodb.com/docs/manual/reference/stable-api/ */
const VERSION_1 = new Set(
  names(`aggregate count create createIndexes delete drop dropDatabase dropIndexes endSessions explain find
    findAndModify getMore hello insert killCursors listCollections listDatabases listIndexes ping update`),
);

function checkApi({ body, name }: Input): void {
  const [version, strict] = [body.get('apiVersion'), body.get('apiStrict')];
  if (version === undefined && (strict !== undefined || body.get('apiDeprecationErrors') !== undefined))
    throw new StoreError(9, 'Provided apiStrict and/or apiDeprecationErrors without passing apiVersion');
  if (version !== undefined && version !== '1') throw new StoreError(322, 'API version must be "1"');
  if (strict === true && !VERSION_1.has(name))
    throw new StoreError(323, `Provided apiStrict:true, but the command ${name} is not in API Version 1.`);
}

const READ_CONCERNS = new Set<Value>(['local', 'available', 'majority', 'linearizable']);
const NO_WRITE_CONCERN = new Set(
  names(
    `find count distinct getMore killCursors listCollections listIndexes listDatabases collStats dbStats explain`,
  ),
);

function checkCommon(input: Input, name: string, value: Value): void {
  if (name === 'writeConcern' && NO_WRITE_CONCERN.has(input.name))
    throw new StoreError(72, 'Command does not support writeConcern');
  if (name === 'autocommit' || name === 'startTransaction') throw notDone('a multi-document transaction');
  if (name === 'collation' && !(value instanceof Doc && value.get('locale') === 'simple'))
    throw notDone('collation');
  if (name === 'let' && !(value instanceof Doc && value.fields.size === 0)) throw notDone("'let'");
  if (name === 'readConcern' && value instanceof Doc) {
    const more = [...value.fields.keys()].find((field) => field !== 'level');
    if (more) throw notDone(`read concern ${more}`);
    const level = value.get('level') ?? 'local';
    if (level === 'snapshot') throw notDone('read concern snapshot');
    if (!READ_CONCERNS.has(level))
      throw new StoreError(2, "Enumeration value for field 'readConcern.level' is not a valid value.");
  }
  if (name !== 'writeConcern' || !(value instanceof Doc)) return;
  const w = value.get('w');
  if (w !== undefined && w !== 'majority' && !(isNumber(w) && toNumber(w) <= 1)) {
    throw new StoreError(100, 'Not enough data-bearing nodes');
  }
}
