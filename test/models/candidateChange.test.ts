import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Candidate } from '../../flows/candidate.ts';
import { candidateChange } from '../../models/candidateChange.ts';
import { type Database, openDatabase } from '../../models/database.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

let store: OwnDatabase;
let db: Database;
beforeAll(async () => {
  store = await ownDatabase();
  db = await openDatabase(store.uri);
});
afterAll(async () => {
  await db.close();
});

const text = fc.string({ maxLength: 5 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const shape = fc.record({
  lang: fc.constantFrom('ru', 'en'),
  name: maybe(text),
  phone: maybe(fc.constantFrom('+79990000001', '+79990000002')),
  marks: maybe(fc.array(text, { maxLength: 2 })),
  pool: maybe(fc.record({ keys: fc.array(text, { maxLength: 2 }), at: fc.nat() })),
  outbox: fc.array(fc.record({ type: text, params: fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), text) })),
});
const ids = (from: number, count: number) => Array.from({ length: count }, (_, index) => `e${from + index}`);

const base: Omit<Candidate, 'version' | 'decided'> = {
  _id: 'a',
  createdAt: 1,
  channels: [{ channel: 'telegram', address: '5' }],
  lang: 'ru',
  zone: 'Europe/Moscow',
  applications: [],
  outbox: [],
};

it('[A-01] what a decision changed, written alone, leaves the document it decided on', async () => {
  const rounds = fc.asyncProperty(
    shape,
    shape,
    fc.nat(5),
    fc.integer({ min: 1, max: 3 }),
    fc.boolean(),
    async (one, other, had, more, marked) => {
      await db.candidates.deleteMany({});
      const before: Candidate = {
        ...base,
        ...dense(one),
        version: 4,
        decided: ids(0, had),
        unpublished: true,
      };
      const decided = [...before.decided, ...ids(had, more)].slice(-6);
      const next: Candidate = { ...base, ...dense(other), version: 5, decided, unpublished: true };
      await db.candidates.insertOne(before);
      // Its effects stand: the mark goes, the version stays, and who remembers the candidate does not know.
      if (marked) await db.candidates.updateOne({ _id: 'a' }, { $unset: { unpublished: 1 } });
      const { matchedCount } = await db.candidates.updateOne(
        { _id: 'a', version: 4 },
        candidateChange(before, next),
      );
      expect(matchedCount).toBe(1);
      expect(await db.candidates.findOne({ _id: 'a' })).toEqual(next);
    },
  );
  await fc.assert(rounds, { numRuns: 60 });
});

it('[A-01] what stayed as it was is not written again', () => {
  const before: Candidate = { ...base, version: 4, decided: ids(0, 60), name: 'Анна' };
  const next: Candidate = { ...before, version: 5, decided: ids(1, 60), outbox: [], unpublished: true };
  expect(candidateChange(before, next)).toEqual({
    $set: { version: 5, outbox: [], unpublished: true },
    $push: { decided: { $each: ['e60'], $slice: -60 } },
  });
});

/** Without the fields that are not there. */
function dense<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as never;
}
