/** Whom a broadcast is meant for: everybody it fits and who may be written to. */
export interface Audience {
  vacancy?: string;
  /** Where their applications stand; unset: anywhere. */
  group?: AudienceGroup;
  city?: string;
}

export const audienceGroups = ['open', 'reserve', 'ended'] as const;
export type AudienceGroup = (typeof audienceGroups)[number];

/** One message to many. */
export interface Broadcast {
  _id: string;
  by: string;
  createdAt: number;
  audience: Audience;
  text: string;
  /** Advertising goes to those alone who said yes to it. */
  ads: boolean;
  status: 'draft' | 'scheduled' | 'running' | 'paused' | 'done' | 'stopped';
  /** How many a draft would go to: counted for `of`, at that time. */
  counted?: { of: string; people: number; at: number };
  /** When it begins. */
  at?: number;
  /** Who gets it, as it was when it began; `next` is the first who was not handed over yet. */
  people?: string[];
  next?: number;
  endedAt?: number;
}

/** Longer ones nobody reads on a phone; and WhatsApp takes no more in one message. */
export const longestBroadcast = 1_000;
