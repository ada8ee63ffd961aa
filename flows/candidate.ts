import type { CalledOff } from './cancelInterview.ts';
import type { Calls, Held } from './calls/calls.ts';
import type { Place } from './channels.ts';
import type { Mark } from './clientCalls/callKinds.ts';
import type { Param } from './effect.ts';
import type { Forgotten } from './forgetting/forgotten.ts';
import type { Handing, Join, Merged } from './joining/joining.ts';
import type { Filled } from './imports/rowImported.ts';
import type { FieldId, FieldValue } from './pipelines/fields.ts';
import type { Stage } from './pipelines/stages.ts';
import type { Answer, IncomingFile, Question } from './question.ts';
import type { Arrival } from './sites/arrival.ts';
import type { Format } from './vacancy.ts';

/**
 * A person who looks for work, once, with every application of theirs. The document is the unit of consistency:
 * state, version and effects are written together. Times are milliseconds of UTC.
 */
export interface Candidate {
  _id: string;
  version: number;
  createdAt: number;
  channels: Reach[];
  /**
   * Mailboxes and numbers that take nothing more. They stand among the answers and not among the channels: two people may
   * share one, and a chat is one person's.
   */
  closed?: Place[];
  lang: string;
  zone: string;
  name?: string;
  phone?: string;
  city?: string;
  consent?: { version: string; at: number };
  /** What is being asked in this chat now. */
  dialog?: Dialog;
  applications: Application[];
  /** What is known of the person apart from any application. */
  notes?: PersonNote[];
  /** The code by which another chat becomes theirs. */
  link?: { code: string; until: number };
  /** Codes tried in vain in this chat lately. */
  linkMisses?: { count: number; until: number };
  /** Called for a human then, with no application yet. */
  calledHuman?: number;
  /** A human talks; the bot is silent until then. */
  relay?: { member: string; until: number };
  /** `ended`: the applications that ended with it, where each stood, and what they were refused with. */
  blacklisted?: {
    at: number;
    by: string;
    reason: string;
    ended?: { application: string; stage: Stage; was?: WasRefused }[];
  };
  /** Others who may be the same person, of whom the recruiter was told. */
  duplicates?: string[];
  /** Those of whom somebody has said that they are another person. */
  notSame?: string[];
  /** This card was joined to another: whatever comes for it is carried there. */
  merged?: Merged;
  /** A joining or its taking back is under way: found at the next start. */
  merging?: true;
  /** Cards that were joined to this one, the latest last. */
  joined?: string[];
  /** The last joining, until something happens: how it is taken back. */
  join?: Join;
  /** A card that was joined here, until it stands by itself again. */
  handing?: Handing;
  /** Chats that went away with such a card: what comes from there is not theirs any more. */
  parted?: Place[];
  /** Cards that this one was joined to for a while: their history says so. */
  apart?: string[];
  /** Was sent what is kept of them then. */
  gotData?: number;
  /** Their data was deleted: nothing but what is counted stands here. */
  forgotten?: Forgotten;
  /** What else they are found by: what a joined card had and this one has otherwise. */
  also?: { names: string[]; phones: string[]; emails: string[] };
  /** What they are found again by: phone numbers, e-mail, messenger, birthday. Kept by every decision. */
  marks?: string[];
  /** Their name in the messenger, without the at sign. */
  username?: string;
  email?: string;
  /** ISO date. */
  birthday?: string;
  /** Not looking for work since then, until they come again. */
  notLooking?: { at: number; why: 'foundJob' | 'hired' | 'said' };
  /** Somebody is ringing them now. */
  held?: Held;
  /** Wants no broadcasts since then. */
  noBroadcasts?: number;
  /** Said yes to the agency's offers (advertising) then. */
  adsConsent?: number;
  /** Written /stop: nothing is sent that was not asked for. */
  stopped?: boolean;
  /** Vacancies that were offered to them, and what they said. */
  offers?: { vacancy: string; at: number; by: string; answer?: 'yes' | 'later' | 'no' }[];
  /** Free for another vacancy, and how they are found: kept by every decision. */
  pool?: { keys: string[]; at: number };
  /** What they are looked for by, and when something last moved forward: kept by every decision. */
  sought?: { keys: string[]; at: number };
  /** Members who have an open task about them: kept by every decision, for the lists of what is to be done. */
  tasked?: string[];
  /** Ids of the events already decided, newest last (bounded): a redelivery changes nothing. */
  decided: string[];
  /** Effects of the last decision, until they stand in their own collections. */
  outbox: unknown[];
  /** Decided outside the inbox and not yet published: found at the next start. */
  unpublished?: boolean;
}

