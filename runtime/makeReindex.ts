import { z } from 'zod';
import type { Candidate } from '../flows/candidate.ts';
import { indexMarks } from '../flows/duplicates/keepMarks.ts';
import { soughtOf } from '../flows/keepSought.ts';
import { taskedOf } from '../flows/keepTasked.ts';
import { poolOf } from '../flows/matching/keepPool.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';

/** Puts into the indexes by which people are found whoever has had no decision since those indexes are there. */
export interface Reindex {
  /** Go on from where the last start ended; nothing at all when everybody was looked at once. */
  run(): Promise<void>;
  stop(): Promise<void>;
}

/** Raised when people are found by something new: everybody is looked at once more. */
const way = 4;
/** How many people are looked at in one go. */
const size = 200;

const shape = z.object({ after: z.string(), done: z.boolean() });

/**
 * Every decision keeps these indexes of its person, so only the base that was there before needs this. Each write is
 * over the version that was read and says nothing that the next decision would not say: several processes at once,
 * a crash anywhere and a second pass change nothing. Nobody is told anything.
 */
export function makeReindex({
  db,
}: {
  db: Pick<Database, 'candidates' | 'vacancies' | 'settings'>;
}): Reindex {
  const _id = `reindex:${way}`;
  let stopped = false;
  let running: Promise<void> | undefined;

  const run = async (): Promise<void> => {
    const before = shape.safeParse((await db.settings.findOne({ _id }))?.value);
    let { after, done } = before.success ? before.data : { after: '', done: false };
    if (done) return;
    const all = await db.vacancies.find().toArray();
    const vacancies = new Map(all.map((vacancy) => [vacancy._id, vacancy]));
    while (!done && !stopped) {
      const people = await db.candidates
        .find({ _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(size)
        .toArray();
      const changes = people.flatMap((person) => changeOf(person, vacancies));
      if (changes.length > 0) await db.candidates.bulkWrite(changes, { ordered: false });
      after = people.at(-1)?._id ?? after;
      done = people.length < size;
      await db.settings.updateOne({ _id }, { $set: { value: { after, done } } }, { upsert: true });
    }
  };

  return {
    run: () => (running ??= run().finally(() => (running = undefined))),
    stop: async () => {
      stopped = true;
      await running?.catch(() => undefined);
    },
  };
}

function changeOf(person: Candidate, vacancies: Map<string, Vacancy>) {
  // Joined to somebody else's card: frozen as it is.
  if (person.merged) return [];
  const pool = poolOf(person, (id) => vacancies.get(id));
  const marks = indexMarks(person);
  const tasked = taskedOf(person);
  const sought = soughtOf(person);
  const set = {
    ...(pool && !same(pool, person.pool) && { pool }),
    ...(marks.length > 0 && !same(marks, person.marks) && { marks }),
    ...(tasked.length > 0 && !same(tasked, person.tasked) && { tasked }),
    ...(sought && !same(sought, person.sought) && { sought }),
  };
  if (Object.keys(set).length === 0) return [];
  const { _id, version } = person;
  // A decision that was made on the person without it is made again: its commit writes only what differs. What is not
  // published yet was decided just now, and stands right.
  const filter = { _id, version, unpublished: { $exists: false } };
  return [{ updateOne: { filter, update: { $set: { ...set, outbox: [] }, $inc: { version: 1 } } } }];
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
