import { names } from '../names.ts';
import { notDone, StoreError } from '../storeError.ts';
import { isNumber, toNumber } from '../values/numbers.ts';
import { Doc, type Value } from '../values/value.ts';
import { type Command, type Input } from './command.ts';

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
