import type { Group } from '../flows/groups/group.ts';
import type { Database } from '../models/database.ts';
import { isDuplicate } from '../models/databaseErrors.ts';
import type { FactReader } from './readFacts.ts';

/** What can be changed of a group by its host. */
export type GroupChange =
  { start: number } | { cancelled: number } | { text: string; to: 'people' | 'cards' };

/** The one door through which members make and change groups. Everything is safe to repeat with the same event. */
export interface Groups {
  make(group: Omit<Group, 'version' | 'told' | 'texts' | 'lastEvent'>, event: string): Promise<void>;
  /**
   * Change a group; everybody it concerns hears of it, also when this process ends before.
   *
   * @returns false when somebody else has changed it meanwhile, or it is called off
   */
  change(id: string, version: number, change: GroupChange, by: string, event: string): Promise<boolean>;
}

/** @param changed somebody has to be told */
export function makeGroups({
  db,
  reader,
  changed,
}: {
  db: Pick<Database, 'groups'>;
  reader: Pick<FactReader, 'forget'>;
  changed: () => void;
}): Groups {
  return {
    make: async (group, event) => {
      try {
        await db.groups.insertOne({ ...group, version: 1, told: 1, texts: [], lastEvent: event });
      } catch (error) {
        if (!isDuplicate(error)) throw error;
      }
      reader.forget();
    },
    change: async (_id, version, change, by, event) => {
      const set = { by, lastEvent: event, version: version + 1, untold: true };
      const update =
        'text' in change
          ? { $set: set, $push: { texts: { ...change, by, version: version + 1 } } }
          : { $set: { ...set, ...change } };
      const where = { _id, version, cancelled: { $exists: false } };
      const { matchedCount } = await db.groups.updateOne(where, update);
      const done = matchedCount > 0 || (await db.groups.findOne({ _id }))?.lastEvent === event;
      reader.forget();
      if (done) changed();
      return done;
    },
  };
}
