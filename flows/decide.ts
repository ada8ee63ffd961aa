import type { Candidate } from './candidate.ts';
import { traitsOf } from './channels.ts';
import type { Event } from './event.ts';
import type { Decision, Facts } from './facts.ts';
import { callCame } from './calls/callCame.ts';
import { broadcastDue } from './broadcasts/broadcastDue.ts';
import { buttonTapped } from './buttonTapped.ts';
import { channelChange } from './channelChange.ts';
import { channelLinked, linkRefused } from './links/channelLinked.ts';
import { channelFound } from './channelFound.ts';
import { refreshCards } from './refreshCards.ts';
import { messageArrived } from './candidateMessages.ts';
import { mendData } from './mendData.ts';
import { keepInHand } from './keepInHand.ts';
import { passOnLeft, recruiterLeft } from './passOnLeft.ts';
import { windowsHeld } from './late/agreement.ts';
import { groupsNeeded } from './groups/groupsNeeded.ts';
import { tidyGroup } from './groups/tidyGroup.ts';
import { keepNudge } from './nudge.ts';
import { offerHeld } from './line/offer.ts';
import { tidyLine } from './line/tidyLine.ts';
import { slotBooked, slotTaken } from './slotAnswer.ts';
import { isForgetting } from './forgetting/forgotten.ts';
import { ofForgetting } from './forgetting/ofForgetting.ts';
import { seal } from './forgetting/seal.ts';
import { importUndone } from './imports/importUndone.ts';
import { rowImported } from './imports/rowImported.ts';
import { keepPool } from './matching/keepPool.ts';
import { keepSought } from './keepSought.ts';
import { keepTasked } from './keepTasked.ts';
import { placesTurned } from './places/placesTurned.ts';
import { turnPlaces } from './places/turnPlaces.ts';
import { absorb } from './joining/absorb.ts';
import { baseOf } from './joining/baseOf.ts';
import { joiningTypes } from './joining/joining.ts';
import { keepJoin } from './joining/keepJoin.ts';
import { ofItself } from './joining/ofItself.ts';
import { handedOver, isElsewhere, part } from './joining/part.ts';
import { keepMarks } from './duplicates/keepMarks.ts';
import { sameFound } from './duplicates/sameFound.ts';
import { staffCommand } from './staffCommand.ts';
import { timerDue } from './timerDue.ts';
import { dropStaleUndo } from './undo.ts';
import { Turn } from './turn.ts';

/** How many decided events a candidate remembers: far more than can be redelivered at once. */
const remembered = 60;

/**
 * The one rule of the product: what an event does to a candidate. Pure: no clock, no I/O, no words.
 *
 * @returns the new state with its effects, or a refusal with a code and the state untouched
 */
export function decide(state: Candidate, event: Event, facts: Facts, now: number): Decision {
  if (state.forgotten && !isForgetting(event)) return { ok: false, code: 'forgotten' };
  const turn = new Turn(state, event, facts, now);
  // A process may remember whose chat it was before a joining was taken back.
  if (isElsewhere(state, event)) return { ok: false, code: 'noSuchApplication' };
  if (!turn.state.merged) passOnLeft(turn);
  const refused = apply(turn, event);
  if (refused) return { ok: false, ...refused };
  // Nothing is looked after on a card that leads to another, or that is nobody's any more.
  if (!turn.state.merged && !state.forgotten) lookAfter(turn, baseOf(state, turn), event);
  seal(turn);
  keepTasked(turn);
  keepSought(turn);
  turn.state.version = state.version + 1;
  turn.state.decided = [...state.decided, event.id].slice(-remembered);
  turn.state.outbox = turn.effects;
  return { ok: true, state: turn.state, effects: turn.effects, ...(turn.toast && { toast: turn.toast }) };
}

/** What holds after every decision, whatever it was. */
function lookAfter(turn: Turn, before: Candidate, event: Event): void {
  dropStaleUndo(turn, before.applications);
  sayToast(turn, event);
  tidyGroup(turn);
  tidyLine(turn);
  mendData(turn);
  keepInHand(turn);
  turnPlaces(turn, before);
  keepNudge(turn, before);
  keepPool(turn);
  keepMarks(turn, before);
  keepJoin(turn, before);
  refreshCards(turn, before);
}

