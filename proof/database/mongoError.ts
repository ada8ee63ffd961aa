/** What the driver throws, as far as the product looks at it: its name, its code, and the refused rows. */
export class MongoError extends Error {
  readonly code: number | undefined;
  readonly writeErrors: { index: number; code: number }[];

  constructor(
    name: string,
    message: string,
    code?: number,
    writeErrors: { index: number; code: number }[] = [],
  ) {
    // Thrown by the hundred thousand: where is known, and a stack is dear.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.name = name;
    this.code = code;
    this.writeErrors = writeErrors;
  }
}

/** The second document with a value that a unique index has. */
export const duplicate = (collection: string): MongoError =>
  new MongoError('MongoServerError', `E11000 duplicate key error collection: ${collection}`, 11_000);

/** The database could not be asked, or its answer did not come: whether it acted is not known. */
export const outOfReach = (): MongoError => new MongoError('MongoNetworkError', 'connection closed');
