import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { eventually } from '../support/eventually.ts';
import { type RunningStore, startStore } from '../support/startStore.ts';

let store: RunningStore;
let world: EngineUnderTest;

beforeAll(async () => {
  store = await startStore();
  world = await startEngine(store.uri, Date.UTC(2026, 10, 24, 9));
});
afterAll(async () => {
  await world.close();
  await store.stop();
});

test('[X-02] what waited behind a slow message does not leave to who wrote /stop meanwhile', async () => {
  const say = async (text: string) => {
    await world.happen('300', { type: 'messageArrived', text });
    await world.quiet();
  };
  await say('/start');
  const buttons =
    world.sent
      .filter(({ to }) => to === '300')
      .at(-1)
      ?.buttons.flat() ?? [];
  await world.happen('300', {
    type: 'buttonTapped',
    data: buttons.find(({ data }) => data?.endsWith(':driver'))?.data ?? '',
  });
  await world.quiet();
  const consent =
    world.sent
      .filter(({ to }) => to === '300')
      .at(-1)
      ?.buttons.flat()[0]?.data ?? '';
  await world.happen('300', { type: 'buttonTapped', data: consent });
  await world.quiet();
  const person = await world.db.candidates.findOne({ 'channels.address': '300' });
  const application = person?.applications[0]?.id ?? '';
  // The first message of the invitation has to be tried again for longer than the state at hand is believed.
  world.answers.push({ outcome: 'notArrived', error: 'slow', retryAfter: 1_500 });
  const before = world.sent.filter(({ to }) => to === '300').length;
  await world.engine.desk.perform(person?._id ?? '', {
    id: 'inv',
    type: 'invite',
    application,
    by: 'recruiter1',
  });
  await world.happen('300', { type: 'messageArrived', text: '/stop' });
  await eventually(
    () => world.engine.waiting(),
    ({ inbox, outbox }) => inbox + outbox === 0,
    8_000,
  );
  const rows = await world.db.ledger.find({ application, kind: 'out', status: 'superseded' }).toArray();
  expect(rows.length).toBeGreaterThanOrEqual(2);
  const said = world.sent.filter(({ to }) => to === '300').slice(before);
  expect(said).toHaveLength(1);
});