/** Where a tap cannot be answered by a word that passes, the word becomes a message, unless one was said anyway. */
function sayToast(turn: Turn, event: Event): void {
  const { toast, effects } = turn;
  if (!toast || !('key' in toast) || event.type !== 'buttonTapped' || event.page) return;
  if (effects.some((effect) => effect.type === 'notify' && 'candidate' in effect.to)) return;
  if (!traitsOf[event.reach.channel].toasts) turn.say(toast.key, toast.params);
}

function apply(turn: Turn, event: Event): ReturnType<typeof staffCommand> {
  switch (event.type) {
    case 'messageArrived':
      messageArrived(turn, event);
      return undefined;
    case 'buttonTapped':
      buttonTapped(turn, event);
      return undefined;
    case 'channelBlocked':
    case 'channelUnblocked':
      channelChange(turn, event.reach, event.type);
      return undefined;
    case 'channelLinked':
      channelLinked(turn, event);
      return undefined;
    case 'linkRefused':
      linkRefused(turn, event.why);
      return undefined;
    case 'channelFound':
      channelFound(turn, event.reach);
      return undefined;
    case 'timerDue':
      timerDue(turn, event.timer);
      return undefined;
    case 'slotBooked':
      slotBooked(turn, event);
      return undefined;
    case 'slotTaken':
      slotTaken(turn, event);
      return undefined;
    case 'windowsHeld':
      if (!offerHeld(turn, event)) windowsHeld(turn, event);
      return undefined;
    case 'broadcastDue':
      return broadcastDue(turn, event);
    case 'sameFound':
      sameFound(turn, event);
      return undefined;
    case 'placesTurned':
      placesTurned(turn, event);
      return undefined;
    case 'absorbed':
      return absorb(turn, event);
    case 'parting':
      return part(turn, event);
    case 'handedOver':
      handedOver(turn, event.from);
      return undefined;
    case 'joinInto':
    case 'joinDone':
    case 'joinRefused':
    case 'partFrom':
    case 'parted':
    case 'partRefused':
      return ofItself(turn, event);
    case 'forgetPerson':
    case 'erased':
    case 'goodbyeOrdered':
      return ofForgetting(turn, event);
    case 'rowImported':
      rowImported(turn, event);
      return undefined;
    case 'callCame':
      callCame(turn, event);
      return undefined;
    case 'importUndone':
      return importUndone(turn, event);
    case 'recruiterLeft':
      return recruiterLeft(turn, event.member);
    default:
      return staffCommand(turn, event);
  }
}

/** Which vacancies' free windows, and groups' places, a decision may look at: read before it, and only then. */
export function windowsNeeded(state: Candidate, event: Event, vacancies: Facts['vacancies']): string[] {
  return [...vacanciesNeeded(state, event, vacancies), ...groupsNeeded(state, event)];
}

function vacanciesNeeded(state: Candidate, event: Event, vacancies: Facts['vacancies']): string[] {
  const auto = (id: string) => vacancies.find((vacancy) => vacancy._id === id)?.autoInvite === true;
  if (event.type === 'timerDue')
    return event.timer.kind === 'relayEnd'
      ? [...new Set(state.applications.map(({ vacancy }) => vacancy))]
      : [];
  if (
    [
      'addNote',
      'addFile',
      'addEvidence',
      'take',
      'relayMessage',
      'finishTask',
      'snoozeTask',
      'handTask',
      'commentTask',
      'tickTask',
      'holdCall',
      'setPhone',
      'setName',
      'slotBooked',
      'sameFound',
      'broadcastDue',
      'undelivered',
      'groupChanged',
      'groupText',
      'placesTurned',
      'offerVacancy',
      'notSame',
      'placeTaken',
      'placeFree',
      ...joiningTypes,
      'forgetPerson',
      'erased',
      'goodbyeOrdered',
      'rowImported',
      'importUndone',
      'callCame',
    ].includes(event.type)
  )
    return [];
  const relevant = state.applications.filter(
    ({ id, stage, vacancy }) =>
      ('application' in event && event.application === id) ||
      stage === 'invited' ||
      stage === 'interview' ||
      (stage === 'screening' && auto(vacancy)),
  );
  const ids = relevant.map(({ vacancy }) => vacancy);
  const { dialog } = state;
  if (dialog?.kind === 'consent' && auto(dialog.vacancy)) ids.push(dialog.vacancy);
  return [...new Set(ids)];
}
