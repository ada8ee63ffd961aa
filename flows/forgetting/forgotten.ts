import type { Candidate } from '../candidate.ts';
import type { Place } from '../channels.ts';

/** What is under way still: what stands elsewhere is being deleted, then the person is told. */
export const phasesOfForgetting = ['erasing', 'ending'] as const;

/**
 * What is left of a person whose data was deleted: that it was, when, at whose word, and which consent ended by it.
 * Nobody can be found by it; whoever has the number of the deletion (the card's id) can be shown it.
 */
export interface Forgotten {
  at: number;
  /** `candidate`: their own word; `bot`: nothing happened for as long as data is kept; else a member, or the API. */
  by: string;
  /** The event that decided it: the ones that follow are named after it. */
  event: string;
  consent?: { version: string; at: number };
  phase?: (typeof phasesOfForgetting)[number];
  /** By what it is found elsewhere, until it is gone there. */
  trace?: Trace;
}

/** Where a person's data stands beside their card. Gone with the last phase. */
export interface Trace {
  /** Their card, and those that were joined to it. */
  cards: string[];
  applications: string[];
  chats: Place[];
  /** What they are called, and how they are reached: words that may stand in what somebody wrote. */
  words: string[];
  /** Of those who look alike: their recruiters were told of this name. */
  alike: string[];
  /** Ids of files of ours. */
  files: string[];
  /** Tables they came with. */
  imports: string[];
  /** Where they hear that it is done; unset: nowhere. */
  tell?: Place;
}

/** What happens to somebody who is being forgotten. */
export type Forgetting =
  /**
   * At their own word (an effect of their answer), or their written one by a member or the API; or by the bot, after as
   * long as data is kept. `tell`: where they hear of it; unset: where they are reached best. `version`: not when anything
   * has happened since.
   */
  | { type: 'forgetPerson'; by: string; tell?: Place; version?: number }
  /** Said by the product itself: nothing of them stands elsewhere; they were told. */
  | { type: 'erased' | 'goodbyeOrdered' };

/** Does anything stay of a card that is being forgotten: something to be counted, or to be proved? */
export function isKept({ forgotten, applications, joined }: Candidate): boolean {
  return forgotten?.consent !== undefined || applications.length > 0 || joined !== undefined;
}

/** Is it a step of a forgetting? Anything else that comes for such a card is refused. */
export function isForgetting({ type }: { type: string }): boolean {
  return type === 'forgetPerson' || type === 'erased' || type === 'goodbyeOrdered';
}
