import { describe, expect, test } from 'vitest';
import type { Application, Candidate } from '../../flows/candidate.ts';
import type { Event } from '../../flows/event.ts';
import type { Database } from '../../models/database.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { dieAt } from '../support/dieAt.ts';
import type { EngineUnderTest } from '../support/startEngine.ts';
import { worldsOverOneStore } from '../support/worldsOverOneStore.ts';

const tuesday = Date.UTC(2026, 10, 24, 9);
const start = worldsOverOneStore(tuesday);

const keep = { name: 'elder', phone: 'elder' } as const;
let pairs = 0;

/** Two cards of one person, the first elder, each with an application of its own; the second has a meeting. */
async function pair(db: Database, names = ['a', 'b']): Promise<string[]> {
  pairs += 1;
  const number = pairs;
  const people = names.map((name, index): Candidate => {
    const id = `${name}${number}`;
    const start = tuesday + (number * 100 + index) * 86_400_000;
    const application: Application = {
      id: `app-${id}`,
      vacancy: index === 0 ? 'driver' : 'cook',
      source: 'hh',
      createdAt: tuesday + index,
      stage: index === 1 ? 'interview' : 'review',
      stageAt: tuesday,
      recruiter: 'recruiter1',
      taken: tuesday,
      answers: {},
      interviewVersion: 1,
      tasks: [
        {
          id: `t-${id}`,
          kind: 'review',
          member: 'recruiter1',
          createdAt: tuesday,
          due: tuesday + 1e8,
          passed: 0,
        },
      ],
      notes: [{ at: tuesday, by: 'recruiter1', text: `note of ${id}` }],
      files: [
        {
          channel: 'telegram',
          id: `f-${id}`,
          name: 'cv.pdf',
          kind: 'document',
          at: tuesday,
          by: 'candidate',
        },
      ],
      ...(index === 1 && {
        interview: {
          interviewer: 'recruiter1',
          start,
          format: 'office',
          bookedAt: tuesday,
          reminders: [{ hours: 24 }],
        },
      }),
    };
    return {
      ...newCandidate(id, defaultPolicy, tuesday + index),
      name: `Анна ${id}`,
      phone: `+7916000${String(number).padStart(2, '0')}${index}0`,
      consent: { version: '1', at: tuesday },
      channels: [{ channel: 'telegram', address: `chat-${id}` }],
      applications: [application],
    };
  });
  await db.candidates.insertMany(people);
  for (const { _id: candidate, applications } of people)
    for (const { id: application, interview } of applications)
      if (interview) {
        const { interviewer, start } = interview;
        const slot = { interviewer, start, candidate, application, at: tuesday };
        await db.slots.insertOne({ _id: `${interviewer}:${start}`, ...slot });
      }
  return people.map(({ _id }) => _id);
}

const joinInto = (into: string, id: string): Event => ({ id, type: 'joinInto', by: 'head', into, keep });
const read = async (db: Database, id: string): Promise<Candidate> => {
  const found = await db.candidates.findOne({ _id: id });
  if (!found) throw new Error(`no card ${id}`);
  return found;
};

