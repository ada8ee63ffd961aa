/** A control call that cannot be done: the answer is `{error}` with this status. */
export class ControlError extends Error {
  readonly status: number;
  readonly more: object;

  /** @param more fields beside `error` in the answer. */
  constructor(status: number, message: string, more: object = {}) {
    super(message);
    this.status = status;
    this.more = more;
  }
}
