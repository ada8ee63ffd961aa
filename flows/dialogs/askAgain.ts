import type { Turn } from '../turn.ts';
import { askWhen } from '../calls/notAnswered.ts';
import { askNumber } from '../calls/wrongNumber.ts';
import { askCheck } from './checkAnswers.ts';
import { offerConsent } from './consent.ts';
import { showQuestion } from './screening.ts';
import { showSlots } from './slotChoice.ts';
import { offerVacancies } from './vacancyChoice.ts';
import { askForget } from '../forgetting/askForget.ts';
import { askCandidateAbout } from '../late/afterMeeting.ts';
import { askCandidate } from '../late/pickWindow.ts';
import { askTerms } from './terms.ts';
import { askCancelReason } from './withdrawal.ts';

/** Ask once more what is being asked: after a hint, a pause, a change of language. Says nothing when nothing is. */
export function askAgain(turn: Turn): void {
  const { dialog } = turn.state;
  delete dialog?.nudged;
  switch (dialog?.kind) {
    case 'question':
      return showQuestion(turn, dialog);
    case 'consent':
      return offerConsent(turn, dialog.vacancy, dialog.source);
    case 'vacancy':
      return offerVacancies(turn);
    case 'format':
    case 'day':
    case 'time':
      return showSlots(turn, dialog);
    case 'check': {
      const application = turn.application(dialog.application ?? '');
      return application && askCheck(turn, application);
    }
    case 'booking':
      return turn.say('candidate.slot.wait');
    case 'cancelReason': {
      const application = turn.application(dialog.application ?? '');
      return application && askCancelReason(turn, application);
    }
    case 'agree': {
      const application = turn.application(dialog.application ?? '');
      return application && askCandidate(turn, application);
    }
    case 'feedback': {
      const application = turn.application(dialog.application ?? '');
      const key = dialog.field === 'candidateFeedback' ? 'late.feedback' : 'late.firstDay';
      return application && askCandidateAbout(turn, application, dialog.field, key);
    }
    case 'callTime': {
      const application = turn.application(dialog.application ?? '');
      return application && askWhen(turn, application);
    }
    case 'number': {
      const application = turn.application(dialog.application ?? '');
      return application && askNumber(turn, application);
    }
    case 'forget':
      return askForget(turn);
    case 'terms': {
      const application = turn.application(dialog.application ?? '');
      return application && askTerms(turn, application);
    }
    default:
  }
}
