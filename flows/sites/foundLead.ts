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
  links?: LeadLink[];
  /** What the person wrote with the response. */
  note?: string;
  /** Why there is neither phone nor address. */
  without?: WithoutContact;
  /** It was a call to a number of ours. */
  call?: LeadCall;
}

/** A call: how long was spoken, in seconds (unset: nobody answered), and where it is heard. */
export interface LeadCall {
  talk?: number;
  record?: string;
}

/** Hidden by the person, or only for those who pay, or over what the site shows in a day. */
export type WithoutContact = 'hidden' | 'paid' | 'limit';

/** A page of the person's; shown as a button on the card. */
export interface LeadLink {
  kind: 'resume' | 'whatsapp' | 'chat';
  url: string;
}
