import type { Candidate } from '../flows/candidate.ts';
import type { Event } from '../flows/event.ts';
import type { Decision } from '../flows/facts.ts';
import { type Forgotten, isKept, type Trace } from '../flows/forgetting/forgotten.ts';
import type { Database } from '../models/database.ts';
import { eraseEverywhere } from '../models/forgetting/eraseEverywhere.ts';
import { rowsBut } from '../models/forgetting/rowsOf.ts';
import type { Channels } from './channel.ts';
import type { Clock } from './clock.ts';

/** Carries the deletion of a person's data to its end. */
export interface Forgetting {
  /** From wherever it stands; safe to repeat, by several at once too. */
  finish(card: Candidate): Promise<void>;
}

/** For so long Telegram lets a bot take its messages away, in milliseconds; and so many of them at most. */
const takenAway = 48 * 3_600_000;
const most = 300;

/**
 * The card was made bare by one decision and keeps only by what the rest is found. What others were shown is taken away
 * where that can be, every collection is gone through, then the last word is ordered, and at last nothing is left by
 * which anybody could be found. A process that dies in between leaves a phase, from which any other goes on.
 *
 * @param own decide an event on the card itself, whose turn it is
 */
export function makeForgetting(deps: {
  db: Database;
  clock: Pick<Clock, 'now'>;
  channels: Pick<Channels, 'telegram' | 'desk'>;
  /** Should an update of theirs come again after a crash, nobody is there who remembers it. */
  note: (events: string[], lane: string) => Promise<void>;
  own: (candidate: string, event: Event) => Promise<Decision>;
}): Forgetting {
  const { db, clock, channels, own } = deps;

  /** What members were told of them lately, and their topic at the desk. */
  const takeAway = async ({ cards }: Trace, event: string): Promise<void> => {
    await channels.desk?.close(cards);
    const { remove } = channels.telegram ?? {};
    if (!remove) return;
    const told = {
      candidate: { $in: cards },
      at: { $gt: clock.now() - takenAway },
      'to.member': { $exists: true },
      'via.channel': 'telegram',
      place: { $exists: false },
      ...rowsBut(event),
    } as const;
    for (const { via, messageId } of await db.ledger.find(told).sort({ at: -1 }).limit(most).toArray())
      if (via && messageId !== undefined) await remove(via.address, messageId);
  };

  const erase = async ({ _id }: Candidate, { trace, event }: Forgotten): Promise<void> => {
    if (trace) {
      await takeAway(trace, event);
      await eraseEverywhere(db, trace, event);
    }
    await own(_id, { id: `${event}:erased`, type: 'erased' });
  };

  const end = async (card: Candidate, { event }: Forgotten): Promise<void> => {
    const { _id, version, decided } = card;
    await deps.note(decided, `c:${_id}`);
    if (!isKept(card)) {
      // They never were anybody here: there is nothing to prove.
      await db.candidates.deleteOne({ _id, version });
      return;
    }
    // The ids of what they wrote name their number in some channels; these two are ours.
    const set = { $set: { decided: [event, `${event}:erased`] }, $inc: { version: 1 } };
    await db.candidates.updateOne({ _id, version }, set);
    await own(_id, { id: `${event}:ended`, type: 'goodbyeOrdered' });
  };

  return {
    finish: async (card) => {
      const { forgotten } = card;
      if (forgotten?.phase === 'erasing') await erase(card, forgotten);
      const now = (await db.candidates.findOne({ _id: card._id })) ?? undefined;
      if (now?.forgotten?.phase === 'ending') await end(now, now.forgotten);
    },
  };
}
