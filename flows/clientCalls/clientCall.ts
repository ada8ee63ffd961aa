import type { CallKind, Mark } from './callKinds.ts';

/** A call with a client: planned, held, written up. Times are milliseconds of UTC. */
export interface ClientCall {
  _id: string;
  version: number;
  kind: CallKind;
  start: number;
  /** The member who holds it and has its follow-up. */
  manager: string;
  company: string;
  /** The client's member, when they have a chat here. */
  client?: string;
  /** Whom the client meets: people of whom no more is kept here. */
  people: Participant[];
  /** The team lead at an introductory call: a member. */
  lead?: string;
  /** How often it was moved: calendars follow by it. */
  moves: number;
  cancelled?: number;
  result?: CallReport;
  todo: Todo[];
  /** When the follow-up is late. */
  due?: number;
  createdAt: number;
  by: string;
  /** Ids of the events already decided, the newest last (bounded). */
  decided: string[];
  /** Effects of the last decision, until they stand where they live. */
  outbox: unknown[];
  unpublished?: boolean;
}

export interface Participant {
  candidate: string;
  application: string;
}

/** What came of it, as the template of its kind asks. */
export interface CallReport {
  at: number;
  by: string;
  mark: Mark;
  answers: Record<string, string>;
  people: PersonReport[];
}

/** How one of the people did. */
export interface PersonReport {
  application: string;
  summary: string;
  result: string;
  verdict: 'hired' | 'chosen' | 'refused' | 'open';
  terms?: HireTerms;
}

/** On what terms somebody was hired. `startDate`: the start of that day, in milliseconds. */
export interface HireTerms {
  startDate?: number;
  price?: number;
  currency?: string;
  contract?: string;
}

/** One thing to send or do after a call. */
export interface Todo {
  id: string;
  /** What was agreed in words, for the line that has them. */
  text?: string;
  done?: number;
  by?: string;
}

export type ClientCallEvent = { id: string; by: string } & (
  | ({ type: 'planCall' } & Pick<ClientCall, 'kind' | 'start' | 'manager' | 'company' | 'people'> &
      Partial<Pick<ClientCall, 'client' | 'lead'>>)
  | { type: 'moveCall'; start: number }
  | { type: 'cancelCall' }
  | { type: 'reportCall'; answers: Record<string, string>; people: PersonReport[] }
  | { type: 'tickTodo'; todo: string; on: boolean }
  | { type: 'callTimerDue'; what: CallAlarm; at: number }
);

/** Why an alarm of a call rings: a reminder, the question for the result, the late follow-up. */
export type CallAlarm = 'day' | 'people' | 'client' | 'result' | 'followUp';
