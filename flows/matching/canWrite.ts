import type { Candidate } from '../candidate.ts';

/** May the bot write to them at all? */
export function canWrite({ consent, channels }: Pick<Candidate, 'consent' | 'channels'>): boolean {
  return consent !== undefined && channels.some(({ blocked }) => !blocked);
}
