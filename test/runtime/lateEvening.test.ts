import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import type { Pace } from '../../runtime/makePace.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { driverApplication } from '../support/driverApplication.ts';
import { eventually } from '../support/eventually.ts';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

/** Two seconds to ten in the evening in Moscow, and eight in the morning. */
const evening = Date.UTC(2026, 10, 24, 18, 59, 58);
const morning = Date.UTC(2026, 10, 25, 5);

let store: OwnDatabase;
let world: EngineUnderTest;
beforeEach(async () => {
  store = await ownDatabase();
  world = await startEngine(store.uri, evening - 60_000);
});
afterEach(async () => {
  await world.close();
});

/** Somebody whose interview is set by a colleague: what they are told of it was not asked for. */
async function tellOfInterview(): Promise<void> {
  const application = driverApplication('c1', 'invited', evening, { recruiter: 'recruiter1' });
  await world.db.candidates.insertOne({
    ...newCandidate('c1', defaultPolicy, evening),
    channels: [{ channel: 'telegram', address: 'c1' }],
    consent: { version: '2026-1', at: evening },
    applications: [application],
  });
  await world.engine.moveClock(evening - Date.now());
  const about = {
    application: application.id,
    by: 'head',
    interviewer: 'recruiter1',
    format: 'phone' as const,
  };
  const decision = await world.engine.desk.perform('c1', {
    ...about,
    id: 'book',
    type: 'setInterview',
    start: Date.UTC(2026, 10, 26, 9),
  });
  expect(decision.ok).toBe(true);
}

const toPerson = () => world.db.ledger.find({ kind: 'out', 'to.candidate': 'c1' }).toArray();
/** What waits for the morning. */
const waitingRows = async () => {
  const rows = await eventually(toPerson, (all) => all.length > 1 && all.every((row) => row.notBefore));
  expect(rows.map(({ status, notBefore }) => ({ status, notBefore }))).toEqual(
    rows.map(() => ({ status: 'pending', notBefore: morning })),
  );
  return rows;
};

test('[P-08] [X-06] what Telegram does not take before ten in the evening is tried again in the morning, with what was behind it', async () => {
  world.faults.set('telegram:c1', { outcome: 'notArrived', error: 'away' });
  await tellOfInterview();
  const waiting = await waitingRows();
  world.faults.clear();
  await world.engine.moveClock(morning + 1_000 - Date.now());
  await eventually(toPerson, (rows) => rows.every(({ status }) => status === 'sent'));
  expect(world.sent.filter(({ to }) => to === 'c1')).toHaveLength(waiting.length);
});

test('[P-08] what gets its turn when the night has just begun waits for the morning', async () => {
  await world.close();
  const pace: Pace = {
    free: () => false,
    turn: (address) => {
      if (address === 'c1') world.clock.move(evening + 3_000 - Date.now());
      return Promise.resolve({ end: () => undefined, giveBack: () => undefined });
    },
    rest: () => undefined,
    resting: () => false,
    rested: () => Promise.resolve(),
  };
  world = await startEngine(store.uri, evening - 60_000, ['telegram'], { pace });
  await tellOfInterview();
  await waitingRows();
  expect(world.sent.filter(({ to }) => to === 'c1')).toEqual([]);
});