/** A note about a person. */
export interface PersonNote {
  at: number;
  by: string;
  text: string;
  /** Set when it came from a table. */
  from?: {
    import: string;
    /** Of the row's own words: the same row is kept once. */
    key: string;
    /** The event that brought it. */
    event: string;
    file: string;
    number: number;
    /** The person was made by it. */
    made?: true;
    /** What was blank before. */
    filled: Filled[];
    /** Numbers and mailboxes that were new beside the ones in view. */
    also?: string[];
    /** The application that came with it. */
    application?: string;
  };
}

/** A way to reach a person. `blocked`: the channel said they do not take messages. */
export type Reach = Place & { blocked?: boolean };

/**
 * What was really asked, with the id its buttons carry: a tap on anything older is known as such.
 * `nudged`: "shall we go on?" was the last that was asked.
 */
export type Dialog = { prompt: string; misses: number; application?: string; nudged?: true } & (
  | { kind: 'vacancy' }
  | { kind: 'consent'; vacancy: string; source: string }
  | { kind: 'question'; question: Question; picked?: string[] }
  | { kind: 'day'; page: number; format: Format }
  | { kind: 'format' }
  | { kind: 'time'; day: string; format: Format; page: number }
  | { kind: 'booking'; interviewer: string; start: number; format: Format }
  | { kind: 'check' }
  | { kind: 'agree'; other?: boolean }
  | { kind: 'feedback'; field: 'candidateFeedback' | 'firstDayCandidate' }
  | { kind: 'terms' }
  | { kind: 'callTime' }
  | { kind: 'number' }
  | { kind: 'cancelReason'; reasons?: string[] }
  | { kind: 'forget'; before?: Dialog }
);

/** One candidate on one vacancy. */
export interface Application {
  id: string;
  vacancy: string;
  source: string;
  /** Responses and calls by which it came by itself, the latest last. */
  arrivals?: Arrival[];
  createdAt: number;
  stage: Stage;
  stageAt: number;
  /** The version of the pipeline it goes by; unset: the agency's first. */
  pipeline?: { id: string; version: number };
  /** What was learnt on the way: the client's word, dates, the price, and the agency's own fields. */
  fields?: Partial<Record<FieldId, FieldValue>>;
  /** Whose work it is now; `taken` when that person pressed "Take". */
  recruiter?: string;
  taken?: number;
  answers: Record<string, Answer>;
  /** Answers of an earlier application stand here until they are confirmed. */
  checking?: boolean;
  /** The same person's application on this vacancy before this one, and after it. */
  previous?: string;
  next?: string;
  screened?: number;
  score?: Score;
  interview?: Interview;
  /** Interviews that were held before this one. */
  past?: Interview[];
  /** What came of ringing them. */
  calls?: Calls;
  agreement?: Agreement;
  agreementRounds?: number;
  /** Raised with each change of the interview; reminders carry it. */
  interviewVersion: number;
  /** The group it is asked into, waits for, or is in. */
  group?: GroupPlace;
  /** In the line for a time that becomes free. */
  waiting?: Waiting;
  /** A window that is kept for them until they answer. */
  offer?: Offer;
  /** Windows that were theirs, or offered to them: they are not offered again. Bounded. */
  offered?: string[];
  refusal?: Refusal;
  /** In the reserve because the vacancy's places are filled: when that is said, and how. */
  setAside?: { at: number; then: 'reserve' | 'other'; messageAt: number; messageSent?: boolean };
  /** What the last recruiter's act can be undone to, until its first message has left. */
  undo?: Undo;
  tasks: Task[];
  /** `task`: which task it comments on; `mark`: the comment of a call with the client. */
  notes: { at: number; by: string; text: string; task?: string; mark?: Mark }[];
  files: (IncomingFile & { at: number; by: string })[];
  /** They had begun to work before the product knew of them: they take none of the vacancy's places. */
  oldHire?: true;
}

export type { Stage } from './pipelines/stages.ts';

export interface Score {
  points: number;
  of: number;
  fits: boolean;
  rules: { question: string; fits: boolean; points: number; of: number; knockOut: boolean }[];
}

