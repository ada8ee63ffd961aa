import type { FreeSlot } from '../facts.ts';
import type { Group } from './group.ts';

/** The name of a place of a group, where a window has its interviewer: `<group>#<number>`. */
export function seatName(group: string, number: number): string {
  return `${group}#${number}`;
}

/** The group a place belongs to; undefined for an interviewer's window. */
export function groupOfSeat(interviewer: string): string | undefined {
  return /^(.+)#\d+$/.exec(interviewer)?.[1];
}

/** The number of a place. */
export function numberOfSeat(interviewer: string): number {
  return Number(/\d+$/.exec(interviewer)?.[0] ?? 0);
}

/** The numbers of the places there are: a closed one is not among them. */
export function openSeats({ places, numbered = places, closed = [] }: Seats): number[] {
  return Array.from({ length: numbered }, (_, index) => index + 1).filter(
    (number) => !closed.includes(number),
  );
}

type Seats = Pick<Group, 'places' | 'numbered' | 'closed'>;

/** Every place of a group as a window. */
export function seatsOf(group: Seats & Pick<Group, '_id' | 'start'>): FreeSlot[] {
  return openSeats(group).map((number) => ({ interviewer: seatName(group._id, number), start: group.start }));
}
