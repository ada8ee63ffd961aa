import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

let store: OwnDatabase;
let world: EngineUnderTest;

beforeAll(async () => {
  store = await ownDatabase();
  world = await startEngine(store.uri, Date.UTC(2026, 10, 24, 9));
});
afterAll(async () => {
  await world.close();
});

const last = (to: string) => world.sent.filter((sent) => sent.to === to).at(-1);
const tap = async (address: string, pick: number | string): Promise<void> => {
  const buttons = (last(address)?.buttons ?? []).flat();
  const button = typeof pick === 'number' ? buttons[pick] : buttons.find(({ data }) => data?.endsWith(pick));
  await world.happen(address, { type: 'buttonTapped', data: button?.data ?? `no ${pick}` });
  await world.quiet();
};
const say = async (address: string, text: string): Promise<void> => {
  await world.happen(address, { type: 'messageArrived', text });
  await world.quiet();
};

/** From /start to a booked interview for the cook's vacancy, which invites by itself. */
async function book(address: string): Promise<void> {
  await say(address, '/start');
  await tap(address, ':cook');
  await tap(address, ':yes');
  await tap(address, 0);
  await say(address, '3');
  await tap(address, ':yes');
  await say(address, '01.12.2026');
  await say(address, '+7 916 123-45-67');
  await tap(address, 0);
  await tap(address, 0);
}

describe('an event travels', () => {
  test('[P-07] from the first word to a booked window, every message with one row in the ledger', async () => {
    await book('100');
    const person = await world.db.candidates.findOne({ 'channels.address': '100' });
    const application = person?.applications[0];
    expect(application?.stage).toBe('interview');
    expect(application?.answers.phone?.value).toBe('+79161234567');
    expect(await world.db.slots.countDocuments({ application: application?.id })).toBe(1);
    const rows = await world.db.ledger.find({ candidate: person?._id, kind: 'out' }).toArray();
    expect(rows.filter(({ status }) => status !== 'sent' && status !== 'failed')).toEqual([]);
  });

  test('[X-06] the same event a second time changes nothing and sends nothing', async () => {
    const person = await world.db.candidates.findOne({ 'channels.address': '100' });
    const before = world.sent.length;
    const decided = person?.decided.at(-1) ?? '';
    const again = { id: decided, type: 'messageArrived', text: '/status' } as never;
    await world.engine.desk.perform(person?._id ?? '', again);
    await world.quiet();
    expect(world.sent.length).toBe(before);
  });

  test('[P-08] the reminders come at their times, once', async () => {
    const person = await world.db.candidates.findOne({ 'channels.address': '100' });
    const start = person?.applications[0]?.interview?.start ?? 0;
    const before = world.sent.filter(({ to }) => to === '100').length;
    const to = async (at: number) => {
      await world.engine.moveClock(world.clock.offset() + at - world.clock.now());
      await world.quiet();
    };
    await to(start - 24 * 3_600_000 + 1_000);
    expect(world.sent.filter(({ to: chat }) => chat === '100').length).toBe(before + 1);
    await tap('100', ':yes:24');
    await to(start - 3 * 3_600_000 + 1_000);
    await to(start - 3 * 3_600_000 + 60_000);
    const reminders = await world.db.ledger.find({ candidate: person?._id, _id: /^reminder:/ }).toArray();
    expect(reminders.map(({ status }) => status)).toEqual(['sent', 'sent']);
    const after = await world.db.candidates.findOne({ 'channels.address': '100' });
    expect(after?.applications[0]?.interview?.reminders).toEqual([
      { hours: 24, asked: expect.any(Number), confirmed: expect.any(Number) },
      { hours: 3, asked: expect.any(Number) },
    ]);
  });

  test('[P-07] a thousand at once on one window: one owner', async () => {
    const vacancy = world.vacancies.find(({ _id }) => _id === 'cook');
    const [slot] = vacancy ? await world.engine.free(vacancy) : [];
    const people = Array.from({ length: 40 }, (_, index) => `crowd-${index}`);
    for (const address of people) {
      await say(address, '/start');
      await tap(address, ':cook');
      await tap(address, ':yes');
    }
    const rows = await world.db.candidates.find({ 'channels.address': /^crowd-/ }).toArray();
    await Promise.all(
      Array.from({ length: 1_000 }, async (_, index) => {
        const person = rows[index % rows.length];
        const application = person?.applications[0]?.id ?? '';
        await world.engine.desk.perform(person?._id ?? '', {
          id: `crowd:${index}`,
          type: 'setInterview',
          application,
          by: 'head',
          interviewer: slot?.interviewer ?? '',
          start: slot?.start ?? 0,
          format: 'office',
        });
      }),
    );
    await world.quiet();
    const owners = await world.db.slots
      .find({ start: slot?.start, interviewer: slot?.interviewer })
      .toArray();
    expect(owners).toHaveLength(1);
    const holders = await world.db.candidates.countDocuments({
      applications: {
        $elemMatch: { 'interview.start': slot?.start, 'interview.interviewer': slot?.interviewer },
      },
    });
    expect(holders).toBe(1);
  });

  test('[A-19] a send of unknown outcome is never repeated and becomes a recruiter’s task', async () => {
    await book('200');
    const person = await world.db.candidates.findOne({ 'channels.address': '200' });
    world.answers.push({ outcome: 'uncertain', error: 'ECONNRESET' });
    const before = world.sent.filter(({ to }) => to === '200').length;
    await say('200', '/status');
    expect(world.sent.filter(({ to }) => to === '200').length).toBe(before);
    expect(await world.db.ledger.countDocuments({ candidate: person?._id, status: 'uncertain' })).toBe(1);
  });
});
