import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../models/database.ts';
import { makeVirtualDatabase } from '../../proof/database/virtualDatabase.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

let store: OwnDatabase;
let real: Database;

beforeAll(async () => {
  store = await ownDatabase();
  real = await openDatabase(store.uri);
});
afterAll(async () => {
  await real.close();
});

const id = fc.constantFrom('a', 'b', 'c', 'd');
const status = fc.constantFrom('armed', 'fired', 'cancelled');
const due = fc.integer({ min: 0, max: 5 });
const timer = fc.record({
  _id: id,
  status,
  due,
  candidate: fc.constantFrom('x', 'y'),
  version: fc.constant(1),
});
const filter = fc.oneof(
  fc.record({ _id: id }),
  fc.record({ status }),
  fc.record({ _id: id, status }),
  fc.record({ status, due: fc.record({ $lte: due }) }),
  fc.record({ due: fc.record({ $gte: due, $lt: due }) }),
  fc.record({
    status: fc.record({ $in: fc.array(status, { maxLength: 3 }) }),
    due: fc.record({ $gt: due, $lte: due }),
  }),
  fc.record({ _id: fc.record({ $in: fc.array(id, { maxLength: 3 }) }) }),
  fc.record({ _id: id, by: fc.record({ $ne: id }) }),
  fc.record({ _id: fc.record({ $gte: id, $lt: id }) }),
  fc.record({ by: fc.record({ $exists: fc.boolean() }) }),
  fc.record({ $or: fc.tuple(fc.record({ status }), fc.record({ due })) }),
);
/** Of one document at most: which of several is the first is nobody's promise. */
const single = fc.oneof(
  fc.record({ _id: id }),
  fc.record({ _id: id, status }),
  fc.record({ _id: id, by: fc.record({ $ne: id }) }),
);
const change = fc.oneof(
  fc.record({ $set: fc.record({ status, due }) }),
  fc.record({ $set: fc.record({ by: id }), $inc: fc.constant({ version: 1 }) }),
  fc.constant({ $unset: { by: 1 } }),
  fc.record({
    $set: fc.record({ due }),
    $push: fc.record({
      seen: fc.oneof(
        fc.record({ $each: fc.array(id, { maxLength: 3 }), $slice: fc.constant(-2) }),
        fc.record({ at: id }),
      ),
    }),
  }),
);
const operation = fc.oneof(
  fc.record({ kind: fc.constant('insertOne'), args: fc.tuple(timer) }),
  fc.record({
    kind: fc.constant('insertMany'),
    args: fc.tuple(fc.array(timer, { minLength: 1, maxLength: 3 }), fc.constant({ ordered: false })),
  }),
  fc.record({ kind: fc.constant('updateOne'), args: fc.tuple(single, change) }),
  fc.record({
    kind: fc.constant('updateOne'),
    args: fc.tuple(fc.record({ _id: id, by: fc.record({ $ne: id }) }), change, fc.constant({ upsert: true })),
  }),
  fc.record({ kind: fc.constant('updateMany'), args: fc.tuple(filter, change) }),
  fc.record({ kind: fc.constant('replaceOne'), args: fc.tuple(fc.record({ _id: id, status }), timer) }),
  fc.record({ kind: fc.constant('deleteOne'), args: fc.tuple(fc.record({ _id: id })) }),
  fc.record({ kind: fc.constant('deleteMany'), args: fc.tuple(filter) }),
  fc.record({ kind: fc.constant('countDocuments'), args: fc.tuple(filter) }),
  fc.record({ kind: fc.constant('distinct'), args: fc.tuple(fc.constant('candidate'), filter) }),
  fc.record({ kind: fc.constant('findOne'), args: fc.tuple(fc.record({ _id: id })) }),
  fc.record({
    kind: fc.constant('bulkWrite'),
    args: fc.tuple(
      fc.array(
        fc.oneof(
          fc.record({ updateOne: fc.record({ filter: single, update: change }) }),
          fc.record({ deleteOne: fc.record({ filter: fc.record({ _id: id }) }) }),
        ),
        { minLength: 1, maxLength: 3 },
      ),
      fc.constant({ ordered: false }),
    ),
  }),
);

