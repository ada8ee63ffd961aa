import { type Bot } from '../records.ts';
import { type World } from '../world.ts';
import { type Limits } from './limits.ts';
import { type Params } from './params.ts';
import { type Queries } from './queries.ts';
import { type Updates } from './updates.ts';

/** Who called: a connection, or the answer of a webhook. */
export interface Caller {
  /** Fires when nobody waits for the result any more. */
  gone: AbortSignal;
  /** Whether the connection that the call came over is still open, now or later. */
  connected: () => boolean;
}

/** One call of a Bot API method, with all that a method may touch. */
export interface Call {
  world: World;
  updates: Updates;
  queries: Queries;
  limits: Limits;
  bot: Bot;
  /** As Telegram writes it, e.g. `sendMessage`. */
  method: string;
  params: Params;
  caller: Caller;
}

/** A method: gives the `result`, or throws a Refusal. */
export type Method = (call: Call) => unknown;
