import type { Application, Dialog } from '../candidate.ts';
import type { Turn } from '../turn.ts';
import { calendarFile } from '../calendarFile.ts';
import { leave } from '../refuse.ts';
import { chooseSlot } from './slotChoice.ts';

/** Why somebody calls off: codes under `candidate.cancel.reason`. */
const reasons = ['foundJob', 'terms', 'location', 'ill', 'changedMind'];

/** "I can't": the reason first, with a way back to another time. */
export function askCancelReason(turn: Turn, application: Application): void {
  const prompt = turn.ask({ kind: 'cancelReason', application: application.id });
  turn.say(
    'candidate.cancel.ask',
    undefined,
    [
      [{ label: { key: 'candidate.button.anotherTime' }, data: `p:${prompt}:move`, style: 'primary' }],
      ...reasons.map((reason) => [
        { label: { key: `candidate.cancel.reason.${reason}` }, data: `p:${prompt}:${reason}` },
      ]),
      [{ label: { key: 'candidate.button.keep' }, data: `p:${prompt}:keep` }],
    ],
    { application: application.id },
  );
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
  if (answer === 'move') return chooseSlot(turn, application);
  if (answer === 'keep') return turn.say('candidate.cancel.kept');
  const reason = reasons.includes(answer)
    ? { key: `candidate.cancel.reason.${answer}` }
    : answer.slice(0, 500);
  const { interview } = application;
  leave(turn, application, 'withdrawn', 'candidate');
  turn.fact('withdrawn', application.id, 'candidate', { reason });
  turn.tell(application, 'notice.withdrawn', {
    reason,
    ...(interview && { when: { at: interview.start, as: 'dateTime' as const } }),
  });
  turn.say('candidate.cancel.thanks', undefined, undefined, {
    application: application.id,
    // Their calendar forgets it too.
    ...(interview && { file: calendarFile(turn, application, interview, true) }),
  });
}
