import { expect, test } from 'vitest';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { makeVirtualDatabase } from '../../proof/database/virtualDatabase.ts';
import { makeClock } from '../../runtime/clock.ts';
import { makeLine } from '../../runtime/makeLine.ts';

const group = { _id: 'g', start: 5_000_000, minutes: 60, places: 1, host: 'anna', texts: [], version: 1 };
const waits = { _id: 'petr', applications: [{ id: 'a', group: { id: 'g', state: 'waiting' } }] };

/** A line over a database that counts the looks for freed windows. */
async function line(alone: boolean, refuse = () => false) {
  let asked = 0;
  const db = makeVirtualDatabase({}).through((operation, work) => {
    if (operation === 'openings.find') asked += 1;
    return refuse() ? Promise.reject(new Error('away')) : Promise.resolve(work());
  });
  let now = 1_000_000;
  const clock = { ...makeClock(0), now: () => now, real: () => now };
  const reader = {
    members: () => Promise.resolve([]),
    vacancies: () => Promise.resolve([]),
    groups: () => db.groups.find().toArray(),
  };
  const desk = {
    perform: () => Promise.resolve({ ok: false as const, code: 'noSuchApplication' as const }),
    addCandidate: () => Promise.reject(new Error('nobody is added here')),
  };
  const made = makeLine({ db, clock, policy: defaultPolicy, reader, desk, alone, log: () => undefined });
  const look = async () => {
    made.look();
    while (made.size() > 0) await Promise.resolve();
  };
  await look();
  return { db, look, pass: (time: number) => (now += time), asked: () => asked };
}

test.each([
  { alone: true, after: 119_000, asked: 1 },
  { alone: true, after: 120_000, asked: 2 },
  { alone: true, after: -3_120_000, asked: 2 },
  { alone: false, after: 0, asked: 2 },
])(
  '[X-08] alone $alone: $after ms after nothing was free, windows were looked for $asked times',
  async (row) => {
    const { look, pass, asked } = await line(row.alone);
    pass(row.after);
    await look();
    expect(asked()).toBe(row.asked);
  },
);

test('[X-08] a window that is let go, a person or a group that is written is a reason to look', async () => {
  const { db, look, asked } = await line(true);
  await db.openings.insertOne({ _id: 'anna:1', interviewer: 'anna', start: 1, at: 1 } as never);
  await look();
  expect(asked()).toBe(2);
  // It is past: with it gone there is a look that finds nothing, and then rest.
  for (let times = 0; times < 3; times += 1) await look();
  expect(asked()).toBe(3);
  await db.groups.insertOne(group as never);
  await look();
  expect(asked()).toBe(4);
  await db.candidates.insertOne(waits as never);
  for (let times = 0; times < 3; times += 1) await look();
  // Whoever waits for a place is looked after each time.
  expect(asked()).toBe(7);
});

test('[X-08] a look that failed is no reason to rest', async () => {
  let away = true;
  const { look, asked } = await line(true, () => away);
  away = false;
  await look();
  expect(asked()).toBe(2);
});
