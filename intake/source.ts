import type { FoundLead } from '../flows/sites/foundLead.ts';
import type { SourceFault, SourceName } from '../flows/sites/sourceNames.ts';

export type { FoundLead, SourceFault, SourceName };

/** What was found, and from where to read on. */
export interface Found {
  leads: FoundLead[];
  /** Kept by us between reads and given back as it was: the source's own words. */
  cursor: string;
}

/** An outside system that leads come from. Its own hooks only hasten the next read: none of them can be trusted alone. */
export interface Source {
  name: SourceName;
  /**
   * Whatever is new since `cursor` (undefined: the first time), at least once each, oldest first.
   *
   * @throws SourceError
   */
  read(cursor: string | undefined): Promise<Found>;
  /** Where a member lets us in, by a link of theirs; a source that needs nothing but its settings has none. */
  consent?(member: string): string;
  /**
   * Tell the person's page at the source what was decided. Safe to repeat: told twice, it stands once.
   *
   * @throws SourceError
   * @throws AnswerRefused
   */
  answer?(lead: string, answer: { kind: 'invite' | 'refuse'; text: string }): Promise<void>;
}

/** A source that could not be read or told; `retryAfter` in seconds, when it said so. Quotes nothing the source said. */
export class SourceError extends Error {
  readonly why: SourceFault;
  readonly retryAfter: number | undefined;

  constructor(why: SourceFault, retryAfter?: number) {
    super(`the source gave nothing: ${why}`);
    this.why = why;
    this.retryAfter = retryAfter;
  }
}

/** The source is there and will not take this answer, now or later: the response is closed, the résumé deleted. */
export class AnswerRefused extends Error {
  constructor() {
    super('the source takes no answer to this response');
  }
}
