import { changePlaces } from '../flows/groups/changePlaces.ts';
import type { RefusalCode } from '../flows/facts.ts';
import type { Params } from '../flows/effect.ts';
import { type Group, isComing } from '../flows/groups/group.ts';
import type { Database } from '../models/database.ts';
import { isDuplicate } from '../models/databaseErrors.ts';
import { readSeats } from '../models/groups.ts';
import type { Clock } from './clock.ts';

/** What can be changed of a group by its host. */
export type GroupChange =
  { start: number } | { cancelled: number } | { places: number } | { text: string; to: 'people' | 'cards' };

/** Whether it was done: `groupChanged` when somebody else was faster, `placesTaken` when so many are not free. */
export type GroupChanged = { ok: true } | { ok: false; code: RefusalCode; params?: Params };

/** The one door through which members make and change groups. Everything is safe to repeat with the same event. */
export interface Groups {
  make(group: Omit<Group, 'version' | 'told' | 'texts' | 'lastEvent'>, event: string): Promise<void>;
  /** Change a group; everybody it concerns hears of it, also when this process ends before. */
  change(id: string, version: number, change: GroupChange, by: string, event: string): Promise<GroupChanged>;
}

type Deps = {
  db: Pick<Database, 'groups' | 'slots'>;
  clock: Pick<Clock, 'now'>;
  /** Somebody has to be told, or a place is free. */
  changed: () => void;
};

export function makeGroups(deps: Deps): Groups {
  const { db, changed } = deps;
  return {
    make: async (group, event) => {
      try {
        await db.groups.insertOne({ ...group, version: 1, told: 1, texts: [], lastEvent: event });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
    },
    change: async (_id, version, change, by, event) => {
      if ('places' in change) return resize(deps, _id, change.places, by, event);
      const set = { by, lastEvent: event, version: version + 1, untold: true };
      const update =
        'text' in change
          ? { $set: set, $push: { texts: { ...change, by, version: version + 1 } } }
          : { $set: { ...set, ...change } };
      const where = { _id, version, cancelled: { $exists: false } };
      const { matchedCount } = await db.groups.updateOne(where, update);
      const done = matchedCount > 0 || (await db.groups.findOne({ _id }))?.lastEvent === event;
      if (done) changed();
      return done ? { ok: true } : { ok: false, code: 'groupChanged' };
    },
  };
}

/** How often places are counted again when the group was changed meanwhile. */
const tries = 5;

/**
 * More or fewer places. Nobody has to hear of it, so the version stays; the last event is what the write is over. A
 * place that is got in this very moment is let go when its owner's turn comes, for another or for the line.
 */
async function resize(
  { db, clock, changed }: Deps,
  _id: string,
  wanted: number,
  by: string,
  event: string,
): Promise<GroupChanged> {
  for (let count = 0; count < tries; count += 1) {
    const group = await db.groups.findOne({ _id });
    if (!group || !isComing(group, clock.now())) return { ok: false, code: 'groupGone' };
    if (group.lastEvent === event) return { ok: true };
    const free = await readSeats(db, group, clock.now());
    const next = changePlaces(
      group,
      free.map(({ interviewer }) => interviewer),
      wanted,
    );
    if (!next.ok) return { ok: false, code: 'placesTaken', params: { taken: next.taken } };
    const where = { _id, lastEvent: group.lastEvent, version: group.version };
    const set = { ...next.places, by, lastEvent: event };
    const { matchedCount } = await db.groups.updateOne(where, { $set: set });
    if (matchedCount === 0) continue;
    changed();
    return { ok: true };
  }
  return { ok: false, code: 'groupChanged' };
}
