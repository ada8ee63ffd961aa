import type { ChannelId } from '../flows/channels.ts';
import type { CalendarFile, Params } from '../flows/effect.ts';
import type { IncomingFile } from '../flows/question.ts';
import type { Hold } from './makeInbox.ts';
import type { Pace } from './makePace.ts';
import type { Reader, Rendered } from './words.ts';

/**
 * What came of a send. `notArrived` may be tried again; `uncertain` never by itself; `refused` and `blocked` go on to
 * the next way to reach the person, and `blocked` closes this one. `cost`: in roubles.
 */
export type SendResult =
  | { outcome: 'sent'; messageId?: number | string; cost?: number }
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
      /** The locale's key of the message: for channels that take prepared templates only. */
      template?: string;
      /** What goes into it. */
      params?: Params;
      place?: string;
      /** The application it is about: what a letter's thread and the link to the person's page are made of. */
      application?: string;
      anew?: boolean;
      /** A topic of the chat. */
      thread?: number;
      file?: IncomingFile | CalendarFile;
      reader: Reader;
      silent?: boolean;
      /** It wants an answer: an earlier message's numbers are chosen no more. */
      asks?: boolean;
    },
  ): Promise<SendResult>;
  /** Take a message away again, where the channel still lets us. One that cannot be is left, and nobody is told. */
  remove?(address: string, messageId: number | string): Promise<void>;
  /** How fast it takes messages; without one, as fast as they come. */
  pace?: Pace;
  /** Whether it asks to wait now, where it may do so without having a pace. */
  rests?: Pick<Pace, 'resting' | 'rested'>;
}

/** The recruiters' group: an address is a candidate's id, and what was written there is marked with what came of it. */
export interface DeskChannel extends Channel {
  mark(message: number, outcome: 'sent' | 'failed'): Promise<void>;
  /** Delete the topics of these candidates with all that was said there. */
  close(candidates: string[]): Promise<void>;
}

/** The channels that are set up here. `source`: answers to responses, at the sites they were made on. */
export type Channels = Partial<Record<ChannelId, Channel>> & { desk?: DeskChannel; source?: Channel };

/** Works on one stored update of a channel; safe to repeat. */
export type Handler = (update: unknown, hold: Hold) => Promise<void>;
