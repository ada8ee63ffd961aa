/** What is to be done about an error of the Graph API. */
export type Answer =
  /** Certainly not sent: wait so many milliseconds, with everything or with this person alone. */
  | { do: 'wait'; milliseconds: number; alone?: boolean }
  /** Certainly not sent: try again by itself. */
  | { do: 'again' }
  /** Outside the 24 hours: only a template may go. */
  | { do: 'template' }
  /** The template is not to be used: paused, disabled, unknown, or with other parameters. */
  | { do: 'noTemplate' }
  /** This message does not go this way. */
  | { do: 'refuse' }
  /** Nothing goes this way until somebody looks: the token, the account, its quality. */
  | { do: 'trouble' };

const minute = 60_000;

/**
 * Each code with its right answer. Source: developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 * and the OpenAPI file of `facebook/openapi`. Not here, and so of this message alone: 131026 (not on WhatsApp), 131049 (Meta holds
 * marketing back), 131050 (they stopped it), 130472 (an experiment of Meta's).
 */
const answers: Record<number, Answer> = {
  1: { do: 'again' },
  2: { do: 'again' },
  131000: { do: 'again' },
  131016: { do: 'again' },
  4: { do: 'wait', milliseconds: minute },
  80007: { do: 'wait', milliseconds: minute },
  130429: { do: 'wait', milliseconds: 1_000 },
  131056: { do: 'wait', milliseconds: 6_000, alone: true },
  131047: { do: 'template' },
  132000: { do: 'noTemplate' },
  132001: { do: 'noTemplate' },
  132012: { do: 'noTemplate' },
  132015: { do: 'noTemplate' },
  132016: { do: 'noTemplate' },
  0: { do: 'trouble' },
  3: { do: 'trouble' },
  10: { do: 'trouble' },
  190: { do: 'trouble' },
  200: { do: 'trouble' },
  368: { do: 'trouble' },
  131031: { do: 'trouble' },
  131042: { do: 'trouble' },
  131048: { do: 'trouble' },
  133010: { do: 'trouble' },
};

/** Not on WhatsApp, too old, opted out, an unsupported file …: whatever is not in the table concerns this message alone. */
export function answerTo(code: number | undefined, status: number): Answer {
  const known = code === undefined ? undefined : answers[code];
  if (known) return known;
  if (status === 429) return { do: 'wait', milliseconds: 1_000 };
  if (status === 401) return { do: 'trouble' };
  return status >= 500 ? { do: 'again' } : { do: 'refuse' };
}
