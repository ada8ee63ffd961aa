/** What the Bot API answers when it says no. */
export class Refusal extends Error {
  readonly code: number;
  readonly parameters: { retry_after?: number } | undefined;

  /**
   * @param code the HTTP status and `error_code`.
   * @param description Telegram's words, e.g. `Bad Request: chat not found`. They are [C]: read off tdlib/telegram-bot-api
   *   and tdlib/td or met in bots' logs; where one is a guess the place that throws says so.
   */
  constructor(code: number, description: string, parameters?: { retry_after?: number }) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }

  /** 400 with Telegram's usual prefix. */
  static bad(why: string): Refusal {
    return new Refusal(400, `Bad Request: ${why}`);
  }

  static tooMany(seconds: number): Refusal {
    return new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
  }

  static blocked(): Refusal {
    return new Refusal(403, 'Forbidden: bot was blocked by the user');
  }

  /** The body of the answer. */
  toJSON(): object {
    const { code, message, parameters } = this;
    return { ok: false, error_code: code, description: message, ...(parameters && { parameters }) };
  }
}
