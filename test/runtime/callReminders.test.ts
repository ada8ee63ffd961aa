import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { driverApplication } from '../support/driverApplication.ts';
import { eventually } from '../support/eventually.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';

/** Noon in Moscow; eleven in the evening, a day before the calls; eight in the morning. */
const noon = Date.UTC(2026, 10, 24, 9);
const evening = Date.UTC(2026, 10, 24, 20);
const morning = Date.UTC(2026, 10, 25, 5);
const day = 86_400_000;

let store: OwnDatabase;
let world: EngineUnderTest;
beforeEach(async () => {
  store = await ownDatabase();
  world = await startEngine(store.uri, noon);
});
afterEach(async () => {
  await world.close();
});

const reminders = () =>
  world.db.ledger
    .find({ 'message.key': 'clientCall.candidate.dayBefore' })
    .sort({ 'reminds.call': 1 })
    .toArray();

test('[C-04] a reminder that waits for the morning is not sent of a call that was moved or called off meanwhile', async () => {
  const application = driverApplication('c1', 'decision', noon, { recruiter: 'recruiter1' });
  await world.db.candidates.insertOne({
    ...newCandidate('c1', defaultPolicy, noon),
    channels: [{ channel: 'telegram', address: 'c1' }],
    consent: { version: '2026-1', at: noon },
    applications: [application],
  });
  const calls = world.engine.clientCalls;
  const plan = async (id: string): Promise<string> => {
    const decision = await calls.plan({
      ...{ id, by: 'head', type: 'planCall', kind: 'repeat', start: evening + day, manager: 'head' },
      company: 'Romashka',
      people: [{ candidate: 'c1', application: application.id }],
    });
    if (!decision.ok) throw new Error(decision.code);
    return decision.call._id;
  };
  const [stays, moves, ends] = [await plan('stays'), await plan('moves'), await plan('ends')];
  // After a crash they leave in this order.
  const planned = await world.db.ledger
    .find({ _id: /^stays:/, kind: 'out' })
    .sort({ order: 1 })
    .toArray();
  expect(planned.map(({ _id, order }) => [_id, order])).toEqual([
    ['stays:2', 1_000],
    ['stays:3', 1_001],
  ]);
  await world.engine.moveClock(evening + 1_000 - Date.now());
  const waiting = await eventually(reminders, (rows) => rows.length === 3);
  expect(waiting.map(({ status, notBefore }) => ({ status, notBefore }))).toEqual(
    waiting.map(() => ({ status: 'pending', notBefore: morning })),
  );
  await calls.perform(moves, { id: 'm', by: 'head', type: 'moveCall', start: evening + 3 * day });
  await calls.perform(ends, { id: 'e', by: 'head', type: 'cancelCall' });
  await world.engine.moveClock(morning + 1_000 - Date.now());
  const ended = await eventually(reminders, (rows) => rows.every(({ status }) => status !== 'pending'));
  expect(Object.fromEntries(ended.map(({ reminds, status }) => [reminds?.call, status]))).toEqual({
    [stays]: 'sent',
    [moves]: 'superseded',
    [ends]: 'superseded',
  });
});
