import { afterEach, describe, expect, test } from 'vitest';
import type { Pace } from '../../runtime/makePace.ts';
import type { EngineUnderTest } from '../support/startEngine.ts';
import { eventually } from '../support/eventually.ts';
import { worldsOverOneStore } from '../support/worldsOverOneStore.ts';

/** The pace of a channel that asks to wait while there is something to wait for. */
const waitsFor = (until: () => Promise<unknown> | undefined): Pace => ({
  free: () => false,
  turn: () => Promise.resolve({ end: () => undefined, giveBack: () => undefined }),
  rest: () => undefined,
  resting: () => until() !== undefined,
  rested: async () => void (await until()),
});

const start = worldsOverOneStore(Date.UTC(2026, 10, 24, 9));
let world: EngineUnderTest;
afterEach(() => world.close());

const say = (chat: string, text: string) => world.happen(chat, { type: 'messageArrived', text });
const shown = (chat: string) =>
  world.sent
    .filter(({ to }) => to === chat)
    .at(-1)
    ?.buttons.flat()
    .map(({ data = '' }) => data) ?? [];
const saidTo = (chat: string) => world.sent.filter(({ to }) => to === chat);

/** Somebody who agreed to be known; their card and application. */
async function known(chat: string): Promise<{ candidate: string; application: string }> {
  await say(chat, '/start');
  await world.quiet();
  await world.happen(chat, {
    type: 'buttonTapped',
    data: shown(chat).find((data) => data.endsWith(':driver')) ?? '',
  });
  await world.quiet();
  await world.happen(chat, { type: 'buttonTapped', data: shown(chat)[0] ?? '' });
  await world.quiet();
  const person = await world.db.candidates.findOne({ 'channels.address': chat });
  return { candidate: person?._id ?? '', application: person?.applications[0]?.id ?? '' };
}

const invite = ({ candidate, application }: { candidate: string; application: string }) =>
  world.engine.desk.perform(candidate, {
    id: `inv:${candidate}`,
    type: 'invite',
    application,
    by: 'recruiter1',
  });

const passedOver = (application: string) =>
  world.db.ledger.find({ application, kind: 'out', status: 'superseded' }).toArray();

describe('[X-02] to who wrote /stop meanwhile does not leave', () => {
  test('what waited behind a slow message', async () => {
    world = await start();
    const person = await known('300');
    // The first message of the invitation has to be tried again for longer than the state at hand is believed.
    world.answers.push({ outcome: 'notArrived', error: 'slow', retryAfter: 1_500 });
    const before = saidTo('300').length;
    await invite(person);
    await say('300', '/stop');
    await eventually(
      () => world.engine.waiting(),
      ({ inbox, outbox }) => inbox + outbox === 0,
      8_000,
    );
    expect((await passedOver(person.application)).length).toBeGreaterThanOrEqual(2);
    expect(saidTo('300').slice(before)).toHaveLength(1);
  });

  test('what had its turn just before the channel asked to wait', async () => {
    let wait: Promise<unknown> | undefined;
    world = await start({ pace: waitsFor(() => wait) });
    const person = await known('301');
    const { promise, resolve } = Promise.withResolvers();
    wait = promise;
    world.answers.push({ outcome: 'notArrived', error: 'asked to wait' });
    await invite(person);
    await eventually(
      () => world.answers.length,
      (left) => left === 0,
    );
    await say('301', '/stop');
    await eventually(
      () => world.db.candidates.findOne({ _id: person.candidate }),
      (found) => found?.stopped === true,
    );
    wait = undefined;
    resolve(undefined);
    await world.quiet();
    const gone = (await passedOver(person.application)).map(({ message }) => message?.key);
    expect(gone).toContain('candidate.invited');
  });
});
