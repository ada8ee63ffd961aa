import type { Candidate } from '../../flows/candidate.ts';
import { soughtOf } from '../../flows/keepSought.ts';
import { taskedOf } from '../../flows/keepTasked.ts';

/** A person who is put in by hand, found by the lists and by a search as a decision would have left them. */
export function listed(person: Candidate): Candidate {
  const tasked = taskedOf(person);
  const sought = soughtOf(person);
  return { ...person, ...(tasked.length > 0 && { tasked }), ...(sought && { sought }) };
}
