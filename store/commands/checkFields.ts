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
  checkDatabase(input, adminOnly);
  for (const [name, value] of input.body.fields) {
    if (name === input.first || fields.has(name)) continue;
    const check = COMMON.get(name);
    if (!check && !MISSING.has(name))
      throw new StoreError(40415, `BSON field '${input.name}.${name}' is an unknown field.`);
    refuseOption(name, value);
    check?.(value, input);
  }
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

const isFalse = (value: Value): boolean => value === false;
const isEmpty = (value: Value): boolean => value instanceof Doc && value.fields.size === 0;

/** Options that MongoDB has and this store has not, and the values with which they ask for nothing. `c` is a `let`, too. */
const MISSING = new Map(
  Object.entries({
    'autocommit startTransaction apiVersion': () => false,
    [`capped validator timeseries viewOn clusteredIndex expireAfterSeconds changeStreamPreAndPostImages
    validationLevel validationAction storageEngine indexOptionDefaults apiStrict apiDeprecationErrors
    tailable awaitData returnKey showRecordId explain`]: isFalse,
    'let c hint min max': isEmpty,
    collation: (value: Value) => value instanceof Doc && value.get('locale') === 'simple',
  }).flatMap(([all, asksNothing]) => names(all).map((name) => [name, asksNothing] as const)),
);

/** What an option is called where its name alone says too little. */
const SAID = new Map([
  ['autocommit', 'a multi-document transaction'],
  ['startTransaction', 'a multi-document transaction'],
  ['c', 'the option let'],
]);

/** @throws StoreError 238 for an option this store has not, unless it asks for nothing */
export function refuseOption(name: string, value: Value | undefined): void {
  if (value !== undefined && MISSING.get(name)?.(value) === false)
    throw notDone(SAID.get(name) ?? `the option ${name}`);
}

/** @throws StoreError 2 beyond an int32 */
function checkTime(value: Value): void {
  if (isNumber(value) && toNumber(value) >= 2 ** 31)
    throw new StoreError(2, `${toNumber(value)} value for maxTimeMS is out of range`);
}

/** The fields any command may have, and what is asked of each. */
const COMMON = new Map<string, (value: Value, input: Input) => void>([
  ...names('$db lsid $clusterTime txnNumber $readPreference comment').map(
    (name) => [name, () => undefined] as const,
  ),
  ['maxTimeMS', checkTime],
  ['readConcern', checkReadConcern],
  ['writeConcern', checkWriteConcern],
]);
