import type { Candidate } from './candidate.ts';
import type { Place } from './channels.ts';

/** Where a person takes nothing more: chats that are blocked, mailboxes and numbers that are gone or were opted out of. */
export function closedPlaces({ channels, closed = [] }: Pick<Candidate, 'channels' | 'closed'>): Place[] {
  return [...channels.filter(({ blocked }) => blocked), ...closed];
}
