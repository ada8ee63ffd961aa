/** A refusal in hh's words: `{errors: [{type, value}]}`. */
export class HhError extends Error {
  readonly status: number;
  readonly type: string;
  readonly value: string | undefined;

  constructor(status: number, type: string, value?: string) {
    super(`${type} ${value ?? ''}`);
    this.status = status;
    this.type = type;
    this.value = value;
  }

  toJSON(): object {
    const { type, value } = this;
    return { request_id: 'sim', errors: [{ type, ...(value && { value }) }] };
  }
}
