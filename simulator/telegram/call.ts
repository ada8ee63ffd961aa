import { type Bot } from '../records.ts';
import { type World } from '../world.ts';
import { type Limits } from './limits.ts';
import { type Params } from './params.ts';
import { type Queries } from './queries.ts';
import { type Updates } from './updates.ts';

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
  /** Fires when the caller has hung up. */
  gone: AbortSignal;
}

/** A method: gives the `result`, or throws a Refusal. */
export type Method = (call: Call) => unknown;
