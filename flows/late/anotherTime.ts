import type { Application } from '../candidate.ts';
import { dropInterview } from '../dropInterview.ts';
import { chooseSlot } from '../dialogs/slotChoice.ts';
import type { Turn } from '../turn.ts';
import { otherGroup } from '../groups/groupAnswers.ts';
import { backToRecruiter } from './agreement.ts';
import { askCandidate } from './pickWindow.ts';

/** "Another time": of an interviewer's windows one picks at once; the client's are agreed anew by all three. */
export function anotherTime(turn: Turn, application: Application): void {
  const { interview } = application;
  if (application.agreement?.waitsFor === 'candidate' && !interview)
    return askCandidate(turn, application, 'late.pick');
  if (interview?.group) return otherGroup(turn, application);
  if (interview?.kind !== 'client') return chooseSlot(turn, application);
  dropInterview(turn, application, 'candidate');
  application.stage = 'agreeing';
  application.stageAt = turn.now;
  turn.ask({ kind: 'agree', application: application.id, other: true });
  turn.say('late.other', undefined, undefined, { application: application.id });
  backToRecruiter(turn, application, 'late.candidateMoves');
}
