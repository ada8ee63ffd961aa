import { names } from '../names.ts';
import { refuseOthers } from '../refuseOthers.ts';
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

/** The body of a command, read field by field with MongoDB's errors for wrong types. */
export class Input {
  readonly body: Doc;
  readonly connection: number;
  /** That of the command: its first field. */
  readonly name: string;

  constructor(body: Doc, connection: number) {
    this.body = body;
    this.connection = connection;
    this.name = body.fields.keys().next().value ?? '';
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
    const cursor = this.doc('cursor');
    if (!cursor) return undefined;
    refuseOthers(cursor, ['batchSize'], 'cursor');
    return new Input(cursor, this.connection).count('batchSize');
  }

  flag(name: string): boolean {
    const value = this.body.get(name);
    if (value === undefined || typeof value === 'boolean') return value ?? false;
    if (!isNumber(value)) throw wrongType(name, 'bool');
    return toNumber(value) !== 0;
  }
}

/** Database names that have passed. */
const passed = new Set<string>();

function checkDatabase({ db, name }: Input, adminOnly: boolean): void {
  if (!passed.has(db)) {
    if (!/^[^/\\. "$\0]{1,63}$/.test(db)) throw new StoreError(73, `Invalid database name: '${db}'`);
    if (passed.size < 1000) passed.add(db);
  }
  if (adminOnly && db !== 'admin')
    throw new StoreError(13, `${name} may only be run against the admin database.`);
}

/** @throws StoreError 40415 for a field the command does not know, 238 for one this store has not */
export function checkFields({ fields, adminOnly }: Command, input: Input): void {
  checkApi(input);
  checkDatabase(input, adminOnly);
  for (const [name, value] of input.body.fields) {
    if (name === input.name || fields.has(name)) continue;
    const check = COMMON.get(name);
    if (!check) throw new StoreError(40415, `BSON field '${input.name}.${name}' is an unknown field.`);
    check(value, input);
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

/** Refuses a collation other than the simple one. */
export function checkCollation(value: Value | undefined): void {
  if (value !== undefined && !(value instanceof Doc && value.get('locale') === 'simple'))
    throw notDone('collation');
}

const READ_CONCERNS = new Set<Value>(['local', 'available', 'majority', 'linearizable']);

function checkReadConcern(value: Value): void {
  const more = value instanceof Doc && [...value.fields.keys()].find((field) => field !== 'level');
  if (more) throw notDone(`read concern ${more}`);
  const level = (value instanceof Doc ? value.get('level') : undefined) ?? 'local';
  if (level === 'snapshot') throw notDone('read concern snapshot');
  if (!READ_CONCERNS.has(level))
    throw new StoreError(2, "Enumeration value for field 'readConcern.level' is not a valid value.");
}

const NO_WRITE_CONCERN = new Set(
  names(`find count distinct getMore killCursors listCollections listIndexes listDatabases collStats dbStats
    explain`),
);

function checkWriteConcern(value: Value, { name }: Input): void {
  if (NO_WRITE_CONCERN.has(name)) throw new StoreError(72, 'Command does not support writeConcern');
  const w = value instanceof Doc ? value.get('w') : undefined;
  if (w !== undefined && w !== 'majority' && !(isNumber(w) && toNumber(w) <= 1))
    throw new StoreError(100, 'Not enough data-bearing nodes');
}

/** @throws StoreError 2 beyond an int32 */
function checkTime(value: Value): void {
  if (isNumber(value) && toNumber(value) >= 2 ** 31)
    throw new StoreError(2, `${toNumber(value)} value for maxTimeMS is out of range`);
}

const transaction = (): never => {
  throw notDone('a multi-document transaction');
};

/** The fields any command may have, and what is asked of each. */
const COMMON = new Map<string, (value: Value, input: Input) => void>([
  ...names(
    `$db lsid $clusterTime txnNumber $readPreference comment apiVersion apiStrict apiDeprecationErrors`,
  ).map((name) => [name, () => undefined] as const),
  ['autocommit', transaction],
  ['startTransaction', transaction],
  ['maxTimeMS', checkTime],
  ['collation', checkCollation],
  ['readConcern', checkReadConcern],
  ['writeConcern', checkWriteConcern],
  [
    'let',
    (value) => {
      if (!(value instanceof Doc && value.fields.size === 0)) throw notDone("'let'");
    },
  ],
]);
