import type { Candidate } from './candidate.ts';

/** What staff call a person: by name, or by their number where the name is not known, as of one who only rang. */
export function personName({ name, phone }: Pick<Candidate, 'name' | 'phone'>): string {
  return name ?? phone ?? '—';
}
