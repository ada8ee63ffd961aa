import type { Binary } from 'mongodb';
import type { ChannelId, Way } from '../flows/channels.ts';
import type { Stage } from '../flows/candidate.ts';
import type { Event, Timer } from '../flows/event.ts';
import type { Message, Params, Recipient } from '../flows/effect.ts';
import type { RowOutcome } from '../flows/imports/tableImport.ts';
import type { Pipeline } from '../flows/pipelines/pipeline.ts';
import type { IncomingFile } from '../flows/question.ts';
import type { FoundLead } from '../flows/sites/foundLead.ts';
import type { Posting } from '../flows/sites/posting.ts';
import type { SourceFault, SourceName } from '../flows/sites/sourceNames.ts';
import type { Role } from '../flows/member.ts';

/** What came in, stored before its sender is answered. `_id` is the event's id: a second delivery stops here. */
export interface InboxRow {
  _id: string;
  /** In whose turn it is worked; nothing when it was: it names a chat. */
  lane: string;
  /** Order within the lane: the channel's own number, or the time when it was taken in. */
  seq: number;
  status: 'waiting' | 'done' | 'failed';
  /** Dropped when done: nothing personal is kept here. */
  body?: InboxBody;
  attempts: number;
  at: Date;
  error?: string;
}

/** A raw update of a channel, or an event that names its candidate. */
export type InboxBody =
  { source: ChannelId; update: unknown } | { source: 'event'; candidate: string; event: Event };

/**
 * The ledger: every message that was ever due, every message that came in, and every fact, one row each.
 * `out` rows end as `sent`, `uncertain` (may or may not have arrived: never repeated by itself), `failed` (with a
 * task for a recruiter) or `superseded` (its reason was gone).
 */
export interface LedgerRow {
  _id: string;
  kind: 'out' | 'in' | 'fact';
  at: number;
  candidate?: string;
  application?: string;
  /** Of a fact about a company. */
  company?: string;
  // out
  /** Among the messages about one candidate, or one call with a client: which was decided first. Many have the same millisecond. */
  order?: number;
  to?: Recipient;
  message?: Message;
  status?: 'pending' | 'sending' | 'sent' | 'uncertain' | 'failed' | 'superseded';
  notBefore?: number;
  place?: string;
  anew?: boolean;
  prompt?: boolean;
  interviewVersion?: number;
  stages?: Stage[];
  forget?: boolean;
  /** The vacancy that is offered in it. */
  offer?: string;
  /** The call with a client that it reminds of, and when that was to be. */
  reminds?: { call: string; start: number };
  /** The process that is sending it. */
  owner?: string;
  attempts?: number;
  sentAt?: number;
  /** The message's id in the channel. */
  messageId?: number | string;
  /** What it cost, in roubles. */
  cost?: number;
  /** By which channel it went, or is going. */
  via?: Way;
  /** Where it was tried in vain before: it goes on to the next way to reach the person. */
  tried?: Way[];
  /** Only by these, the first that is there: a copy for the mailbox, for example. */
  only?: ChannelId[];
  /** The row it says the same as. */
  copyOf?: string;
  /** One of many of a broadcast: after everything else. */
  bulk?: boolean;
  broadcast?: string;
  mark?: number;
  /** The channel said that it arrived. */
  delivered?: number;
  read?: number;
  error?: string;
  // in
  text?: string;
  file?: IncomingFile;
  // fact
  what?: string;
  by?: string;
  params?: Params;
}

/** An alarm. Armed until its event stands in the inbox. */
export interface TimerRow {
  _id: string;
  candidate: string;
  due: number;
  timer: Timer | { kind: 'deliver' | 'undelivered'; message: string; application: string };
  status: 'armed' | 'fired' | 'cancelled';
  /** Raised each time the alarm is set anew. */
  version: number;
  /** The event that set it: the same one again changes nothing. */
  by?: string;
  /** The candidate's version when it was decided. */
  decision?: number;
}

/** A taken window of an interviewer: `_id` is `<interviewer>:<start>`, so it has one owner at most. */
export interface SlotRow {
  _id: string;
  interviewer: string;
  start: number;
  candidate: string;
  application: string;
  at: number;
  /** Only held until then: whoever asks later may have it. */
  until?: number;
  /** Its length when it was taken: the policy's may be another by now. */
  minutes?: number;
}

/** A window that became free, until it is taken, offered to everybody in the line, or past. `_id` as a slot's. */
export interface OpeningRow {
  _id: string;
  interviewer: string;
  start: number;
  /** When it was let go or opened: who is offered it again after that is asked again. */
  at: number;
}

/** Which process works a lane, and until when. `token` rises with each new holder. */
export interface LaneRow {
  _id: string;
  owner: string;
  until: number;
  token: number;
}

/** A candidate's topic at the recruiters' desk; `_id` is the candidate. */
export interface TopicRow {
  _id: string;
  chat: string;
  thread: number;
}

