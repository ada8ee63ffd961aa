import type { Effect } from '../flows/effect.ts';
import type { Event } from '../flows/event.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import { insertNew } from '../models/databaseErrors.ts';
import { openWindows } from '../models/openWindows.ts';
import type { SlotRow } from '../models/rows.ts';
import { batch } from './batch.ts';
import type { Clock } from './clock.ts';

type Book = Extract<Effect, { type: 'book' }>;
type Hold = Extract<Effect, { type: 'hold' }>;
type Release = Extract<Effect, { type: 'release' }>;

/** The interviewers' windows: each is an insert under a unique key, so it has one owner at most. */
export interface Slots {
  /** Take a window; the answer is an event. Asking again for the same application answers the same. */
  book(effect: Book, candidate: string): Promise<Event>;
  /** Keep windows for a while; the answer names those that are ours. */
  hold(effect: Hold, candidate: string): Promise<Event>;
  release(effect: Release): Promise<void>;
}

/** @param opened a window was let go: whoever waits for one may have it */
export function makeSlots(db: Database, clock: Clock, policy: Policy, opened: () => void): Slots {
  /** Who has each window after all of them were asked for: within one turn, the first. */
  const take = batch<SlotRow, string | undefined>(clock, async (rows) => {
    const asked = new Map<string, SlotRow>();
    for (const row of rows) if (!asked.has(row._id)) asked.set(row._id, row);
    const fresh = await insertNew(db.slots, [...asked.values()]);
    const taken = [...asked.keys()].filter((id) => !fresh.has(id));
    const owners = new Map([...asked].map(([id, { application }]) => [id, application]));
    if (taken.length > 0) {
      for (const id of taken) owners.delete(id);
      const there = await db.slots.find({ _id: { $in: taken } }).toArray();
      for (const row of there) {
        const mine = asked.get(row._id);
        owners.set(row._id, row.application);
        if (row.until === undefined || !mine) continue;
        // Ours to make firm, or a hold whose time is over: whoever comes first has it.
        const where = {
          _id: row._id,
          $or: [{ application: mine.application }, { until: { $lte: clock.now() } }],
        };
        const { modifiedCount } = await db.slots.replaceOne(where, mine);
        if (modifiedCount > 0) owners.set(row._id, mine.application);
      }
    }
    return rows.map(({ _id }) => owners.get(_id));
  });
  const drop = batch<Release>(clock, async (list) => {
    await db.slots.bulkWrite(
      list.map(({ interviewer, start, application, until }) => {
        const filter = { _id: `${interviewer}:${start}`, application };
        return until === undefined
          ? { deleteOne: { filter } }
          : { updateOne: { filter, update: { $set: { until } } } };
      }),
      { ordered: false },
    );
    // After it is free: should a crash come in between, it is let go once more.
    const free = list.filter(({ start }) => start > clock.now());
    if (free.length === 0) return;
    await openWindows(db, free, clock.now());
    opened();
  });

  const rowOf = ({ application, interviewer }: Book | Hold, start: number, candidate: string): SlotRow => ({
    _id: `${interviewer}:${start}`,
    interviewer,
    start,
    candidate,
    application,
    at: clock.now(),
    minutes: policy.slot.minutes,
  });

  return {
    book: async (effect, candidate) => {
      const { application, interviewer, start, format, by, key } = effect;
      const ours = (await take(rowOf(effect, start, candidate))) === application;
      const type = ours ? ('slotBooked' as const) : ('slotTaken' as const);
      return { id: `slot:${key}`, type, application, interviewer, start, format, ...(by && { by }) };
    },
    hold: async (effect, candidate) => {
      const { application, starts, until, key } = effect;
      const owners = await Promise.all(
        starts.map((start) => take({ ...rowOf(effect, start, candidate), until })),
      );
      const ours = starts.filter((_, index) => owners[index] === application);
      return { id: `hold:${key}`, type: 'windowsHeld' as const, application, starts: ours };
    },
    release: drop,
  };
}
