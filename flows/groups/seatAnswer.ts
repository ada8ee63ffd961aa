import type { Application, Interview } from '../candidate.ts';
import type { SlotAnswer } from '../event.ts';
import type { Turn } from '../turn.ts';
import { type Group, isComing } from './group.ts';
import { groupOfSeat, numberOfSeat, openSeats } from './seat.ts';
import { askForSeat, takeSeat } from './takeSeat.ts';

/**
 * A place was got. Meanwhile its group may have been moved (a place at the new time is asked for), made smaller (another
 * place, or the line) or called off: then it is let go. @returns whether that is all there is to do
 */
export function seatIsOld(turn: Turn, application: Application, event: SlotAnswer): boolean {
  const id = groupOfSeat(event.interviewer);
  if (id === undefined) return false;
  const group = turn.group(id);
  const comes = group !== undefined && isComing(group, turn.now);
  const there = comes && openSeats(group).includes(numberOfSeat(event.interviewer));
  if (there && group.start === event.start) return false;
  turn.effects.push({
    type: 'release',
    key: `${turn.event.id}:free`,
    application: application.id,
    interviewer: event.interviewer,
    start: event.start,
  });
  // The same place at the new time: nobody else can have it.
  if (there) askForSeat(turn, application, group, event.interviewer, event.by);
  else if (comes) takeSeat(turn, application, group, event.by);
  return true;
}

/** Somebody was faster with a place: the next one, or the line. @returns whether it was a place */
export function seatTaken(turn: Turn, application: Application, event: SlotAnswer): boolean {
  const id = groupOfSeat(event.interviewer);
  if (id === undefined) return false;
  const group = turn.group(id);
  if (group && isComing(group, turn.now)) takeSeat(turn, application, group, event.by);
  return true;
}

/** What an interview in a group has besides. */
export function inGroup(group: Group): Pick<Interview, 'kind' | 'group'> {
  const { _id: id, host, minutes, place, kind } = group;
  return {
    kind: kind === 'training' ? 'training' : 'group',
    group: { id, host, minutes, ...(place && { place }) },
  };
}
