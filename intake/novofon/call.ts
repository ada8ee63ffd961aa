/** A call that came in and is over, as either platform of Novofon tells it. */
export interface Call {
  id: string;
  startedAt: Date;
  endedAt: Date;
  /** Who called: digits, or nothing that can be rung. */
  from?: string;
  /** The number of ours that was called. */
  to?: string;
  /** How long was spoken, in seconds; unset when nobody answered. */
  talk?: number;
  record?: string;
  /** The telephony itself says that it was spam, or from somebody it lets through to nobody. */
  spam?: true;
}

/**
 * The calls that came in and began in a stretch of time, oldest first.
 *
 * @throws SourceError
 */
export type ReadCalls = (from: Date, till: Date) => Promise<Call[]>;
