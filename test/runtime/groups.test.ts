import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { eventually } from '../support/eventually.ts';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

const noon = Date.UTC(2026, 10, 24, 9);
const start = Date.UTC(2026, 10, 27, 11);
const later = Date.UTC(2026, 10, 28, 9);

let store: OwnDatabase;
let world: EngineUnderTest;
beforeEach(async () => {
  store = await ownDatabase();
  world = await startEngine(store.uri, noon);
  await world.engine.groups.make(
    {
      _id: 'g1',
      kind: 'interview',
      vacancy: 'driver',
      start,
      minutes: 60,
      places: 3,
      format: 'office',
      host: 'recruiter1',
      by: 'recruiter1',
      createdAt: noon,
    },
    'e1',
  );
});
afterEach(async () => {
  await world.close();
});

async function person(id: string): Promise<void> {
  await world.db.candidates.insertOne({
    ...newCandidate(id, defaultPolicy, noon),
    name: id,
    channels: [{ channel: 'telegram', address: id }],
    consent: { version: '2026-1', at: noon },
    applications: [
      {
        id: `a-${id}`,
        vacancy: 'driver',
        source: 'hh',
        createdAt: noon,
        stage: 'review',
        stageAt: noon,
        recruiter: 'recruiter1',
        taken: noon,
        answers: {},
        interviewVersion: 0,
        tasks: [],
        notes: [],
        files: [],
      },
    ],
  });
}
const add = (id: string) =>
  world.engine.desk.perform(id, {
    id: `add-${id}`,
    type: 'addToGroup',
    application: `a-${id}`,
    by: 'head',
    group: 'g1',
  });
const stands = async (id: string) => (await world.db.candidates.findOne({ _id: id }))?.applications[0];

test('[A-11] twenty at once for three places: three have one, seventeen wait', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => `p${index}`);
  await Promise.all(ids.map(person));
  await Promise.all(ids.map(add));
  await world.quiet();
  const states = await Promise.all(ids.map(async (id) => (await stands(id))?.group?.state));
  expect(states.filter((state) => state === 'booked')).toHaveLength(3);
  expect(states.filter((state) => state === 'waiting')).toHaveLength(17);
  expect(await world.db.slots.countDocuments()).toBe(3);
});

test('[A-11] a group that was moved just before the process ended is told to the rest at the next start, once', async () => {
  for (const id of ['one', 'two']) {
    await person(id);
    await add(id);
  }
  await world.quiet();
  await world.close();
  const before = { ...world };
  world = await startEngine(store.uri, noon + 60_000);
  // As a process leaves it that was killed after its write.
  await world.db.groups.updateOne(
    { _id: 'g1' },
    { $set: { start: later, version: 2, untold: true, by: 'recruiter1', lastEvent: 'e2' } },
  );
  await world.close();
  world = await startEngine(store.uri, noon + 120_000);
  for (const id of ['one', 'two'])
    await eventually(
      () => stands(id),
      (one) => one?.interview?.start === later,
    );
  await world.quiet();
  await world.engine.moveClock(noon + 180_000 - Date.now());
  await world.quiet();
  expect(before.sent.length).toBeGreaterThan(0);
  expect(world.sent.filter(({ to, text }) => to === 'one' && /Вы записаны/.test(text))).toHaveLength(1);
  const rows = await world.db.slots.find().toArray();
  expect(rows.map((row) => row.start)).toEqual([later, later]);
});

test('[A-11] more places go to those who wait; fewer are closed down to those taken, once for the same event', async () => {
  const ids = ['one', 'two', 'three', 'four'];
  for (const id of ids) await person(id);
  for (const id of ids) await add(id);
  await world.quiet();
  expect((await stands('four'))?.group?.state).toBe('waiting');
  const resize = (places: number, event: string) =>
    world.engine.groups.change('g1', 1, { places }, 'recruiter1', event);
  expect(await resize(2, 'r1')).toEqual({ ok: false, code: 'placesTaken', params: { taken: 3 } });
  expect(await resize(5, 'r2')).toEqual({ ok: true });
  await eventually(
    () => stands('four'),
    (one) => one?.offer?.asked !== undefined,
  );
  // Held for whom it is offered to, it counts as taken.
  expect(await resize(3, 'r3')).toMatchObject({ code: 'placesTaken', params: { taken: 4 } });
  expect(await Promise.all([resize(4, 'r4'), resize(4, 'r4')])).toEqual([{ ok: true }, { ok: true }]);
  expect(await world.db.groups.findOne({ _id: 'g1' })).toMatchObject({ places: 4, numbered: 5, version: 1 });
  await Promise.all([resize(6, 'r5'), resize(8, 'r6')]);
  const group = await world.db.groups.findOne({ _id: 'g1' });
  // Whichever comes last: six are fewer again after eight.
  expect(group).toMatchObject(
    group?.lastEvent === 'r5' ? { places: 6, closed: [7, 8] } : { places: 8, closed: [] },
  );
  await world.quiet();
  expect(world.sent.filter(({ text }) => /Приглашаем вас|Время изменилось/.test(text))).toEqual([]);
});

test('[X-08] a place that was let go just before somebody began to wait is offered to them', async () => {
  await world.engine.moveClock(noon - Date.now());
  await world.quiet();
  await person('one');
  const set = { 'applications.0.group': { id: 'g1', state: 'waiting', at: noon, by: 'head' } };
  await world.db.candidates.updateOne({ _id: 'one' }, { $set: set as object });
  const note = { id: 'n1', type: 'addNote', application: 'a-one', by: 'head', text: 'waits' } as const;
  await world.engine.desk.perform('one', note);
  await world.engine.moveClock(noon + 60_000 - Date.now());
  await eventually(
    () => stands('one'),
    (now) => now?.offer !== undefined,
  );
});

test('[A-11] the host is asked once who came, although the alarms of all ring in the same moment', async () => {
  const people = ['one', 'two', 'three'];
  for (const id of people) await person(id);
  for (const id of people) await add(id);
  await world.quiet();
  // Nothing stands in the ledger yet when the last of them is decided.
  const due = await world.db.timers.find({ _id: /^attendance:/ }).toArray();
  expect(due).toHaveLength(3);
  await world.engine.moveClock(Math.max(...due.map((row) => row.due)) + 1_000 - Date.now());
  await eventually(
    async () =>
      (await world.db.candidates.find({ _id: { $in: people } }).toArray()).map(({ decided }) => decided),
    (all) => all.every((events) => events.some((event) => event.startsWith('timer:attendance:'))),
  );
  await world.quiet();
  const asked = world.sent.filter(
    ({ to, text }) => to === 'm-recruiter1' && /Кто пришёл|кто пришёл/.test(text),
  );
  expect(asked).toHaveLength(1);
});

test('[A-11] a group that is over is not changed any more', async () => {
  await world.engine.groups.change('g1', 1, { cancelled: noon }, 'recruiter1', 'off');
  expect(await world.engine.groups.change('g1', 2, { places: 9 }, 'recruiter1', 'r')).toMatchObject({
    code: 'groupGone',
  });
});
