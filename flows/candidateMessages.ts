import { traitsOf } from './channels.ts';
import type { Turn } from './turn.ts';
import type { Application, Dialog } from './candidate.ts';
import type { Happened } from './event.ts';
import { answerCallTime } from './calls/notAnswered.ts';
import { answerNumber } from './calls/wrongNumber.ts';
import { askAgain } from './dialogs/askAgain.ts';
import { answerQuestion } from './dialogs/screening.ts';
import { answerSlotText } from './dialogs/slotChoice.ts';
import { answerFeedback } from './late/afterMeeting.ts';
import { answerAgree } from './late/pickWindow.ts';
import { typeTerms } from './dialogs/terms.ts';
import { typeCancelReason } from './dialogs/withdrawal.ts';
import { chooseVacancyByText, openVacancy } from './dialogs/vacancyChoice.ts';
import { answerCheck } from './dialogs/checkAnswers.ts';
import { answerConsent } from './dialogs/consent.ts';
import { answerLate } from './answerLate.ts';
import { answerReminderText } from './answerReminder.ts';
import { answerThere } from './answerThere.ts';
import { answerGroupText } from './groups/groupAnswers.ts';
import { answerOfferText } from './line/offer.ts';
import { answerNudge } from './nudge.ts';
import { looksAgain } from './lookingForWork.ts';
import { passOn } from './passOn.ts';
import { isCourtesy } from './isCourtesy.ts';
import { callHuman } from './callHuman.ts';
import { answerForget } from './forgetting/askForget.ts';
import { saysErase } from './forgetting/saysErase.ts';
import { commands } from './candidateCommands.ts';

/** "Half an hour later" where a time is asked for is a time; elsewhere whoever says it is late. */
const mayRunLate: (Dialog['kind'] | undefined)[] = [undefined, 'cancelReason'];

type Arrived = Extract<Happened, { type: 'messageArrived' }>;

/** A candidate wrote something: a command, an answer to what was asked, or words for the recruiter. */
export function messageArrived(turn: Turn, event: Arrived): void {
  const { state } = turn;
  revive(turn, event.reach);
  // A letter or an SMS is no answer to what was asked in a chat: it is for the recruiter.
  if (!traitsOf[event.reach.channel].talks) return passOn(turn, event);
  const command = /^\/(\w+)(?:@\w+)?(?:\s+(.*))?$/s.exec(event.text ?? '');
  if (command && event.kind === 'text') {
    const run = commands[command[1]?.toLowerCase() ?? ''];
    return run ? run(turn, event, command[2]?.trim()) : unknownCommand(turn, event);
  }
  const { dialog } = state;
  // Asked for in the middle of a talk with a recruiter, it is no word to them.
  if (dialog?.kind === 'forget' && saysErase(turn.facts.lexicon, event.text ?? ''))
    return answerForget(turn, dialog, event.text ?? '', event.reach);
  if (state.relay && state.relay.until > turn.now) return passOn(turn, event, runsLate(turn, event));
  if (event.kind === 'edited') return turn.say('candidate.hint.edited');
  if (event.kind === 'text' && answerNudge(turn, event.text ?? '')) return;
  if (dialog?.kind === 'question') return answerQuestion(turn, dialog, event);
  if (dialog?.kind === 'number' && event.contact)
    return answerNumber(turn, dialog, event.contact.phone, event.contact.own);
  if (event.kind !== 'text' || event.text === undefined) {
    const something = event.text ?? event.file ?? event.contact;
    if (something && state.consent && state.applications.length > 0) return freeText(turn, event);
    turn.say(`candidate.hint.${event.kind === 'file' ? 'otherFile' : event.kind}`);
    return askAgain(turn);
  }
  const late = runsLate(turn, event);
  if (late) return expectLate(turn, event, late);
  switch (dialog?.kind) {
    case 'consent':
      return answerConsent(turn, dialog, event.text, event.person.name);
    case 'vacancy':
      return chooseVacancyByText(turn, event.text);
    case 'check':
      return answerCheck(turn, dialog, event.text);
    case 'format':
    case 'day':
    case 'time':
      return answerSlotText(turn, dialog, event.text);
    case 'booking':
      return turn.say('candidate.slot.wait');
    case 'cancelReason':
      return typeCancelReason(turn, dialog, event.text);
    case 'agree':
      return answerAgree(turn, dialog, event.text);
    case 'feedback':
      return answerFeedback(turn, dialog, event.text);
    case 'callTime':
      return answerCallTime(turn, dialog, event.text);
    case 'number':
      return answerNumber(turn, dialog, event.text, false);
    case 'forget':
      return answerForget(turn, dialog, event.text, event.reach);
    case 'terms':
      return typeTerms(turn, dialog, event.text) ? passOn(turn, event) : undefined;
    default:
      if (answerOfferText(turn, event.text) || answerGroupText(turn, event.text)) return undefined;
      return ofMeeting(turn, event, event.text) ? undefined : freeText(turn, event);
  }
}

/** Whose meeting they say to be late for, where such words are no answer to a question. */
function runsLate(turn: Turn, { kind, text }: Arrived): Application | undefined {
  if (kind !== 'text' || text === undefined || !mayRunLate.includes(turn.state.dialog?.kind))
    return undefined;
  return answerLate(turn, text);
}

function expectLate(turn: Turn, event: Arrived, late: Application): void {
  turn.say('candidate.reminder.late', undefined, undefined, { application: late.id });
  askAgain(turn);
  passOn(turn, event, late);
}

/** Of their meeting: of an illness the recruiter reads the words, too. */
function ofMeeting(turn: Turn, event: Arrived, text: string): boolean {
  const said = answerReminderText(turn, text);
  if (said?.ill) passOn(turn, event);
  return said !== undefined;
}

/** What can be written with a slash, and what was asked: a mistyped command is no answer to it. */
function unknownCommand(turn: Turn, event: Arrived): void {
  commands['help']?.(turn, event, undefined);
  askAgain(turn);
}

/** Words outside any question: for the recruiter when there is one, else the list of vacancies. */
function freeText(turn: Turn, event: Arrived): void {
  if (turn.state.applications.length === 0) return openVacancy(turn, undefined, 'direct');
  passOn(turn, event);
  turn.say(isCourtesy(turn, event.text ?? '') ? 'candidate.courtesy' : 'candidate.passedOn');
}

/** A person who writes again can be reached again. */
function revive(turn: Turn, reach: Arrived['reach']): void {
  answerThere(turn.state, reach);
  delete turn.state.stopped;
  looksAgain(turn);
}

/** What was typed was not understood: a hint, or after the third time a human, and the question again. */
export function misunderstood(turn: Turn, hint: string): void {
  const { dialog } = turn.state;
  if (!dialog) return;
  dialog.misses += 1;
  if (dialog.misses >= turn.facts.policy.misunderstandings) {
    dialog.misses = 0;
    // Where nobody comes, asking once more would be the fourth time.
    if (!callHuman(turn, 'misunderstood')) return;
  } else turn.say(hint);
  turn.drawOver = false;
  askAgain(turn);
}
