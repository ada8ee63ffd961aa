import type { ChannelId, Place } from './channels.ts';
import type { Stage } from './candidate.ts';
import type { Timer } from './event.ts';
import type { IncomingFile, Words } from './question.ts';
import type { SourceName } from './sites/sourceNames.ts';
import type { Format } from './vacancy.ts';

/** What a decision orders. Nothing here is done twice: each has a key, and a key is carried out once. */
export type Effect =
  | Notify
  | Refresh
  | Schedule
  | Cancel
  | Book
  | Hold
  | Release
  | FindSame
  | CountPlaces
  | Withdraw
  | Erase
  | Forget
  | Fact;

/** Tell somebody something. The words are chosen at delivery, in the reader's language and zone. */
export interface Notify {
  type: 'notify';
  key: string;
  to: Recipient;
  application?: string;
  message: Message;
  /** An answer to what the reader just did: leaves at night too. */
  prompt: boolean;
  /** Not before this time (quiet hours move it further). */
  notBefore?: number;
  /** One message that is edited in place afterwards: the card of an application, for example. */
  place?: string;
  /** Not over what stands at the place: a new message, which is edited from then on. */
  anew?: boolean;
  /** Only by these channels, the first that is there; nobody misses it where none is: a copy for the mailbox. */
  only?: ChannelId[];
  /** It says the same as that message: not sent where that one went, and nobody is asked to see to it. */
  copyOf?: string;
  /** Several people's decisions order it under the same key: the ledger alone knows which of them is the first. */
  shared?: boolean;
  /** It reminds of a call with a client: not sent once that was called off, or is at another time. */
  reminds?: { call: string; start: number };
  /** One of many of a broadcast: after everything else. */
  bulk?: boolean;
  /** The message at the desk that this one carries on: it is marked there with what came of it. */
  mark?: number;
  /** Which broadcast it belongs to. */
  broadcast?: string;
  /** A goodbye before consent: the chat itself is forgotten once it was delivered. */
  forget?: boolean;
  /** Not sent any more when the application's interview has another version. */
  interviewVersion?: number;
  /** Not sent any more when the application is at none of these stages: it was undone or moved on overnight. */
  stages?: Stage[];
  /** An offer of this vacancy: not sent any more when it is closed, or the person is busy or wants no more. */
  offer?: string;
}

/**
 * `desk`: the topic of a candidate in the recruiters' group; `invite`: whoever is invited, who is nobody here yet; `chat`: who was
 * forgotten, and nobody here any more; `source`: the response by which a candidate came, at the site it was made on.
 */
export type Recipient =
  | { candidate: string }
  | { member: string }
  | { desk: string }
  | { invite: string }
  | { chat: Place; lang: string; zone: string }
  | { source: SourceName; response: string };

/** A message without words: the locale's key, what goes in, and the buttons. */
export interface Message {
  /** A key of `locales/`, as `candidate.consent.ask`; or `view:<name>` for one drawn from data at delivery. */
  key: string;
  params?: Params;
  buttons?: Button[][];
  /** Asks Telegram for the phone number by its own button. */
  askContact?: boolean;
  /** Beside the contact button: the way back to the question before. */
  back?: boolean;
  /** Takes the contact keyboard away. */
  dropKeyboard?: boolean;
  file?: IncomingFile | CalendarFile;
}

/** An invitation for the calendar; SEQUENCE rises with each change, so the calendars of all sides follow. */
export interface CalendarFile {
  kind: 'ics';
  uid: string;
  sequence: number;
  cancelled: boolean;
  start: number;
  minutes: number;
  title: Label;
  place?: string;
  /** What came of it, in the entry's description. */
  notes?: Label;
}

export interface Button {
  label: Label;
  data?: string;
  url?: string;
  copy?: string;
  style?: 'success' | 'danger' | 'primary';
  disabled?: boolean;
}

/** A word of the locale (`or`: what is said when the locale has none), or text as it is. */
export type Label = { key: string; params?: Params; or?: string } | { text: string } | { words: Words };

export type Params = Record<string, Param>;

/** What is put into a text. Times are shown in the reader's zone; strings are escaped. */
export type Param =
  | string
  | number
  | { at: number; as: 'dateTime' | 'date' | 'time' | 'day' | 'weekday' | 'zone'; zone?: string }
  | { key: string; params?: Params; or?: string }
  | { words: Words; params?: Params }
  /** A number with its unit; `limit` where it bounds something: "at most 5 years" has a case of its own in Russian. */
  | { amount: number; unit: Words; limit?: true }
  | { lines: Param[] };

/** Draw an application's card again wherever a member has it open; "except" has drawn it already. */
export interface Refresh {
  type: 'refresh';
  key: string;
  application: string;
  except?: string;
}

/** Wake the flow at a time. The same key again moves it; `cancel` silences it. */
export interface Schedule {
  type: 'schedule';
  key: string;
  due: number;
  timer: Timer;
}

export interface Cancel {
  type: 'cancel';
  key: string;
}

/** Take a slot; the answer comes back as `slotBooked` or `slotTaken`. `free` is let go only after it is ours. */
export interface Book {
  type: 'book';
  key: string;
  application: string;
  interviewer: string;
  start: number;
  format: Format;
  by?: string;
}

/** Keep windows for an application until a time; the answer comes back as `windowsHeld`. */
export interface Hold {
  type: 'hold';
  key: string;
  application: string;
  interviewer: string;
  starts: number[];
  until: number;
}

/** Let a window go. `until`: it is kept for its application as long, and may be booked again by it. */
export interface Release {
  type: 'release';
  key: string;
  application: string;
  interviewer: string;
  start: number;
  until?: number;
}

/** Look whether somebody else is known by this phone number, or by other marks; the answer comes back as `sameFound`, if at all. */
export interface FindSame {
  type: 'findSame';
  key: string;
  application: string;
  /** A number that was just given; otherwise other marks of theirs. */
  phone?: string;
  marks?: string[];
  /** It came by the contact button: the number is theirs. A typed one may be anybody's. */
  own: boolean;
}

/** Count who works on a vacancy, and close or open it; the answer comes back as `placesTurned`, if at all. */
export interface CountPlaces {
  type: 'countPlaces';
  key: string;
  application: string;
  vacancy: string;
  /** Somebody does not work any more: it may be open again. */
  freed: boolean;
}

/** Messages that have not left must not: what they tell of was taken back. */
export interface Withdraw {
  type: 'withdraw';
  key: string;
  /** Keys of `notify`. */
  messages: string[];
}

/** Nobody is this person any more: an import made them, and was taken back. */
export interface Erase {
  type: 'erase';
  key: string;
}

/** They asked to be forgotten, and confirmed it; comes back as `forgetPerson`, under an id that names nothing of theirs. */
export interface Forget {
  type: 'forget';
  key: string;
  tell: Place;
}

/** A line of the history that is not a message. */
export interface Fact {
  type: 'fact';
  key: string;
  application?: string;
  what: string;
  by?: string;
  params?: Params;
}
