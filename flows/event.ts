import type { Mark } from './clientCalls/callKinds.ts';
import type { CallAlarm } from './clientCalls/clientCall.ts';
import type { Again, callResults, Rang } from './calls/calls.ts';
import type { Place } from './channels.ts';
import type { Sign } from './duplicates/sameAs.ts';
import type { Forgetting } from './forgetting/forgotten.ts';
import type { Joining } from './joining/joining.ts';
import type { IncomingFile } from './question.ts';
import type { BroadcastDue } from './broadcasts/broadcastDue.ts';
import type { ImportUndone } from './imports/importUndone.ts';
import type { RowImported } from './imports/rowImported.ts';
import type { FieldId } from './pipelines/fields.ts';
import type { Stage } from './pipelines/stages.ts';
import type { Format, TurnAway } from './vacancy.ts';
import type { AnswerFault, SourceName } from './sites/sourceNames.ts';

/**
 * Everything that can happen to a candidate. `id` is unique in the world (`tg:<bot>:<update>`, `timer:<key>:<n>`,
 * `api:<key>`): an event that comes twice is decided once.
 */
export type Event = { id: string } & (
  | Happened
  | TimerDue
  | SlotAnswer
  | WindowsHeld
  | SameFound
  | PlacesTurned
  | BroadcastDue
  | Joining
  | Forgetting
  | RowImported
  | CallCame
  | ImportUndone
  | RecruiterLeft
  | StaffCommand
);

/** The candidate did something in a channel. */
export type Happened =
  | {
      type: 'messageArrived';
      reach: Place;
      person: { lang?: string; name?: string; username?: string };
      kind: 'text' | 'contact' | 'file' | 'voice' | 'sticker' | 'edited' | 'forwarded' | 'other';
      text?: string;
      /** Shared by the contact button; `own` when it is the sender's own number. */
      contact?: { phone: string; own: boolean };
      file?: IncomingFile;
    }
  | {
      type: 'buttonTapped';
      reach: Place;
      person: { lang?: string; name?: string; username?: string };
      data: string;
      /** What stood on the button, for the history. */
      label?: string;
      /** Pressed on their page, which shows the answer itself; `reach` is only where they are known. */
      page?: true;
    }
  | { type: 'channelBlocked' | 'channelUnblocked' | 'channelFound'; reach: Place }
  /** They brought the code of somebody who is them; or one that joins nobody. */
  | { type: 'channelLinked'; reach: Place; code: string }
  | { type: 'linkRefused'; reach: Place; why: 'wrong' | 'here' | 'own' };

export interface TimerDue {
  type: 'timerDue';
  timer: Timer;
}

/** Why an alarm was set. Whoever receives it checks that it still applies. */
export type Timer = { application: string } & (
  | { kind: 'reminder' | 'silence'; hours: number; version: number }
  | { kind: 'attendance'; version: number }
  | { kind: 'task' | 'taskReminder'; task: string; passed: number; moves?: number }
  | { kind: 'callAgain' | 'callReserve'; at: number }
  | { kind: 'clientCall'; call: string; what: CallAlarm; at: number }
  | { kind: 'clientAccess'; member: string }
  | { kind: 'retention' }
  | { kind: 'contractEnd'; company: string; end: string }
  | { kind: 'holdEnd'; round: number }
  | { kind: 'stall'; round: number; side: 'client' | 'candidate' }
  | { kind: 'startEve' | 'firstDay'; start: number }
  | { kind: 'probation'; end: number }
  | { kind: 'refusal' | 'setAside'; at: number }
  | { kind: 'relayEnd'; until: number }
  | { kind: 'offerEnd'; start: number }
  | { kind: 'nudge' }
);

/** They rang a number of the agency's: of the vacancy it stands for, when there is one. */
export interface CallCame {
  type: 'callCame';
  call: Rang;
  vacancy?: string;
}

/** The access of whoever had an application, a task or a talk here was closed. */
export interface RecruiterLeft {
  type: 'recruiterLeft';
  member: string;
}

