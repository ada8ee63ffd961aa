import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Candidate } from '../../flows/candidate.ts';
import { namesakeMarks } from '../../flows/duplicates/namesakes.ts';
import { marksOf } from '../../flows/duplicates/sameAs.ts';
import { poolOf } from '../../flows/matching/keepPool.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { type Database, openDatabase } from '../../models/database.ts';
import { withTasks } from '../../models/withTasks.ts';
import { findMatches } from '../../runtime/findMatches.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { makeReindex } from '../../runtime/makeReindex.ts';
import { loadWords } from '../../runtime/words.ts';
import { driverApplication } from '../support/driverApplication.ts';
import { eventually } from '../support/eventually.ts';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

const noon = Date.UTC(2026, 10, 24, 9);
let store: OwnDatabase;
let world: EngineUnderTest;
let db: Database;
beforeEach(async () => {
  store = await ownDatabase();
  world = await startEngine(store.uri, noon);
  db = world.db;
  // As a base is that was there before the indexes were.
  await eventually(
    () => mark(),
    (row) => row?.value !== undefined,
  );
  await db.settings.deleteMany({ _id: /^reindex/ });
});
afterEach(async () => {
  await world.close();
});
const mark = () => db.settings.findOne({ _id: 'reindex:4' });

function person(number: number, more: Partial<Candidate> = {}): Candidate {
  const id = `p${String(number).padStart(4, '0')}`;
  return {
    ...newCandidate(id, defaultPolicy, noon),
    version: 3,
    name: `Человек ${number}`,
    phone: `+7916${String(number).padStart(7, '0')}`,
    city: 'Казань',
    channels: [{ channel: 'telegram', address: id }],
    consent: { version: '2026-1', at: noon },
    applications: [driverApplication(id, 'reserve', noon, { stageAt: noon + number })],
    ...more,
  };
}
const base = (count: number) =>
  db.candidates.insertMany(Array.from({ length: count }, (_, index) => person(index)));
const bare = () => db.candidates.countDocuments({ pool: { $exists: false } });

test('[A-24] [A-26] whoever was there before is found after one pass: for a vacancy, and as a duplicate', async () => {
  await base(450);
  const at = person(900);
  await db.candidates.insertMany([
    { ...at, applications: at.applications.map((one) => ({ ...one, stage: 'work' as const })) },
    person(901, { blacklisted: { reason: 'x', at: noon, by: 'head' } as never, email: 'b@example.com' }),
  ]);
  await makeReindex(world).run();
  const vacancy = await db.vacancies.findOne({ _id: 'driver' });
  const all = await db.candidates.find().toArray();
  for (const one of all) {
    expect(one.pool).toEqual(poolOf(one, () => vacancy ?? undefined));
    expect(one.marks).toEqual([...marksOf(one), ...namesakeMarks(one)]);
  }
  expect(all.filter(({ pool }) => pool)).toHaveLength(450);
  expect(await mark()).toMatchObject({ value: { done: true, after: 'p0901' } });
  const using = { ...world, lexicon: Object.values(loadWords('locales').lexicon), policy: defaultPolicy };
  const taxi = { ...(vacancy ?? expect.fail()), _id: 'taxi', title: { ru: 'Водитель такси' } };
  expect((await findMatches(using, taxi)).length).toBeGreaterThan(300);
  expect(world.sent).toEqual([]);
});

test('[A-22] what was to be done before the lists had an index is in them after a start', async () => {
  const task = { id: 't', kind: 'undelivered' as const, createdAt: noon, due: noon, passed: 0 };
  const one = person(1);
  const tasks = [
    { ...task, member: 'recruiter1', also: 'head' },
    { ...task, id: 'u', member: 'recruiter2', done: noon },
  ];
  await db.candidates.insertMany([
    { ...one, applications: one.applications.map((application) => ({ ...application, tasks })) },
    person(2),
  ]);
  await world.close();
  world = await startEngine(store.uri, noon + 60_000);
  db = world.db;
  const found = await db.candidates.find(withTasks()).toArray();
  expect(found.map(({ _id, tasked }) => [_id, tasked])).toEqual([[one._id, ['head', 'recruiter1']]]);
});

test('[A-24] done once: the next start looks at nobody', async () => {
  await base(3);
  await makeReindex(world).run();
  await db.candidates.updateMany({}, { $unset: { pool: 1, marks: 1 } });
  await makeReindex(world).run();
  expect(await bare()).toBe(3);
});

test('[A-24] stopped in the middle, it goes on from there; a way that is written wrong begins anew', async () => {
  await base(450);
  await db.settings.insertOne({ _id: 'reindex:4', value: { after: 'p0399', done: false } });
  await makeReindex(world).run();
  expect(await bare()).toBe(400);
  await db.settings.updateOne({ _id: 'reindex:4' }, { $set: { value: 'broken' } });
  const stopped = makeReindex(world);
  const going = stopped.run();
  await stopped.stop();
  await going;
  const left = await bare();
  expect(left).toBeGreaterThan(0);
  await makeReindex(world).run();
  expect(await bare()).toBe(0);
});

test('[A-24] several processes at once, and decisions meanwhile: everybody stands as their last decision says', async () => {
  await base(250);
  const other = await openDatabase(store.uri);
  const ids = Array.from({ length: 40 }, (_, index) => person(index * 6)._id);
  await Promise.all([
    makeReindex(world).run(),
    makeReindex({ db: other }).run(),
    ...ids.map((id) =>
      world.engine.desk.perform(id, {
        id: `invite:${id}`,
        type: 'invite',
        application: `a-${id}`,
        by: 'head',
      }),
    ),
  ]);
  await world.quiet();
  await other.close();
  const all = await db.candidates.find().toArray();
  const free = all.filter(({ pool }) => pool !== undefined).map(({ _id }) => _id);
  expect(free).toHaveLength(210);
  expect(free.filter((id) => ids.includes(id))).toEqual([]);
  expect(all.every(({ marks }) => marks?.length === 1)).toBe(true);
});

test('[A-24] a start does it by itself', async () => {
  await base(5);
  await world.close();
  world = await startEngine(store.uri, noon + 60_000);
  db = world.db;
  await eventually(bare, (count) => count === 0);
});

test('[A-26] a lead that is put in by hand is known by its phone at once', async () => {
  const lead = {
    id: 'l1',
    name: 'Иван',
    phone: '8 916 123-45-67',
    vacancy: 'driver',
    source: 'hh',
    by: 'head',
  };
  const { candidate } = await world.engine.desk.addCandidate(lead);
  expect((await db.candidates.findOne({ _id: candidate }))?.marks).toEqual(['p:+79161234567']);
});
