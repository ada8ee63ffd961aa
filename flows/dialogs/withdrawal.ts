import type { Application, Dialog } from '../candidate.ts';
import type { Turn } from '../turn.ts';
import { misunderstood } from '../candidateMessages.ts';
import { saidOfMeeting } from '../saidOfMeeting.ts';
import { calendarFile } from '../calendarFile.ts';
import { stopLooking } from '../lookingForWork.ts';
import { interviewParams } from '../interviewParams.ts';
import { inviteCopies } from '../inviteCopies.ts';
import { isHeldByRecruiter } from '../isHeldByRecruiter.ts';
import { named } from '../named.ts';
import { askTerms } from './terms.ts';
import { leave } from '../refuse.ts';
import { anotherTime } from '../late/anotherTime.ts';

/** "I can't": the reason first, with a way back to another time. */
export function askCancelReason(turn: Turn, application: Application): void {
  // Those that were asked with: a list that is edited meanwhile puts no answer under another reason.
  const { reasons } = turn.facts.policy.withdrawal;
  const prompt = turn.ask({ kind: 'cancelReason', application: application.id, reasons });
  turn.say(
    'candidate.cancel.ask',
    undefined,
    [
      [{ label: { key: 'candidate.button.anotherTime' }, data: `p:${prompt}:move`, style: 'primary' }],
      ...reasons.map((reason, index) => [
        { label: named('candidate.cancel.reason', reason), data: `p:${prompt}:${index}` },
      ]),
      [{ label: { key: 'candidate.button.keep' }, data: `p:${prompt}:keep` }],
    ],
    { application: application.id },
  );
}

/** Typed, it need not be a reason: whoever wants another time, or comes after all, must not lose their place. */
export function typeCancelReason(
  turn: Turn,
  dialog: Extract<Dialog, { kind: 'cancelReason' }>,
  text: string,
): void {
  // A number counts the buttons as they stand, another time and the way back among them.
  if (/^\d+$/.test(text.trim())) {
    const reasons = dialog.reasons ?? turn.facts.policy.withdrawal.reasons;
    const choice = ['move', ...reasons.keys(), 'keep'][Number(text) - 1];
    if (choice === undefined) return misunderstood(turn, 'candidate.hint.choice');
    return giveCancelReason(turn, dialog, String(choice));
  }
  const said = saidOfMeeting(turn, text);
  if (said?.means === 'move') return giveCancelReason(turn, dialog, 'move');
  if (said?.plain) return misunderstood(turn, 'candidate.hint.choice');
  giveCancelReason(turn, dialog, said?.means === 'yes' ? 'keep' : text);
}

/** The reason, tapped or typed: the interview is let go, the recruiter knows why, the candidate is thanked. */
export function giveCancelReason(
  turn: Turn,
  dialog: Extract<Dialog, { kind: 'cancelReason' }>,
  answer: string,
): void {
  const application = turn.application(dialog.application ?? '');
  if (!application) return;
  delete turn.state.dialog;
  if (answer === 'move') return anotherTime(turn, application);
  if (answer === 'keep') return turn.say('candidate.cancel.kept');
  const reasons = dialog.reasons ?? turn.facts.policy.withdrawal.reasons;
  const listed = /^\d+$/.test(answer) ? reasons[Number(answer)] : reasons.find((one) => one === answer);
  const reason = listed ? named('candidate.cancel.reason', listed) : answer.slice(0, 500);
  if (listed === 'foundJob') stopLooking(turn, 'foundJob');
  const { interview } = application;
  leave(turn, application, 'withdrawn', 'candidate');
  turn.fact('withdrawn', application.id, 'candidate', { reason });
  const theirs = interview && isHeldByRecruiter(application, interview);
  turn.tell(
    application,
    'notice.withdrawn',
    { reason, ...(interview && { when: { at: interview.start, as: 'dateTime' as const } }) },
    theirs ? { file: calendarFile(turn, application, interview, true, 'staff') } : {},
  );
  // Their calendar forgets it too.
  const file = interview && calendarFile(turn, application, interview, true);
  // …and the one in their mailbox, where the invitation went.
  if (interview && file)
    inviteCopies(
      turn,
      application,
      { key: 'candidate.interviewOff', params: interviewParams(turn, application, interview), file },
      { of: `${turn.event.id}:off`, by: ['email'] },
    );
  // Whoever is ill has nothing against the terms.
  const ill = listed === 'ill' || (!listed && saidOfMeeting(turn, answer)?.ill);
  if (!ill) return askTerms(turn, application, file);
  const more = { application: application.id, ...(file && { file }) };
  turn.say('candidate.cancel.getWell', undefined, undefined, more);
}
