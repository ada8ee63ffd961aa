import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Application } from '../../flows/candidate.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { eventually } from '../support/eventually.ts';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

const noon = Date.UTC(2026, 10, 24, 9);
const freed = Date.UTC(2026, 10, 26, 9);
const far = Date.UTC(2026, 11, 3, 9);
const hour = 3_600_000;

let store: OwnDatabase;
let world: EngineUnderTest;
beforeEach(async () => {
  store = await ownDatabase();
  world = await startEngine(store.uri, noon);
});
afterEach(async () => {
  await world.close();
});

/** Somebody booked at a time, or invited and waiting. */
async function person(id: string, start: number | undefined, waiting?: number): Promise<void> {
  const application: Application = {
    id: `a-${id}`,
    vacancy: 'driver',
    source: 'hh',
    createdAt: noon,
    stage: start ? 'interview' : 'invited',
    stageAt: noon,
    recruiter: 'recruiter1',
    taken: noon,
    answers: {},
    interviewVersion: 1,
    tasks: [],
    notes: [],
    files: [],
    ...(start && {
      interview: { interviewer: 'recruiter1', start, format: 'phone', bookedAt: noon, reminders: [] },
    }),
    ...(waiting !== undefined && { waiting: { since: waiting, format: 'phone' } }),
  };
  await world.db.candidates.insertOne({
    ...newCandidate(id, defaultPolicy, noon),
    name: id,
    channels: [{ channel: 'telegram', address: id }],
    consent: { version: '2026-1', at: noon },
    applications: [application],
  });
  if (start)
    await world.db.slots.insertOne({
      _id: `recruiter1:${start}`,
      interviewer: 'recruiter1',
      start,
      candidate: id,
      application: `a-${id}`,
      at: noon,
    });
}

const stands = async (id: string) => (await world.db.candidates.findOne({ _id: id }))?.applications[0];
const offeredTo = (...ids: string[]) =>
  world.sent.filter(({ to, text }) => ids.includes(to) && /Освободилось/.test(text)).map(({ to }) => to);
const owner = async () => (await world.db.slots.findOne({ _id: `recruiter1:${freed}` }))?.application;
const isOffered = async (id: string) =>
  void (await eventually(
    () => stands(id),
    (one) => one?.offer?.asked !== undefined,
  ));
const callOff = (id: string) =>
  world.engine.desk.perform(id, {
    id: `off-${id}`,
    type: 'refuse',
    reason: 'other',
    application: `a-${id}`,
    by: 'head',
  });
const press = async (id: string, answer: string) => {
  const data = `w:a-${id}:${(freed / 60_000).toString(36)}:${answer}`;
  await world.happen(id, { type: 'buttonTapped', data });
  await world.quiet();
};

test('[X-08] a freed window goes down the line: no, silence, yes; and nobody else has it meanwhile', async () => {
  await person('owner', freed);
  await person('late', undefined, noon - hour);
  await person('first', far, noon - 3 * hour);
  await person('second', undefined, noon - 2 * hour);
  await person('unasked', far + hour);
  await callOff('owner');
  await isOffered('first');
  expect(await owner()).toBe('a-first');
  const grab = { id: 'grab', type: 'setInterview' as const, application: 'a-late', by: 'head' };
  const taken = await world.engine.desk.perform('late', {
    ...grab,
    interviewer: 'recruiter1',
    start: freed,
    format: 'phone',
  });
  expect(taken).toMatchObject({ ok: false, code: 'slotTaken' });
  await press('first', 'no');
  await isOffered('second');
  await world.engine.moveClock(noon + 31 * 60_000 - Date.now());
  await isOffered('late');
  await press('late', 'yes');
  await eventually(
    () => stands('late'),
    (one) => one?.interview?.start === freed,
  );
  await world.quiet();
  expect(await owner()).toBe('a-late');
  expect((await stands('second'))?.waiting).toBeDefined();
  expect((await stands('first'))?.interview?.start).toBe(far);
  expect(offeredTo('owner', 'first', 'second', 'late', 'unasked')).toEqual(['first', 'second', 'late']);
  // What was taken is forgotten at the next look.
  await world.engine.moveClock(noon + 32 * 60_000 - Date.now());
  await eventually(
    () => world.db.openings.countDocuments(),
    (count) => count === 0,
  );
});

test('[X-08] a meeting that is called off keeps its window as long as that can be taken back; then it is offered', async () => {
  await person('owner', freed);
  await person('first', undefined, noon - hour);
  const cancel = { id: 'off', type: 'cancelInterview' as const, application: 'a-owner', by: 'head' };
  await world.engine.desk.perform('owner', cancel);
  await world.quiet();
  expect(await owner()).toBe('a-owner');
  const grab = { id: 'grab', type: 'setInterview' as const, application: 'a-first', by: 'head' };
  const taken = await world.engine.desk.perform('first', {
    ...grab,
    interviewer: 'recruiter1',
    start: freed,
    format: 'phone',
  });
  expect(taken).toMatchObject({ ok: false, code: 'slotTaken' });
  expect(offeredTo('first')).toEqual([]);
  await world.engine.moveClock(noon + 3 * 60_000 - Date.now());
  await isOffered('first');
  expect(await owner()).toBe('a-first');
});

test('[X-08] whose interview is far is offered it after all who asked, once', async () => {
  await person('owner', freed);
  await person('unasked', far);
  await callOff('owner');
  await isOffered('unasked');
  await press('unasked', 'no');
  await eventually(
    () => world.db.openings.countDocuments(),
    (count) => count === 0,
  );
  expect(offeredTo('unasked')).toEqual(['unasked']);
  expect(await owner()).toBeUndefined();
});

test('[X-08] a restart in the middle goes on', async () => {
  await person('owner', freed);
  await person('first', undefined, noon - 2 * hour);
  await person('second', undefined, noon - hour);
  await callOff('owner');
  await isOffered('first');
  await world.close();
  world = await startEngine(store.uri, noon + 31 * 60_000);
  await isOffered('second');
  expect((await stands('first'))?.offer).toBeUndefined();
  expect(await owner()).toBe('a-second');
});

test('[X-08] windows that changed hours open are offered too', async () => {
  await person('first', undefined, noon);
  const known = () => world.db.settings.findOne({ _id: 'line:driver' });
  await eventually(known, (row) => row !== null);
  const member = world.members.find(({ _id }) => _id === 'recruiter1');
  const week = { ...member?.hours.week, '6': [['12:00', '12:20']] as [string, string][] };
  await world.db.members.updateOne({ _id: 'recruiter1' }, { $set: { 'hours.week': week } });
  await world.engine.moveClock(noon + 60_000 - Date.now());
  await isOffered('first');
  expect((await stands('first'))?.offer?.start).toBe(Date.UTC(2026, 10, 28, 9));
});