/** What came of an effect `book`. */
export interface SlotAnswer {
  type: 'slotBooked' | 'slotTaken';
  application: string;
  interviewer: string;
  start: number;
  format: Format;
  /** Set when a recruiter, not the candidate, asked for it. */
  by?: string;
}

/** What came of an effect `hold`: the windows that are ours for a while. */
export interface WindowsHeld {
  type: 'windowsHeld';
  application: string;
  starts: number[];
}

/** What came of an effect `findSame`: others known by the same phone number. */
export interface SameFound {
  type: 'sameFound';
  application: string;
  own: boolean;
  /** `signs`: by what, when it was not the phone alone. */
  others: { candidate: string; name?: string; application?: string; signs?: Sign[] }[];
}

/** What came of an effect `countPlaces`, when it turned the vacancy: closed as filled, or open again. */
export interface PlacesTurned {
  type: 'placesTurned';
  application: string;
  to: 'filled' | 'open';
  then: TurnAway;
  /** How many places the vacancy has. */
  places: number;
}

/** What a member (or the API on a member's behalf) does to an application. */
export type StaffCommand = { application: string; by: string } & (
  | { type: 'take' }
  | { type: 'invite' }
  | { type: 'reserve' }
  | { type: 'refuse'; reason: string; text?: string }
  | { type: 'addEvidence'; file: IncomingFile }
  | { type: 'blacklist'; reason: string }
  | { type: 'undo' }
  | { type: 'move'; stage: Stage }
  | { type: 'adopt'; version: number }
  | { type: 'outcome'; outcome: string }
  | { type: 'setField'; field: FieldId; value: string | number }
  | { type: 'setInterview'; interviewer: string; start: number; format: Format }
  | { type: 'cancelInterview' }
  | { type: 'proposeWindows'; starts: number[]; format: Format; notes?: string; address?: string }
  | { type: 'clientMissed' }
  | {
      type: 'answerWindows';
      round: number;
      /** `own`: other times, at which the client can. */
      answer: 'toggle' | 'send' | 'other' | 'own';
      start?: number;
      starts?: number[];
    }
  | { type: 'recordAttendance'; attendance: 'came' | 'warned' | 'notWarned' }
  | { type: 'judgePortrait'; fits: boolean }
  | { type: 'addNote'; text: string; mark?: Mark }
  | { type: 'addFile'; file: IncomingFile }
  /** `over`: whoever talked until now hands over. */
  | { type: 'openRelay'; over?: boolean }
  /** `mark`: written at the desk, as this message there. */
  | { type: 'relayMessage'; text?: string; file?: IncomingFile; mark?: number }
  | { type: 'closeRelay' }
  | { type: 'finishTask'; task: string }
  | { type: 'snoozeTask'; task: string; until: number; version?: number }
  | { type: 'handTask'; task: string; to: string; version?: number }
  | { type: 'commentTask'; task: string; text: string }
  | { type: 'tickTask'; task: string; line: string; on: boolean }
  | { type: 'holdCall' }
  | {
      type: 'callResult';
      result: (typeof callResults)[number] | 'outcome';
      /** The result of the stage that was reached. */
      outcome?: string;
      /** When nobody answered: when to try again. */
      again?: Again;
      /** When a call was promised. */
      at?: number;
    }
  | { type: 'setPhone'; phone: string }
  | { type: 'setName'; name: string }
  | { type: 'attach'; vacancy: string }
  | { type: 'detach' }
  | { type: 'offerWindow'; interviewer: string; start: number }
  | { type: 'inviteToGroup' | 'addToGroup' | 'groupChanged'; group: string }
  | { type: 'groupText'; text: string; to: 'people' | 'cards' }
  /** `site`: an answer to a response that its site did not take. */
  | { type: 'undelivered'; message: string; site?: { source: SourceName; why: AnswerFault } }
  | { type: 'offerVacancy'; vacancy: string }
  | { type: 'notSame'; other: string }
  | { type: 'placeTaken'; then: TurnAway }
  | { type: 'placeFree' }
);