/** A process of the product that is alive until then, unless it says so again. */
export interface ProcessRow {
  _id: string;
  until: number;
}

/** A version of a pipeline that an agency made; `_id` is `<id>:<version>`, so two editors cannot make the same one. */
export type PipelineRow = Pipeline & { _id: string; at: number; by: string };

/** A start link: an opaque token for a vacancy and a source. */
export interface LinkRow {
  _id: string;
  vacancy: string;
  source: string;
  createdAt: number;
}

/** A single-use link that gives a role; `_id` is the SHA-256 of the token. */
export interface InviteRow {
  _id: string;
  role: Role;
  name?: string;
  createdAt: number;
  /** Who invited. */
  by?: string;
  /** A client's: whom they speak for. */
  company?: string;
  /** Where its letter goes, in which language. */
  email?: string;
  lang?: string;
  /** What the token is made of, when it is made here: the same event gives the same link. */
  from?: string;
  /** The letter came back, or could not be sent. */
  bounced?: number;
  /** Taken back before it was used. */
  revoked?: number;
  /** A client's vacancies become theirs when the invite is used. */
  vacancies?: string[];
  /** A member who was prepared (the seed) and gets the chat. */
  member?: string;
  usedAt?: number;
}

/** A key of the admin API; only its SHA-256 is kept. */
export interface KeyRow {
  _id: string;
  name: string;
  role: 'admin' | 'reader';
  createdAt: number;
  revoked?: number;
}

/** Where a message that is edited in place stands; a card's id is `card:<application>:<member>`. */
export interface PlaceRow {
  _id: string;
  chat: string;
  messageId: number;
  /** The message's name where it has one instead of a number: MAX. */
  mid?: string;
  /** Of the last content: an edit that changes nothing is not sent. */
  hash: string;
}

/**
 * What was offered in a chat whose answers come as text; `_id` is `<channel>:<address>`. `key` is the ledger's, `id` the
 * message's in the channel. `last` is what a bare number answers.
 */
export interface ChoicesRow {
  _id: string;
  at: Date;
  last?: string;
  messages: { key: string; id?: string; choices: { label: string; data: string; number?: number }[] }[];
}

/** A file that came by a channel which keeps none; its bytes stand in `pieces`. */
export interface AttachmentRow {
  _id: string;
  /** Made safe: see `safeName`. */
  name: string;
  kind: IncomingFile['kind'];
  /** By its content, never by what its sender said. */
  type: string;
  /** In bytes. */
  size: number;
  pieces: number;
  at: number;
}

/** A piece of a kept file; `_id` is `<attachment>:<n>`. */
export interface PieceRow {
  _id: string;
  attachment: string;
  data: Binary;
}

/** When a person last wrote in a channel that lets one answer for a while only; `_id` is `<channel>:<address>`. */
export interface WindowRow {
  _id: string;
  at: Date;
  wrote: number;
}

/** What became of a row of an import; `_id` is `<import>:<row>`, counted from 0 below the headings. */
export interface ImportRow {
  _id: string;
  import: string;
  row: number;
  outcome: RowOutcome;
}

/** Where a source was read up to, and how that went. Times are of the machine's clock, but `readAt` and `since`. */
export interface SourceRow {
  _id: SourceName;
  cursor?: string;
  nextAt: number;
  /** Not before this, whoever asks: the source is to be left alone. */
  notBefore?: number;
  /** The last time it gave something, if only that there is nothing new. */
  readAt?: number;
  /** `since` the first of so many reads in vain. */
  fault?: { why: SourceFault; since: number; count: number };
}

/**
 * A lead that a source has told, under `<source>:<its id>`: told again, it stops here. What it says of a person is
 * dropped once it stands on their card.
 */
export interface FoundRow {
  _id: string;
  source: SourceName;
  /** The key of the posting. */
  posting: string;
  /** `new`: to be put on its vacancy; `waiting`: nobody has said yet which that is; `dropped`: not ours. */
  status: 'new' | 'waiting' | 'taken' | 'dropped';
  at: number;
  lead?: FoundLead;
  /** It came without a number: should the source tell one later, the card gets it. */
  noPhone?: true;
  candidate?: string;
  application?: string;
  /** How often it could not be put there, and when that is tried again. */
  tries?: number;
  after?: number;
}

/** A posting that stood on no open vacancy when somebody came by it; `_id` is its key. */
export interface PostingRow extends Posting {
  _id: string;
  /** `asked`: the head was told then; `notOurs`: whoever comes by it is dropped. */
  status: 'asked' | 'notOurs';
  at: number;
}

/** Single values: the polling offset, the policy's changes (`policy`: version and patch), the rota's hand. */
export interface SettingRow {
  _id: string;
  value: unknown;
}

/** State of a staff wizard (grammY conversations). */
export interface SessionRow {
  _id: string;
  value: unknown;
}
