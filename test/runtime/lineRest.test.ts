import { expect, test } from 'vitest';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { makeVirtualDatabase } from '../../proof/database/virtualDatabase.ts';
import { makeClock } from '../../runtime/clock.ts';
import { makeLine } from '../../runtime/makeLine.ts';

const group = { _id: 'g', start: 5_000_000, minutes: 60, places: 1, host: 'anna', texts: [], version: 1 };
const waiting = { _id: 'petr', applications: [{ id: 'a', group: { id: 'g', state: 'waiting' } }] };

/** A line over a database that counts the looks for freed windows, and those for people who wait for a place. */
async function line(alone: boolean, refuse = () => false) {
  let asked = 0;
  let sought = 0;
  const db = makeVirtualDatabase({}).through((operation, work) => {
    if (operation === 'openings.find') asked += 1;
    if (operation === 'candidates.find') sought += 1;
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
  return {
    db,
    look,
    waits: made.waits,
    pass: (time: number) => (now += time),
    asked: () => asked,
    sought: () => sought,
  };
}

test.each([
  { alone: true, after: 599_000, asked: 1 },
  { alone: true, after: 600_000, asked: 2 },
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

test('[X-08] a window that is let go is a reason to look for whom it is offered to', async () => {
  const { db, look, asked } = await line(true);
  await db.openings.insertOne({ _id: 'anna:1', interviewer: 'anna', start: 1, at: 1 } as never);
  await look();
  expect(asked()).toBe(2);
  // It is past: with it gone there is a look that finds nothing, and then rest.
  for (let times = 0; times < 3; times += 1) await look();
  expect(asked()).toBe(3);
});

test('[X-08] who waits for a place is looked for when a group is written or somebody begins to wait, and then each time', async () => {
  const { db, look, waits, sought } = await line(true);
  await db.groups.insertOne(group as never);
  await look();
  await db.candidates.insertOne({ ...waiting, _id: 'ira', applications: [] } as never);
  await look();
  expect(sought()).toBe(1);
  await db.candidates.insertOne(waiting as never);
  waits();
  await look();
  expect((await db.openings.find().toArray()).map(({ start }) => start)).toEqual([group.start]);
  const before = sought();
  for (let times = 0; times < 2; times += 1) await look();
  expect(sought()).toBeGreaterThanOrEqual(before + 2);
});

test('[X-08] a look that failed is no reason to rest', async () => {
  let away = true;
  const { look, asked } = await line(true, () => away);
  away = false;
  await look();
  expect(asked()).toBe(2);
});
