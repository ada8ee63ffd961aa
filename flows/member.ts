/** Someone who is not a candidate: the head, a recruiter, or a client's contact person. */
export interface Member {
  _id: string;
  role: Role;
  name: string;
  /** Chat on Telegram, as text; absent until the invite is used. */
  telegram?: string;
  lang: string;
  zone: string;
  active: boolean;
  hours: Hours;
  /** For a client: the company's name. */
  company?: string;
  phone?: string;
  /** Where letters go: a client's, beside their chat or instead of it. */
  email?: string;
  /** Who invited them. */
  invitedBy?: string;
  /** A client's: when it ends by itself, when it did, when somebody kept it; in milliseconds. */
  access?: { endsAt?: number; ended?: number; kept?: number };
}

export type Role = 'head' | 'recruiter' | 'client';

/** When a member works and holds interviews, in the member's own zone. */
export interface Hours {
  /** By ISO weekday 1–7: pairs of "HH:mm". A missing day is a day off. */
  week: Record<string, [from: string, to: string][]>;
  /** Dates off, "2026-12-31". */
  off: string[];
  /** Minutes kept free before and after an interview. */
  buffer: number;
}
