import type { Cost } from './costs/costs.ts';
import type { Question, Words } from './question.ts';
import type { Posting } from './sites/posting.ts';

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
  /** The employer's document; one made earlier may have none. */
  company?: string;
  /** Invite by itself when every rule fits. */
  autoInvite: boolean;
  /** Points from which the portrait counts as fitting; unset: all rules must fit. */
  passScore?: number;
  /** Which pipeline its applications go by; unset: the agency's. */
  pipeline?: string;
  /** How many people are wanted; unset: no limit, and it never closes by itself. */
  places?: number;
  /** The last time it closed because its places were filled, or opened again; `told`: the others know. */
  turned?: { id: string; at: number; to: 'filled' | 'open'; then: TurnAway; told: boolean };
  /** Its ads on job sites, and the numbers that are called about it: a posting is of one vacancy at most. */
  postings?: Posting[];
  /** What was spent on it. */
  costs?: Cost[];
  createdAt: number;
}

/** What happens to the other applications when the places are filled. */
export type TurnAway = 'refuse' | 'reserve' | 'other';
