import type { Agreement, Application, Dialog } from '../candidate.ts';
import { clientOf } from '../clientOf.ts';
import { askCancelReason } from '../dialogs/withdrawal.ts';
import type { Button } from '../effect.ts';
import type { Turn } from '../turn.ts';
import { backToRecruiter } from './agreement.ts';

/**
 * Ask the candidate which of the client's windows suits.
 *
 * @param answer the words, when they have just pressed something
 */
export function askCandidate(
  turn: Turn,
  application: Application,
  answer?: 'late.pick' | 'late.pickAgain',
): void {
  const { agreement } = application;
  // Before the client has answered these are no times yet.
  if (agreement?.waitsFor !== 'candidate') return;
  const prompt = turn.ask({ kind: 'agree', application: application.id });
  const rows = agreement.windows.map(({ start }): Button[] => [
    {
      label: {
        key: 'candidate.slot.nearButton',
        params: { when: { at: start, as: 'dateTime', zone: turn.state.zone } },
      },
      data: `p:${prompt}:${start}`,
    },
  ]);
  rows.push([
    { label: { key: 'candidate.button.anotherTime' }, data: `p:${prompt}:other` },
    { label: { key: 'candidate.button.cannot' }, data: `p:${prompt}:no`, style: 'danger' },
  ]);
  const vacancy = turn.title(application);
  const format = { key: `candidate.formatWithin.${agreement.format}` };
  // One that still waits for the morning says the same.
  if (agreement.asked !== undefined) turn.withdraw([agreement.asked]);
  agreement.asked = `${turn.event.id}:${turn.id()}`;
  turn.say(answer ?? 'late.pick', { vacancy, format }, rows, {
    key: agreement.asked,
    prompt: answer !== undefined,
    application: application.id,
    stages: ['agreeing'],
  });
}

/** What the candidate pressed or wrote about the client's windows. */
export function answerAgree(turn: Turn, dialog: Extract<Dialog, { kind: 'agree' }>, answer: string): void {
  const application = turn.application(dialog.application ?? '');
  const agreement = application?.agreement;
  const client = application && clientOf(turn, application);
  if (!application || !client) return;
  if (answer === 'no') return askCancelReason(turn, application);
  if (dialog.other) {
    delete turn.state.dialog;
    turn.say('late.otherThanks', undefined, undefined, { application: application.id });
    turn.fact('anotherTimeAsked', application.id, 'candidate');
    return backToRecruiter(turn, application, 'late.candidateOther', answer.slice(0, 500));
  }
  if (agreement?.waitsFor !== 'candidate') return;
  const start = Number(answer);
  if (!agreement.windows.some((one) => one.start === start)) {
    turn.ask({ kind: 'agree', application: application.id, other: true });
    return turn.say('late.other', undefined, undefined, { application: application.id });
  }
  if (start <= turn.now) return tooLate(turn, application, agreement);
  const { format } = agreement;
  turn.ask({ kind: 'booking', application: application.id, interviewer: client, start, format });
  turn.book(application, { interviewer: client, start, format });
}

/** The picked time is over: those that are still to come are asked for again, or the recruiter goes on. */
function tooLate(turn: Turn, application: Application, agreement: Agreement): void {
  agreement.windows = agreement.windows.filter(({ start }) => start > turn.now);
  if (agreement.windows.length > 0) return askCandidate(turn, application, 'late.pickAgain');
  turn.say('late.passed', undefined, undefined, { application: application.id });
  backToRecruiter(turn, application, 'late.holdsEnded');
}
