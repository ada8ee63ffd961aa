import type { Counted } from './counted.ts';
import type { ChannelId } from './channels.ts';
import type { Candidate } from './candidate.ts';
import type { CompanyWords } from './companies/companyWords.ts';
import type { Effect, Label, Params } from './effect.ts';
import type { BotNames } from './links/chatLinks.ts';
import type { Group } from './groups/group.ts';
import type { Member } from './member.ts';
import type { TableWords } from './imports/tableWords.ts';
import type { TemplateWords } from './templates/fillTemplate.ts';
import type { MomentWords } from './moments/momentWords.ts';
import type { Pipeline } from './pipelines/pipeline.ts';
import type { Policy } from './policies/policy.ts';
import type { Vacancy } from './vacancy.ts';

/** What a decision may look at besides the candidate and the event. Read before, never during, a decision. */
export interface Facts {
  /** Makes ids that are the same when the same event is decided again. */
  id: string;
  /** What the bot is called; in the other messengers only for whoever asks for a code. */
  bot: BotNames;
  /** The channels that are set up here. */
  here: ChannelId[];
  vacancies: Vacancy[];
  members: Member[];
  policy: Policy;
  /** Groups of late and to come. */
  groups: Group[];
  /** Every version of every pipeline. */
  pipelines: Pipeline[];
  /** Eight letters nobody can guess, for whoever asks for a code; empty for everybody else. */
  code: string;
  /** A phone number as E.164, or undefined: how people write them is a library's business. */
  phone: (text: string) => string | undefined;
  /** Free windows per vacancy id, and free places per group id, earliest first; only where the decision needs them. */
  free: Record<string, FreeSlot[]>;
  /** What the start link says, when the event carried one. */
  link?: { vacancy: string; source: string };
  /** Words people type, by language, from `locales/`. */
  lexicon: Record<string, Lexicon>;
  /** Of the last act's messages, those that have left; only where it is to be undone. */
  left?: string[];
  /** The recruiter whose turn it is, by vacancy. */
  turn: Record<string, string>;
}

export interface FreeSlot {
  interviewer: string;
  start: number;
}

/** What typed answers are recognised by. All in lower case. */
export interface Lexicon {
  yes: string[];
  no: string[];
  back: string[];
  skip: string[];
  done: string[];
  /** Words of which a mere "thank you" or "all right" is made: nobody has to answer it. */
  courtesy: string[];
  /** What stands between two things that were both chosen. */
  and: string[];
  /**
   * What is typed about a meeting: whole words of coming and of not being able to, with what may stand `around` them;
   * parts of wanting another time, of being ill, and of being late, which says nothing beside a `whether`. Who
   * `arrive`s a `bit` `later` is late on the day itself.
   */
  meeting: Record<
    'come' | 'move' | 'cannot' | 'ill' | 'late' | 'arrive' | 'bit' | 'later' | 'whether' | 'around',
    string[]
  >;
  /** The word that deletes: it takes more than a yes. */
  erase: string[];
  /** Twelve months, each with the forms people write. */
  months: string[][];
  /** Seven weekdays from Monday, likewise. */
  weekdays: string[][];
  today: string[];
  tomorrow: string[];
  dayAfterTomorrow: string[];
  /** Times of the day, lengths of time: what typed moments are made of. */
  moment: MomentWords;
  /** What lengths of time are counted in, and those said without a number ("half a year"), in years. */
  lengths: { years: string[]; months: string[]; amounts: Record<string, number> };
  /** What answers are counted in: every form people write. */
  counted: Record<Counted, string[]>;
  /** Currencies by ISO code: their sign, code and words. */
  currencies: Record<string, string[]>;
  /** Words by which people and vacancies are matched: "thousand", ways of working, words that name no place. */
  match: { thousand: string[]; schedules: string[][]; common: string[] };
  /** What the fields of a quick answer are called. */
  templates: TemplateWords;
  /** What stands beside a company's name and numbers. */
  company: CompanyWords;
  /** What an agency's own tables call their columns and stages. */
  table: TableWords;
  /** City names (and common short forms) to IANA zones. */
  cities: { names: string[]; zone: string }[];
}

/** What came of a decision: the new state with its effects, or a refusal with a code. */
export type Decision =
  | {
      ok: true;
      state: Candidate;
      effects: Effect[];
      toast?: Label;
    }
  | { ok: false; code: RefusalCode; params?: Params };

/** Why a command was not carried out. The words are `refusal.<code>` in the locales. */
export type RefusalCode =
  | 'noSuchApplication'
  | 'noSuchMember'
  | 'noSuchVacancy'
  | 'notAllowed'
  | 'wrongStage'
  | 'slotInPast'
  | 'slotTaken'
  | 'formatNotOffered'
  | 'noInterview'
  | 'tooEarly'
  | 'nothingToUndo'
  | 'alreadySent'
  | 'windowGone'
  | 'alreadyTaken'
  | 'alreadyAttached'
  | 'unknownReason'
  | 'blacklisted'
  | 'notLooking'
  | 'optedOut'
  | 'alreadyOffered'
  | 'continued'
  | 'relayBusy'
  | 'cannotReach'
  | 'groupGone'
  | 'alreadyInGroup'
  | 'groupChanged'
  | 'notHost'
  | 'placesTaken'
  | 'noSuchTask'
  | 'noSuchLine'
  | 'taskMoved'
  | 'taskTheirs'
  | 'resultFirst'
  | 'stillWrong'
  | 'emptyText'
  | 'nameTooLong'
  | 'noClient'
  | 'missing'
  | 'noSuchPipeline'
  | 'newerVersion'
  | 'noSuchOutcome'
  | 'notWanted'
  | 'badValue'
  | 'callHeld'
  | 'badPhone'
  | 'noSuchCall'
  | 'callOver'
  | 'noPeopleHere'
  | 'noSuchCompany'
  | 'noSuchContract'
  | 'tooManyContracts'
  | 'similarCompany'
  | 'innTaken'
  | 'badCompany'
  | 'companyChanged'
  | 'notAllowedHere'
  | 'yourself'
  | 'inviteUsed'
  | 'alreadyJoined'
  | 'joinMovedOn'
  | 'touchedSince'
  | 'joinUnderWay'
  | 'forgotten';