/** All of both stands on the elder, and what is left of the younger leads there. */
async function expectJoined(db: Database, [a = '', b = '']: string[]): Promise<void> {
  const [elder, younger] = [await read(db, a), await read(db, b)];
  expect(elder.applications.map(({ id }) => id)).toEqual([`app-${a}`, `app-${b}`]);
  expect(elder.applications.flatMap(({ files, notes }) => [...files, ...notes])).toHaveLength(4);
  expect(elder.channels.map(({ address }) => address).sort()).toEqual([`chat-${a}`, `chat-${b}`]);
  expect(younger).toMatchObject({ applications: [], channels: [], merged: { into: a } });
  expect([elder.merging, younger.merging, younger.merged?.phase, younger.name]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
  expect(await db.ledger.countDocuments({ candidate: a, what: 'joined' })).toBe(1);
}

async function expectApart(db: Database, [a = '', b = '']: string[]): Promise<void> {
  for (const id of [a, b]) {
    const card = await read(db, id);
    expect(card.applications.map((one) => one.id)).toEqual([`app-${id}`]);
    expect(card.channels).toEqual([{ channel: 'telegram', address: `chat-${id}` }]);
    expect([card.merging, card.merged, card.handing, card.joined]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(card.name).toBe(`Анна ${id}`);
  }
}

/** Writes that come at once are one: how many there are differs from run to run, by one or two on either side. */
const fewest = 5;

/** Let a process die at every write of an act, one after the other. @returns how often it died */
async function killed(
  prepare: (db: Database, ids: string[]) => Promise<void>,
  act: (world: EngineUnderTest, ids: string[]) => Promise<unknown>,
  then: (world: EngineUnderTest, ids: string[]) => Promise<void>,
): Promise<number> {
  let deaths = 0;
  for (const side of ['before', 'after'] as const)
    for (let at = 1; ; at += 1) {
      let doomed: ReturnType<typeof dieAt> | undefined;
      const world = await start({ around: (db) => (doomed = dieAt(db, at, side)).db });
      const ids = await pair(world.db);
      await prepare(world.db, ids);
      doomed?.from();
      await act(world, ids).catch(() => undefined);
      const died = doomed?.died() === true;
      await world.engine.stop();
      const next = await start();
      // What was not begun is asked for once more; what was, goes on by itself.
      await act(next, ids);
      await next.quiet();
      await then(next, ids);
      if (!died) break;
      deaths += 1;
    }
  return deaths;
}

describe('[A-26] two cards become one, in the database', () => {
  test('killed at any write of it, the next process brings it to its end', async () => {
    const deaths = await killed(
      () => Promise.resolve(),
      ({ engine }, [a = '', b = '']) => engine.desk.perform(b, joinInto(a, `join-${b}`)),
      ({ db }, ids) => expectJoined(db, ids),
    );
    expect(deaths).toBeGreaterThan(fewest);
  }, 120_000);

  test('killed at any write of its taking back, too', async () => {
    const deaths = await killed(
      async (db, [a = '', b = '']) => {
        const world = await start();
        await world.engine.desk.perform(b, joinInto(a, `join-${b}`));
        await world.quiet();
        expect((await read(db, b)).merged?.into).toBe(a);
      },
      ({ engine }, [, b = '']) => engine.desk.perform(b, { id: `part-${b}`, type: 'partFrom', by: 'head' }),
      ({ db }, ids) => expectApart(db, ids),
    );
    expect(deaths).toBeGreaterThan(fewest);
  }, 120_000);

  test('two recruiters in two processes at once: one of them joins, the other hears that it is done', async () => {
    const [one, two] = [await start({ alone: false }), await start({ alone: false })];
    const ids = await pair(one.db);
    const [a = '', b = ''] = ids;
    const ends = await Promise.all(
      [one, two, one].map(({ engine }, index) => engine.desk.perform(b, joinInto(a, `cross-${b}-${index}`))),
    );
    expect(ends.map((end) => (end.ok ? 'done' : end.code)).sort()).toEqual([
      'alreadyJoined',
      'alreadyJoined',
      'done',
    ]);
    await one.quiet();
    await two.quiet();
    await expectJoined(one.db, ids);
  });

  test('a chain at once: whatever comes first, all of it ends on the eldest', async () => {
    const [one, two] = [await start({ alone: false }), await start({ alone: false })];
    const [a = '', b = '', c = ''] = await pair(one.db, ['a', 'b', 'c']);
    await Promise.all([
      one.engine.desk.perform(c, joinInto(b, `chain-${c}`)),
      two.engine.desk.perform(b, joinInto(a, `chain-${b}`)),
    ]);
    await one.quiet();
    const eldest = await read(one.db, a);
    expect(
      eldest.applications
        .filter(({ stage }) => stage !== 'withdrawn')
        .map(({ vacancy }) => vacancy)
        .sort(),
    ).toEqual(['cook', 'driver']);
    expect(eldest.applications).toHaveLength(3);
    expect(eldest.channels).toHaveLength(3);
  });

  test('a message that comes to the younger one meanwhile is decided once, on the elder', async () => {
    const world = await start();
    const [a = '', b = ''] = await pair(world.db);
    const says = (text: string) => world.happen(`chat-${b}`, { type: 'messageArrived', text });
    await Promise.all([says('раз'), world.engine.desk.perform(b, joinInto(a, `say-${b}`)), says('два')]);
    await says('три');
    await world.quiet();
    await expectJoined(world.db, [a, b]);
    const heard = await world.db.ledger.find({ kind: 'in', candidate: { $in: [a, b] } }).toArray();
    expect(heard.map(({ text }) => text).sort()).toEqual(['два', 'раз', 'три']);
    expect(await world.db.candidates.countDocuments({ 'channels.address': `chat-${b}` })).toBe(1);
    expect(world.sent.filter(({ to }) => to === `chat-${b}`)).toHaveLength(3);
  });

  test('an alarm, a message and an act for the younger one go where it leads', async () => {
    const world = await start();
    const { db, engine } = world;
    const [a = '', b = ''] = await pair(db);
    await engine.desk.perform(b, joinInto(a, `carry-${b}`));
    const application = `app-${b}`;
    await engine.desk.perform(b, {
      id: `timer-${b}`,
      type: 'timerDue',
      timer: { kind: 'reminder', application, hours: 24, version: 1 },
    });
    const base = { application, by: 'head' };
    await engine.desk.perform(b, { id: `note-${b}`, type: 'addNote', ...base, text: 'ещё' });
    await engine.desk.perform(b, { id: `open-${b}`, type: 'openRelay', ...base });
    await engine.desk.perform(b, { id: `say-${b}`, type: 'relayMessage', ...base, text: 'Добрый день' });
    await world.quiet();
    const elder = await read(db, a);
    const theirs = elder.applications.find(({ id }) => id === application);
    // Its hour has not come: it is set anew, for the elder.
    expect(await db.timers.findOne({ _id: `reminder24:${application}` })).toMatchObject({
      candidate: a,
      status: 'armed',
    });
    expect(theirs?.notes.map(({ text }) => text)).toContain('ещё');
    const theirChats = world.sent.filter(({ to }) => to.startsWith('chat-'));
    expect(new Set(theirChats.map(({ to }) => to))).toEqual(new Set([`chat-${b}`]));
    expect(await engine.desk.perform(b, { id: `late-${b}`, type: 'partFrom', by: 'head' })).toMatchObject({
      ok: false,
      code: 'joinMovedOn',
    });
    expect(await read(db, b)).toMatchObject({ applications: [], merged: { into: a } });
  });

  test('a lead with a number of either finds the elder', async () => {
    const world = await start();
    const [a = '', b = ''] = await pair(world.db);
    const { phone = '' } = await read(world.db, b);
    await world.engine.desk.perform(b, joinInto(a, `lead-${b}`));
    const lead = { id: `lead:${b}`, name: 'Анна', phone, vacancy: 'driver', source: 'phone', by: 'head' };
    expect(await world.engine.desk.addCandidate(lead)).toMatchObject({ candidate: a, known: true });
  });
});
