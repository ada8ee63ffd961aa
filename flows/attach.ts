import { addApplication } from './dialogs/startApplication.ts';
import { continueFrom } from './dialogs/comingBack.ts';
import { isService } from './isService.ts';
import { isOpen } from './pipelines/stages.ts';
import type { Refused } from './staffCommand.ts';
import { take } from './take.ts';
import type { Turn } from './turn.ts';

/** Put a person on a vacancy; one who has no application yet, too. Whose vacancy it is does not matter. */
export function attach(turn: Turn, { by, vacancy }: { by: string; vacancy: string }): Refused {
  const member = turn.member(by);
  if (member && (!member.active || member.role === 'client')) return { code: 'notAllowed' };
  if (!member && !isService(by)) return { code: 'noSuchMember' };
  if (turn.vacancy(vacancy)?.status !== 'open') return { code: 'noSuchVacancy' };
  if (turn.state.applications.some((other) => other.vacancy === vacancy && isOpen(other.stage))) {
    return { code: 'alreadyAttached' };
  }
  if (turn.state.blacklisted) return { code: 'blacklisted' };
  const added = addApplication(turn, vacancy, 'attached', by);
  added.stage = 'review';
  continueFrom(turn, added);
  if (turn.member(by)?.role === 'recruiter') {
    take(turn, added, by);
    turn.addTask(added, 'review');
  }
  turn.fact('attached', added.id, by);
  return undefined;
}
