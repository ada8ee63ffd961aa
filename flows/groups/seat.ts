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

/** Every place of a group as a window. */
export function seatsOf({ _id, places, start }: Group): FreeSlot[] {
  return Array.from({ length: places }, (_, index) => ({ interviewer: seatName(_id, index + 1), start }));
}
