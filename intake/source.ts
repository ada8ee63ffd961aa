/** Where leads come from by themselves. The name is also the application's source, and a word of the locales (`source.hh`). */
export const sourceNames = ['hh', 'avito', 'novofon'] as const;
export type SourceName = (typeof sourceNames)[number];

/** Somebody who responded to a vacancy of ours on a job site, or called a number of ours. */
export interface FoundLead {
  /** The source's own id of the response or call: told twice, it is one lead. */
  id: string;
  at: Date;
  /** What the source knows our vacancy by: hh's or Avito's id of it, the number that was called. */
  vacancy?: string;
  name?: string;
  /** As the source has it; read by `parsePhone` as any other. */
  phone?: string;
  email?: string;
  /** Pages to look at: the résumé, the person's WhatsApp, the chat at the source. */
  links?: { kind: 'resume' | 'whatsapp' | 'chat'; url: string }[];
  /** What the person wrote with the response, or what the call was. */
  note?: string;
}

/** What was found, and from where to read on. */
export interface Found {
  leads: FoundLead[];
  /** Kept by us between reads and given back as it was: the source's own words. */
  cursor: string;
}

/** Why a source gave nothing; all but `noAnswer` are the head's to mend. */
export type SourceFault = 'wrongKey' | 'notConnected' | 'paid' | 'limit' | 'noAnswer';

/** An outside system that leads come from. Its own hooks only hasten the next read: none of them can be trusted alone. */
export interface Source {
  name: SourceName;
  /**
   * Whatever is new since `cursor` (undefined: the first time), at least once each, oldest first.
   *
   * @throws SourceError
   */
  read(cursor: string | undefined): Promise<Found>;
  /**
   * Tell the person's page at the source what was decided. Safe to repeat: told twice, it stands once.
   *
   * @throws SourceError
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
