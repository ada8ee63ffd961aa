import type { CalendarFile } from '../flows/effect.ts';
import type { IncomingFile } from '../flows/question.ts';
import type { Reader, Rendered } from './words.ts';

/** What came of a send. `notArrived` may be tried again; `uncertain` never by itself. */
export type SendResult =
  | { outcome: 'sent'; messageId?: number }
  | { outcome: 'notArrived'; error: string; retryAfter?: number }
  | { outcome: 'uncertain' | 'refused' | 'blocked'; error: string };

/** A way to reach people. Every channel passes the same contract suite. */
export interface Channel {
  send(
    address: string,
    message: Rendered,
    more: {
      /** The row of the ledger: one message, whoever repeats it. For channels that know idempotency keys. */
      key: string;
      place?: string;
      anew?: boolean;
      file?: IncomingFile | CalendarFile;
      reader: Reader;
      silent?: boolean;
    },
  ): Promise<SendResult>;
}
