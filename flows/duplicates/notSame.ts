import type { StaffCommand } from '../event.ts';
import { isService } from '../isService.ts';
import { mayJoin } from '../joining/mayJoin.ts';
import type { Refused } from '../staffCommand.ts';
import type { Turn } from '../turn.ts';

/** Somebody says that another, who looks the same, is not this person: whoever may join the two may say so. */
export function notSame(
  turn: Turn,
  { by, application, other }: Extract<StaffCommand, { type: 'notSame' }>,
): Refused {
  const { state, facts } = turn;
  const member = turn.member(by);
  if (!isService(by) && !member?.active) return { code: 'noSuchMember' };
  if (!isService(by) && !mayJoin(member, state, facts.vacancies)) return { code: 'notAllowed' };
  const known = state.notSame ?? [];
  if (known.includes(other)) return undefined;
  state.notSame = [...known, other];
  turn.fact('notSame', turn.application(application)?.id, by);
  return undefined;
}
