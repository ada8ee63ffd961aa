import type { Group } from './group.ts';
import { numberOfSeat, openSeats } from './seat.ts';

/** What a group's places become. */
export type Places = Required<Pick<Group, 'places' | 'numbered' | 'closed'>>;

/**
 * More or fewer places. Nobody loses theirs, or one that is being offered to them: only free ones are closed, the last
 * of them first, and opened again before new ones are added.
 *
 * @param free the names of the places that nobody has
 * @returns how the group's places stand then, or how many of them are taken when fewer are wanted
 */
export function changePlaces(
  group: Pick<Group, 'places' | 'numbered' | 'closed'>,
  free: string[],
  wanted: number,
): { ok: true; places: Places } | { ok: false; taken: number } {
  const { numbered = group.places, closed = [] } = group;
  const taken = openSeats(group).length - free.length;
  if (wanted < taken) return { ok: false, taken };
  if (wanted <= group.places) {
    const last = free.map(numberOfSeat).sort((a, b) => b - a);
    const gone = last.slice(0, group.places - wanted);
    return {
      ok: true,
      places: { places: wanted, numbered, closed: [...closed, ...gone].sort((a, b) => a - b) },
    };
  }
  const more = wanted - group.places;
  const stay = closed.slice(more);
  const added = Math.max(0, more - closed.length);
  return { ok: true, places: { places: wanted, numbered: numbered + added, closed: stay } };
}
