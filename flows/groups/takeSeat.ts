import type { Application } from '../candidate.ts';
import type { Turn } from '../turn.ts';
import type { Group } from './group.ts';
import { groupParams } from './groupParams.ts';

/**
 * Ask for a place of a group. Whose it is, is decided by one conditional write: whoever was too late comes here again,
 * until none is left.
 *
 * @param by the member who asks for it; unset: the candidate
 */
export function takeSeat(turn: Turn, application: Application, group: Group, by?: string): void {
  const [seat] = turn.facts.free[group._id] ?? [];
  if (!seat) return waitForSeat(turn, application, group, by);
  askForSeat(turn, application, group, seat.interviewer, by);
}

/** Ask for this very place at the group's time. */
export function askForSeat(
  turn: Turn,
  application: Application,
  { start, format }: Group,
  interviewer: string,
  by?: string,
): void {
  turn.book(application, { interviewer, start, format, ...(by && { by }) });
}

/** All places are taken: they wait for one, and are told. Whoever has a time elsewhere keeps it. */
function waitForSeat(turn: Turn, application: Application, group: Group, by?: string): void {
  if (application.group?.id === group._id && application.group.state === 'waiting') return;
  application.group = { id: group._id, state: 'waiting', at: turn.now, by: by ?? 'candidate' };
  const params = groupParams(turn, group);
  turn.fact('groupWaits', application.id, by ?? 'candidate', params);
  turn.say(
    'group.full',
    params,
    [[{ label: { key: 'line.button.leave' }, data: `u:${application.id}:${group._id}:leave` }]],
    { prompt: by === undefined, application: application.id },
  );
  turn.tell(application, 'group.notice.waits', params);
}
