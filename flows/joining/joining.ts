import type { CalledOff } from '../cancelInterview.ts';
import type { Application, Candidate, Reach, Undo } from '../candidate.ts';

/** Of two cards of one person the elder stays; the younger becomes an address that leads there. */
export type Side = 'elder' | 'younger';

/** What a person chose of two that differ. */
export interface Keep {
  name: Side;
  phone: Side;
}

/** Of a card that was joined to another: nothing personal but its chats, by which the person is found meanwhile. */
export interface Merged {
  into: string;
  at: number;
  by: string;
  /** The event that froze it: the ones that follow are named after it. */
  event: string;
  keep: Keep;
  channels: Reach[];
  /** Under way still; whatever comes for the card waits for its end. */
  phase?: 'joining' | 'parting';
  /** Who takes it back, and by which event. */
  parting?: { by: string; event: string };
}

/** Who somebody is, without what happens to them on a vacancy. */
export type Self = Omit<
  Candidate,
  | 'applications'
  | 'version'
  | 'decided'
  | 'outbox'
  | 'unpublished'
  | 'merged'
  | 'merging'
  | 'joined'
  | 'join'
  | 'handing'
  | 'parted'
>;

/** The last joining, as long as nothing has happened since: all that taking it back needs. */
export interface Join {
  from: string;
  at: number;
  by: string;
  event: string;
  /** Who this card was, and who the other one. */
  before: Self;
  was: Self;
  /** The other's applications, and the cards that had been joined to it. */
  theirs: string[];
  joined: string[];
  ended: Ended[];
  /** Others that it changed, as they stood: told of an earlier one, or given a task as their question gave way. */
  changed: Application[];
}

/** What ended with a joining, as an act that can be taken back. */
export interface Ended {
  application: string;
  undo: Undo;
  /** What ends with an application and its undo leaves alone: others on the vacancy, its place in a line. */
  kept: Pick<Application, 'previous' | 'next' | 'waiting' | 'group'>;
  /** Its meeting, of whose end the candidate has not heard. */
  called?: CalledOff;
}

/** A card that was joined to another, on its way back: who it is, and what is to be taken up again. */
export interface Handing {
  to: string;
  person: Candidate;
  ended: Ended[];
}

/** What happens to two cards that are one person's. All but the first are said by the product itself. */
export type Joining =
  /** Of the younger card: it is frozen. */
  | { type: 'joinInto'; by: string; into: string; keep: Keep }
  /** Of the elder one: it has everything of the other. */
  | { type: 'absorbed'; by: string; from: string; event: string; keep: Keep; person: Candidate }
  /** Of the younger one: it is an address only; or, as the elder may not have it, itself again. */
  | { type: 'joinDone' | 'joinRefused' }
  /** Taken back. Of the younger one: frozen again, so that nothing comes between. */
  | { type: 'partFrom'; by: string }
  /** Of the elder one: what was the other's is put aside for it. */
  | { type: 'parting'; by: string; from: string; event: string }
  /** Of the younger one: itself again; or an address still, as the elder has moved on. */
  | { type: 'parted'; by: string; person: Candidate; ended: Ended[] }
  | { type: 'partRefused' }
  /** Of the elder one: the other has what was put aside. */
  | { type: 'handedOver'; from: string };

/** What is decided on the card that is joined, whatever its phase; everything else is carried to where it leads. */
const ofItself = ['joinInto', 'joinDone', 'joinRefused', 'partFrom', 'parted', 'partRefused'] as const;

/** Every kind of them. */
export const joiningTypes = [
  ...ofItself,
  'absorbed',
  'parting',
  'handedOver',
] as const satisfies Joining['type'][];

/** Is this said to a joined card itself? */
export function staysHere({ type }: { type: string }): boolean {
  return ofItself.some((one) => one === type);
}
