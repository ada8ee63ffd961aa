import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { makeVirtualDatabase } from '../../proof/database/virtualDatabase.ts';
import { makeClock } from '../../runtime/clock.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { makeFactReader } from '../../runtime/readFacts.ts';
import { loadWords } from '../../runtime/words.ts';

const words = loadWords(join(import.meta.dirname, '../../locales'));

/** A reader over a database that counts how often the vacancies are asked for, and whose inserts may have to wait. */
function read(alone: boolean, gate?: Promise<undefined>) {
  let asked = 0;
  const db = makeVirtualDatabase({}).through((operation, work) => {
    if (operation === 'vacancies.find') asked += 1;
    return gate && operation.endsWith('insertOne') ? gate.then(work) : Promise.resolve(work());
  });
  let now = 1_000_000;
  const clock = { ...makeClock(0), now: () => now, real: () => now };
  const deps = { db, clock, words, policy: defaultPolicy, botUsername: 'bot', here: [] };
  const reader = makeFactReader({ ...deps, alone });
  return { db, reader, pass: (time: number) => (now += time), asked: () => asked };
}

test.each([
  { alone: true, after: 1_999, asked: 1 },
  { alone: true, after: 2_000, asked: 2 },
  { alone: true, after: -3_600_000, asked: 2 },
  { alone: false, after: 199, asked: 1 },
  { alone: false, after: 200, asked: 2 },
])('[X-06] alone $alone: after $after ms vacancies were asked for $asked times', async (row) => {
  const { reader, pass, asked } = read(row.alone);
  await reader.vacancies();
  pass(row.after);
  await reader.members();
  expect(asked()).toBe(row.asked);
});

test('[X-06] what this process has written itself is read at once, whoever writes it', async () => {
  const { db, reader } = read(true);
  expect(await reader.vacancies()).toEqual([]);
  await db.vacancies.insertOne({ _id: 'cook' } as never);
  expect(await reader.vacancies()).toMatchObject([{ _id: 'cook' }]);
  await db.vacancies.bulkWrite([
    { updateOne: { filter: { _id: 'cook' }, update: { $set: { status: 'open' } } } },
  ]);
  expect(await reader.vacancies()).toMatchObject([{ status: 'open' }]);
});

test('[X-06] what was read while a write was on its way is not kept', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const { db, reader } = read(true, promise);
  const writing = db.members.insertOne({ _id: 'anna' } as never);
  expect(await reader.members()).toEqual([]);
  resolve(undefined);
  await writing;
  expect(await reader.members()).toMatchObject([{ _id: 'anna' }]);
});

test('[B-06] the free windows of a decision are those that were free when it was begun, and made once', async () => {
  const { db, reader, pass } = read(true);
  const week = Object.fromEntries(
    ['1', '2', '3', '4', '5', '6', '7'].map((day) => [day, [['00:00', '23:00']]]),
  );
  const anna = { _id: 'anna', active: true, zone: 'UTC', hours: { week, off: [], buffer: 0 } };
  await db.members.insertOne(anna as never);
  await db.vacancies.insertOne({ _id: 'cook', interviewers: ['anna'], recruiters: [] } as never);
  const person = newCandidate('petr', defaultPolicy, 0);
  const state = { ...person, applications: [{ id: 'a', vacancy: 'cook', stage: 'invited' }] } as never;
  const event = { id: 'e', type: 'buttonTapped', data: 'x' } as never;
  const { free } = await reader.facts(state, event);
  const start = (await reader.facts(state, event)).free.cook?.[0]?.start ?? 0;
  await db.slots.insertOne({ _id: `anna:${start}`, interviewer: 'anna', start } as never);
  pass(10 * 86_400_000);
  expect(free.cook?.[0]).toEqual({ interviewer: 'anna', start });
  expect(free.cook).toBe(free.cook);
  expect(Object.keys(free)).toEqual(['cook']);
});
