import type { Question, Words } from './question.ts';

/** How an interview is held. */
export type Format = 'phone' | 'zoom' | 'office';

/** A vacancy of a client, as the bot shows it and screens for it. */
export interface Vacancy {
  _id: string;
  status: 'open' | 'archived';
  title: Words;
  /** At most five short lines. */
  text: Words;
  questions: Question[];
  formats: Format[];
  address?: string;
  /** The link of the video meeting, when `zoom` is among the formats. */
  link?: string;
  notes?: string;
  /** Members who hold the interviews. */
  interviewers: string[];
  /** Members to whom leads go, in turn. */
  recruiters: string[];
  client?: string;
  /** Invite by itself when every rule fits. */
  autoInvite: boolean;
  /** Points from which the portrait counts as fitting; unset: all rules must fit. */
  passScore?: number;
  /** Which pipeline its applications go by; unset: the agency's. */
  pipeline?: string;
  createdAt: number;
}
