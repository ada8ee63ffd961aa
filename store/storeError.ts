import { type Value } from './values/value.ts';

const NAMES: Record<number, string> = {
  1: 'InternalError',
  2: 'BadValue',
  8: 'UnknownError',
  9: 'FailedToParse',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  17: 'ProtocolError',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  54: 'NotSingleValueField',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  100: 'UnsatisfiableWriteConcern',
  115: 'CommandNotSupported',
  146: 'ExceededMemoryLimit',
  168: 'InvalidPipelineOperator',
  171: 'CannotIndexParallelArrays',
  225: 'TransactionTooOld',
  237: 'CursorKilled',
  238: 'NotImplemented',
  260: 'InvalidResumeToken',
  286: 'ChangeStreamHistoryLost',
  292: 'QueryExceededMemoryLimitNoDiskUseAllowed',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
};

/**
 * A refusal with MongoDB's number. `extra` are further fields of the reply (`keyPattern`, `keyValue`).
 * Numbers: https://www.mongodb.com/docs/manual/reference/error-codes/
 */
export class StoreError extends Error {
  readonly code: number;
  readonly extra: Record<string, Value>;

  constructor(code: number, message: string, extra: Record<string, Value> = {}) {
    super(message);
    this.code = code;
    this.extra = extra;
  }

  /** MongoDB's name of the number, for example `DuplicateKey`. */
  get codeName(): string {
    return NAMES[this.code] ?? `Location${this.code}`;
  }
}

/** The refusal for something MongoDB has and this store has not: code 238, naming what is missing. */
export const notDone = (what: string): StoreError =>
  new StoreError(238, `store: ${what} is not implemented; set MONGODB_URI to a real MongoDB for it`);
