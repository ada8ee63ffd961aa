import type { Candidate } from '../flows/candidate.ts';
import type { Event } from '../flows/event.ts';
import type { Decision } from '../flows/facts.ts';
import type { Database } from '../models/database.ts';

/** Carries a joining of two cards, or its taking back, to its end. */
export interface Joins {
  /**
   * From wherever it stands; safe to repeat, by several at once too: each step is an event known by its id. What comes
   * for the card meanwhile waits for this.
   *
   * @returns what the elder card says to it
   */
  finish(card: Candidate): Promise<Decision>;
}

/**
 * The younger card is frozen first, so that nothing happens to it that the elder would not have; then the elder takes
 * all of it by one decision; then the younger is an address. Taken back, the elder puts aside what was the other's by
 * one decision, and the younger has it. A process that dies in between leaves a phase, from which any other goes on.
 *
 * @param carry decide an event on another card, in its turn
 * @param own decide an event on the card itself, whose turn it is
 */
export function makeJoins(deps: {
  db: Pick<Database, 'candidates'>;
  carry: (candidate: string, event: Event) => Promise<Decision>;
  own: (candidate: string, event: Event) => Promise<Decision>;
}): Joins {
  const { db, carry, own } = deps;

  const join = async (card: Candidate): Promise<Decision> => {
    const { merged, ...rest } = card;
    if (!merged) throw new Error(`card ${card._id} is not being joined`);
    const { into, by, event, keep, channels } = merged;
    const person: Candidate = { ...rest, channels };
    const taken = await carry(into, {
      id: `${event}:absorbed`,
      type: 'absorbed',
      by,
      from: card._id,
      event,
      keep,
      person,
    });
    await own(card._id, { id: `${event}:joined`, type: taken.ok ? 'joinDone' : 'joinRefused' });
    return taken;
  };

  const part = async (card: Candidate): Promise<Decision> => {
    const { merged } = card;
    if (!merged?.parting) throw new Error(`card ${card._id} is not being parted`);
    const { by, event } = merged.parting;
    const from = card._id;
    const given = await carry(merged.into, { id: `${event}:parting`, type: 'parting', by, from, event });
    const handing = given.ok ? given.state.handing : undefined;
    if (!given.ok || handing?.to !== from) {
      await own(from, { id: `${event}:kept`, type: 'partRefused' });
      return given;
    }
    await own(from, {
      id: `${event}:parted`,
      type: 'parted',
      by,
      person: handing.person,
      ended: handing.ended,
    });
    await carry(given.state._id, { id: `${event}:handed`, type: 'handedOver', from });
    return given;
  };

  /** What was put aside was taken, and a crash has left it standing: the other card stands by itself. */
  const clear = async (card: Candidate): Promise<Decision> => {
    const { _id, handing, version } = card;
    const other = await db.candidates.findOne({ _id: handing?.to ?? '' });
    if (!handing || other?.merged) return { ok: true, state: card, effects: [] };
    return own(_id, { id: `${_id}:handed:${version}`, type: 'handedOver', from: handing.to });
  };

  return {
    finish: (card) => {
      if (card.merged?.phase === 'joining') return join(card);
      return card.merged?.phase === 'parting' ? part(card) : clear(card);
    },
  };
}
