import type { Candidate } from '../candidate.ts';
import { copyPlain } from '../copyPlain.ts';
import type { Self } from './joining.ts';

/** What a card has beside who the person is. */
const others = new Set<string>([
  'applications',
  'version',
  'decided',
  'outbox',
  'unpublished',
  'merged',
  'merging',
  'joined',
  'join',
  'handing',
  'parted',
] satisfies (keyof Candidate)[]);

/** Who somebody is, without what happens to them on a vacancy. */
export function selfOf(person: Candidate): Self;
export function selfOf(person: object): object {
  return copyPlain(Object.fromEntries(Object.entries(person).filter(([name]) => !others.has(name))));
}
