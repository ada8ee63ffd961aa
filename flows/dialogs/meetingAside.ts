import type { Application } from '../candidate.ts';
import { saidOfMeeting } from '../saidOfMeeting.ts';
import type { Turn } from '../turn.ts';
import { askCancelReason } from './withdrawal.ts';

/**
 * Where a time is asked for: they cannot come at all, or the time that stands shall stay. A bare "yes" or "no" says
 * neither.
 *
 * @returns whether it was said
 */
export function meetingAside(turn: Turn, application: Application, text: string): boolean {
  const said = saidOfMeeting(turn, text);
  if (!said || said.plain || said.means === 'move') return false;
  if (said.means === 'no') {
    askCancelReason(turn, application);
    return true;
  }
  if (!application.interview || application.interview.start <= turn.now) return false;
  delete turn.state.dialog;
  turn.say('candidate.cancel.kept');
  return true;
}
