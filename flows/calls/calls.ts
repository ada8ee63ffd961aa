/** What is known of ringing one person about one application. */
export interface Calls {
  /** The latest attempts, the newest last (bounded); all of them are facts of the history. */
  attempts: { at: number; by: string; result: string }[];
  /** How often in a row nobody answered. */
  missed: number;
  /** Not again before this time. */
  after?: number;
  /** Who was promised a call at `after`: unset when it is only tried again. */
  promisedBy?: string;
  /** Passed over: not shown before this time. */
  skipped?: number;
  /** The number that turned out to be somebody else's. */
  wrong?: string;
  /** Nobody answered too often, the candidate was written to: they go to the reserve then. */
  reserveAt?: number;
  /** Their own last call to a number of the agency's. */
  rang?: Rang;
}

/** A call of somebody to a number of the agency's. */
export interface Rang {
  at: number;
  /** The number they rang from, when it may be another than the one in view. */
  from?: string;
  /** How long was spoken, in seconds; unset when nobody answered. */
  talk?: number;
  /** Where the record is heard. */
  record?: string;
}

/** Who has a person on the screen to ring them; nobody else is given them until then. */
export interface Held {
  application: string;
  member: string;
  until: number;
}

/** How a call can end besides the results of the stage. */
export const callResults = ['missed', 'callBack', 'wrongNumber', 'skip', 'talked'] as const;
export const againChoices = ['later', 'morning', 'evening'] as const;
export type Again = (typeof againChoices)[number];

/** How many attempts an application remembers. */
export const remembered = 10;