/** What a caller can see of an operation: what it says, or with which code it is refused. */
async function told(db: Database, kind: string, args: unknown[]): Promise<unknown> {
  const timers = db.timers as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const given = structuredClone(args);
  try {
    const result = await timers[kind]?.(...given);
    if (Array.isArray(result)) return [...result].sort();
    if (typeof result !== 'object' || result === null) return result;
    const { matchedCount, modifiedCount, deletedCount, insertedCount, _id } = result as Record<
      string,
      unknown
    >;
    return kind === 'findOne' ? _id : { matchedCount, modifiedCount, deletedCount, insertedCount };
  } catch (error) {
    return { refused: (error as { code?: number }).code };
  }
}

const all = async (db: Database): Promise<unknown[]> =>
  (await db.timers.find().toArray()).sort((a, b) => (a._id < b._id ? -1 : 1));

describe('the virtual database', () => {
  test('answers and keeps what the real store does, for whatever small operations', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 1, maxLength: 12 }), async (operations) => {
        const virtual = makeVirtualDatabase({}).through((_operation, work) => {
          try {
            return Promise.resolve(work());
          } catch (error) {
            return Promise.reject(error as Error);
          }
        });
        await real.timers.deleteMany({});
        for (const { kind, args } of operations) {
          // What is remembered of the whole must not outlive the write.
          await all(virtual);
          const [here, there] = [await told(virtual, kind, args), await told(real, kind, args)];
          if (kind !== 'bulkWrite') expect(seen(here), JSON.stringify({ kind, args })).toEqual(seen(there));
        }
        expect(await all(virtual)).toEqual(await all(real));
      }),
      { numRuns: 150 },
    );
  });

  test('keeps the latest of a window, and one field of a setting, as the real store does', async () => {
    const virtual = makeVirtualDatabase({}).through((_operation, work) => Promise.resolve(work()));
    const told = [];
    for (const db of [virtual, real]) {
      for (const wrote of [5, 3, 9])
        await db.windows.updateOne({ _id: 'w' }, { $max: { wrote } }, { upsert: true });
      for (const [name, state] of [
        ['a:ru', 'PENDING'],
        ['b:en', 'PAUSED'],
        ['a:ru', 'APPROVED'],
      ] as const)
        await db.settings.updateOne({ _id: 's' }, { $set: { [`value.${name}`]: state } }, { upsert: true });
      told.push([await db.windows.findOne({ _id: 'w' }), await db.settings.findOne({ _id: 's' })]);
    }
    expect(told[0]).toEqual(told[1]);
    expect(told[0]).toEqual([
      { _id: 'w', wrote: 9 },
      { _id: 's', value: { 'a:ru': 'APPROVED', 'b:en': 'PAUSED' } },
    ]);
  });

  test('refuses what it does not know, and what is read cannot be changed', async () => {
    const database = makeVirtualDatabase({});
    const db = database.through((_operation, work) => Promise.resolve().then(work));
    await db.settings.insertOne({ _id: 'a', value: { deep: [1] } });
    const found = await db.settings.findOne({ _id: 'a' });
    expect(() => (found?.value as { deep: number[] }).deep.push(2)).toThrow(TypeError);
    await expect(db.settings.updateOne({ _id: 'a' }, { $push: { value: 1 } } as never)).rejects.toThrow(
      '$push',
    );
    await expect(db.settings.find({ value: { $where: '1' } } as never).toArray()).rejects.toThrow('$where');
    expect(() => db.settings.findOne({ _id: 'a' }, { sort: { _id: 1 } })).toThrow('option sort');
  });

  test('a second document with a unique value is refused as MongoDB refuses it', async () => {
    const database = makeVirtualDatabase({});
    const db = database.through((_operation, work) => Promise.resolve().then(work));
    const slot = { interviewer: 'r', start: 1, candidate: 'c', application: 'p', at: 0 };
    await db.slots.insertOne({ _id: 'r:1', ...slot });
    await expect(db.slots.insertOne({ _id: 'other', ...slot })).rejects.toMatchObject({ code: 11_000 });
    const many = db.slots.insertMany(
      [
        { _id: 'r:1', ...slot },
        { _id: 'r:2', ...slot, start: 2 },
      ],
      { ordered: false },
    );
    await expect(many).rejects.toMatchObject({ writeErrors: [{ index: 0, code: 11_000 }] });
    expect(await db.slots.countDocuments({})).toBe(2);
  });
});

/** Undefined and missing are the same to a caller. */
const seen = (answer: unknown): unknown => JSON.parse(JSON.stringify(answer ?? null));
