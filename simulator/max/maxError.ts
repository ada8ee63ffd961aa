/** A refusal of MAX's bot API, in its shape. */
export class MaxError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  toJSON(): object {
    return { code: this.code, message: this.message };
  }
}
