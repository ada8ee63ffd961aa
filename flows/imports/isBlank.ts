import type { Candidate } from '../candidate.ts';

/** Somebody of whom nothing is known yet: an import has just made them, and may have been stopped there. */
export function isBlank({ name, phone, notes, applications, channels }: Candidate): boolean {
  return (
    name === undefined &&
    phone === undefined &&
    notes === undefined &&
    applications.length === 0 &&
    channels.length === 0
  );
}
