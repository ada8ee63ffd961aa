import type { Contract } from '../../flows/companies/contract.ts';
import type { Group } from '../../flows/groups/group.ts';
import type { Member } from '../../flows/member.ts';
import type { Speech } from '../speech.ts';
import type { Same } from '../findSame.ts';
import type { Found } from '../findApplication.ts';

/** Everything the card is drawn from. */
export interface CardFacts extends Found {
  reader: Member;
  /** The group it is asked into, waits for, or is in. */
  group?: Group;
  /** The company's contract that a hire goes by, as long as it has none of its own. */
  contract?: Contract;
  members: Member[];
  now: number;
  speech: Speech;
  /** Others who look like the same person. */
  same: Same[];
  /** The last act can be taken back still. */
  undo: boolean;
}

/** A member's name, or a dash for one who is gone. */
export function nameOf(members: Member[], id: string | undefined): string {
  return members.find(({ _id }) => _id === id)?.name ?? '—';
}
