import type { Candidate } from '../flows/candidate.ts';
import { candidateChange } from '../models/candidateChange.ts';
import type { Database } from '../models/database.ts';
import { batch } from './batch.ts';
import type { Clock } from './clock.ts';

/** The candidates' documents: read, and changed by one conditional write that holds the whole decision. */
export interface People {
  /** @param anew from the database, whatever is remembered */
  read(id: string, anew?: boolean): Promise<Candidate | undefined>;
  holds(id: string): boolean;
  /** Write what differs in the next state, when the version still is the one it was decided on. */
  commit(before: Candidate, next: Candidate): Promise<boolean>;
  /** Its effects stand where they live: a crash needs not look at it again. Written a little later, many at once. */
  published(state: Candidate): void;
  /** Write the marks that wait, now. */
  settle(): Promise<void>;
}

interface Commit {
  before: Candidate;
  next: Candidate;
}

/** How long a mark may wait for others, in milliseconds: until then a restart publishes once more, without effect. */
const marksWait = 250;
/** When the database was away, in milliseconds. */
const tryAgain = 2_000;

/**
 * @param remember how many candidates are kept in memory between two events. Somebody else's write raises the
 *   version, so what is remembered can be old but never wrong: the commit fails and the decision is made again.
 */
export function makePeople(db: Database, clock: Clock, remember: number): People {
  const known = new Map<string, Candidate>();
  let marks = new Map<string, number>();
  let marking = false;

  const keep = (state: Candidate): void => {
    if (remember === 0) return;
    known.delete(state._id);
    known.set(state._id, state);
    const [oldest] = known.keys();
    if (known.size > remember && oldest !== undefined) known.delete(oldest);
  };

  const operation = ({ before, next }: Commit) => ({
    updateOne: {
      filter: { _id: next._id, version: next.version - 1 },
      update: candidateChange(before, next),
    },
  });

  const single = async (commit: Commit): Promise<boolean> => {
    const { filter, update } = operation(commit).updateOne;
    return (await db.candidates.updateOne(filter, update)).matchedCount === 1;
  };

  const write = batch<Commit, boolean>(clock, async (list) => {
    const [first] = list;
    if (first && list.length === 1) return [await single(first)];
    const { matchedCount } = await db.candidates.bulkWrite(list.map(operation), { ordered: false });
    if (matchedCount === list.length) return list.map(() => true);
    // Somebody was faster with one of them: each tells by its last event whether it is the one that was written.
    const ids = list.map(({ next }) => next._id);
    const now = await db.candidates.find({ _id: { $in: ids } }).toArray();
    return list.map(({ next: { _id, version, decided } }) => {
      const there = now.find((state) => state._id === _id);
      return there !== undefined && there.version === version && there.decided.at(-1) === decided.at(-1);
    });
  });

  const settle = async (): Promise<void> => {
    const list = [...marks];
    marks = new Map();
    if (list.length === 0) return;
    try {
      await db.candidates.bulkWrite(
        list.map(([_id, version]) => ({
          updateOne: { filter: { _id, version }, update: { $unset: { unpublished: 1 } } },
        })),
        { ordered: false },
      );
    } catch (error) {
      // With the next ones, of which one may be newer.
      for (const [_id, version] of list) marks.set(_id, Math.max(version, marks.get(_id) ?? 0));
      throw error;
    }
  };

  const settleIn = (wait: number): void => {
    if (marking) return;
    marking = true;
    clock.after(wait, () => {
      marking = false;
      settle().catch(() => settleIn(tryAgain));
    });
  };

  return {
    read: async (id, anew = false) => {
      const there = anew ? undefined : known.get(id);
      if (there) return there;
      const state = (await db.candidates.findOne({ _id: id })) ?? undefined;
      if (state) keep(state);
      else known.delete(id);
      return state;
    },
    holds: (id) => known.has(id),
    commit: async (before, next) => {
      try {
        const ours = await write({ before, next });
        if (ours) keep(next);
        else known.delete(next._id);
        return ours;
      } catch (error) {
        known.delete(next._id);
        throw error;
      }
    },
    published: ({ _id, version }) => {
      // What came of a decision is published before it: the mark of the newer one stands.
      marks.set(_id, Math.max(version, marks.get(_id) ?? 0));
      settleIn(marksWait);
    },
    settle,
  };
}
