import type { Candidate } from './candidate.ts';
import { traitsOf } from './channels.ts';

/** A phone number that a channel vouches for: its address is one, and the person has written from it. */
export function provedPhone({ channels }: Candidate): string | undefined {
  return channels.find(({ channel, blocked }) => traitsOf[channel].provesPhone && !blocked)?.address;
}
