import type { Happened } from './event.ts';
import type { Turn } from './turn.ts';
import { answerWhenToRing } from './calls/notAnswered.ts';
import { chooseNews } from './broadcasts/newsChoice.ts';
import { answerOffer } from './matching/offerVacancy.ts';
import { answerReminder } from './answerReminder.ts';
import { answerThere } from './answerThere.ts';
import { askAgain } from './dialogs/askAgain.ts';
import { answerCheck } from './dialogs/checkAnswers.ts';
import { answerConsent } from './dialogs/consent.ts';
import { tapQuestion } from './dialogs/screening.ts';
import { tapSlot } from './dialogs/slotChoice.ts';
import { giveCode } from './links/giveCode.ts';
import { openVacancy } from './dialogs/vacancyChoice.ts';
import { answerForget } from './forgetting/askForget.ts';
import { answerFeedback } from './late/afterMeeting.ts';
import { answerAgree } from './late/pickWindow.ts';
import { tapGroup } from './groups/groupAnswers.ts';
import { askEarlier, tapLine } from './line/joinLine.ts';
import { anotherTime } from './late/anotherTime.ts';
import { askCancelReason, giveCancelReason } from './dialogs/withdrawal.ts';
import { giveTerms } from './dialogs/terms.ts';

type Tapped = Extract<Happened, { type: 'buttonTapped' }>;

/**
 * A candidate pressed a button: `p:` of the open question, `i:` of an interview, `r:` of a reminder, `l:` language,
 * `o:` of a vacancy that was offered, `w:` of the line for a time, `k:` a code for another chat, `n:` of what is sent unasked, `b:` when to ring,
 * `u:` of a group.
 */
export function buttonTapped(turn: Turn, event: Tapped): void {
  if (!event.page) answerThere(turn.state, event.reach);
  const [kind, id = '', ...rest] = event.data.split(':');
  const choice = rest.join(':');
  if (kind === 'o') return answerOffer(turn, id, choice);
  if (kind === 'l') return setLanguage(turn, id);
  if (kind === 'k') return giveCode(turn, event.reach.channel);
  if (kind === 'p') return tapPrompt(turn, id, choice, event);
  if (kind === 'u') return tapGroup(turn, id, rest);
  if (kind === 'w') return tapLine(turn, id, rest);
  if (kind === 'n') return chooseNews(turn, id) ? undefined : stale(turn);
  const application = turn.application(id);
  if (kind === 'b') {
    if (!application || !answerWhenToRing(turn, application, choice)) stale(turn);
    return;
  }
  const [version, act = ''] = rest;
  if (!application?.interview || String(application.interviewVersion) !== version) return stale(turn);
  if (application.interview.start <= turn.now) return stale(turn);
  if (kind === 'i' && act === 'earlier') return askEarlier(turn, application);
  if (kind === 'i')
    return act === 'move' ? anotherTime(turn, application) : askCancelReason(turn, application);
  if (kind === 'r' && answerReminder(turn, application, act, Number(rest[2]))) return;
  stale(turn);
}

function tapPrompt(turn: Turn, prompt: string, choice: string, { reach, person }: Tapped): void {
  const { dialog } = turn.state;
  if (dialog?.prompt !== prompt) return stale(turn);
  delete dialog.nudged;
  // From a reminder of what was left in the middle.
  if (choice === 'again') return askAgain(turn);
  switch (dialog.kind) {
    case 'vacancy':
      return openVacancy(turn, choice, 'direct');
    case 'consent':
      return answerConsent(turn, dialog, choice, person.name);
    case 'question':
      return tapQuestion(turn, dialog, choice);
    case 'check':
      return answerCheck(turn, dialog, choice);
    case 'format':
    case 'day':
    case 'time':
      turn.drawOver = true;
      return tapSlot(turn, dialog, choice);
    case 'cancelReason':
      return giveCancelReason(turn, dialog, choice);
    case 'agree':
      return answerAgree(turn, dialog, choice);
    case 'feedback':
      return answerFeedback(turn, dialog, choice);
    case 'forget':
      return answerForget(turn, dialog, choice, reach);
    case 'terms':
      return giveTerms(turn, dialog, choice === 'none' ? undefined : choice);
    default:
      return stale(turn);
  }
}

/** An old button: said kindly, nothing changes. */
function stale(turn: Turn): void {
  turn.toast = {
    key: turn.state.dialog?.kind === 'booking' ? 'candidate.toast.booking' : 'candidate.toast.stale',
  };
}

function setLanguage(turn: Turn, lang: string): void {
  if (!(lang in turn.facts.lexicon)) return stale(turn);
  turn.state.lang = lang;
  turn.say('candidate.language.set');
  askAgain(turn);
}