export interface Interview {
  interviewer: string;
  start: number;
  format: Format;
  bookedAt: number;
  /** The reminders of this interview, the earliest first, and the candidate's answer to each. */
  reminders: Reminder[];
  attendance?: 'came' | 'warned' | 'notWarned';
  /** The client has said then that nobody came, and the recruiter was told. */
  saidMissed?: number;
  /** With the client: `interviewer` is the client then. In a group: it is one of its places. */
  kind?: 'client' | 'group' | 'training';
  /** The group it is held in, as it was when the place was taken. */
  group?: { id: string; host: string; minutes: number; place?: string };
  notes?: string;
  /** Where it is, when not at the vacancy's own address. */
  address?: string;
}

/** Where somebody stands with a group. */
export interface GroupPlace {
  id: string;
  state: 'invited' | 'waiting' | 'booked' | 'declined';
  at: number;
  by: string;
}

/** Since when somebody waits for a time, and how it would be held. */
export interface Waiting {
  since: number;
  format: Format;
}

/** A free window offered to one person alone; `asked` when it was really kept for them. */
export interface Offer {
  interviewer: string;
  start: number;
  format: Format;
  until: number;
  asked?: number;
}

/** Windows of the client's interview that are being agreed; whose answer is awaited. */
export interface Agreement {
  round: number;
  format: Format;
  notes?: string;
  /** Where it is, when not at the vacancy's own address. */
  address?: string;
  windows: { start: number; ok?: boolean }[];
  /** Until when the accepted windows are kept. */
  until?: number;
  waitsFor: 'client' | 'candidate';
  /** The message in which the candidate was asked. */
  asked?: string;
}

/** One reminder: `hours` before the start, when it was sent, when the candidate said they will come. */
export interface Reminder {
  hours: number;
  asked?: number;
  confirmed?: number;
}

export interface Refusal {
  reason: string;
  text?: string;
  by: string;
  at: number;
  /** When the message of refusal leaves; unset when no message is due. */
  messageAt?: number;
  messageSent?: boolean;
  /** When the person tried to apply again too early, for the first time. */
  cameAgain?: number;
  evidence: IncomingFile[];
}

/** A refusal that something else took the place of, and how it could be undone. */
export interface WasRefused {
  refusal: Refusal;
  undo?: Undo;
}

export interface Undo {
  act: string;
  by: string;
  at: number;
  /** Where it stood. */
  stage: Stage;
  /** The event that did it. */
  event?: string;
  /** The act in words. */
  what?: Param;
  /** How it stood; unset where a stage is all there is to bring back. */
  was?: {
    stageAt: number;
    recruiter?: string;
    /** They looked for work still. */
    looking?: true;
    /** What was being asked, and the prompt of what the act asked instead. */
    dialog?: Dialog;
    asked?: string;
    field?: { id: FieldId; value?: FieldValue };
    calls?: { value?: Calls };
    attendance?: Interview['attendance'];
    /** The meeting that was called off. */
    called?: CalledOff;
    /** How many rounds of windows there had been. */
    rounds?: number;
    /** Its interview was held, and went into the past. */
    held?: boolean;
    /** It was refused, and the refusal ended with the act. */
    refused?: WasRefused;
    /** Open tasks that it closed, moved or handed over, and those it made. */
    tasks: Task[];
    made: string[];
    /** Its first messages: when one of them has left, nothing is taken back. */
    messages: string[];
    alarms: string[];
    /** Members it told. */
    told: string[];
  };
}

export type TaskKind =
  | 'take'
  | 'review'
  | 'attendance'
  | 'decision'
  | 'relay'
  | 'undelivered'
  | 'help'
  | 'reschedule'
  | 'call'
  | 'contact'
  | 'ringBack'
  | 'agree'
  | 'clientResult'
  | 'offer'
  | 'firstDay'
  | 'assessment'
  | 'replace'
  | 'fix'
  | 'step';

/** Something a recruiter must do by a time. */
export interface Task {
  id: string;
  kind: TaskKind;
  /** At which stage it is to be done, for what a pipeline asks for. */
  stage?: Stage;
  member: string;
  createdAt: number;
  due: number;
  done?: number;
  /** How often it was passed on: to the next recruiter, then to the head. */
  passed: number;
  /** How often its time or its owner was changed by hand; alarms and buttons of an earlier turn say nothing. */
  moves?: number;
  /** Who has it as well: the head, where the pipeline wants that. Either finishes it. */
  also?: string;
  /** Lines of the check-list that are done, by their hash. */
  ticked?: string[];
  note?: string;
}
