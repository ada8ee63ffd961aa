import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeAnswers } from '../../intake/makeAnswers.ts';
import { AnswerRefused, SourceError } from '../../intake/source.ts';
import { eventually } from '../support/eventually.ts';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';
import { words } from '../flows/factory.ts';
import { type ScriptedSource, scriptedSource } from './scriptedSource.ts';

const noon = Date.parse('2026-11-24T09:00:00Z');
let store: OwnDatabase;
let hh: ScriptedSource;
let world: EngineUnderTest;
const worlds: EngineUnderTest[] = [];
const start = async () => {
  const source = (db: EngineUnderTest['db']) =>
    makeAnswers({ db, words, links: { page: (id) => `https://bot.example.com/p/${id}` }, sources: [hh] });
  const one = await startEngine(store.uri, noon, ['telegram', 'email', 'sms'], { source });
  // What cannot be undone leaves at once.
  await one.livePolicy.change({ undoSeconds: 0 }, 'head');
  worlds.push(one);
  return one;
};
beforeAll(async () => {
  store = await ownDatabase();
  hh = scriptedSource('hh');
  world = await start();
});
afterEach(() => {
  hh.told.length = hh.then.length = world.sent.length = 0;
});
afterAll(async () => {
  for (const one of worlds) await one.close();
});

let count = 0;
/** Somebody who responded on hh stands on a vacancy. */
async function responded(more: { phone?: string; email?: string } = {}) {
  const id = `r${(count += 1)}`;
  const { candidate, application } = await world.engine.desk.addCandidate({
    id: `lead:${id}`,
    vacancy: 'driver',
    source: 'hh',
    by: 'bot',
    name: 'Мария Иванова',
    arrival: { source: 'hh', id, at: noon },
    ...more,
  });
  const act = (more: object) =>
    world.engine.desk.perform(candidate, {
      id: `act${(count += 1)}`,
      application,
      by: 'recruiter1',
      ...more,
    } as never);
  const row = () => world.db.ledger.findOne({ candidate, 'to.response': id });
  const settled = () =>
    eventually(row, (one) => one !== null && !['pending', 'sending'].includes(one.status ?? ''));
  return { id, candidate, application, act, row, settled };
}

describe('an answer to hh', () => {
  test('[P-03] brings the shipped words and the link where a time is chosen', async () => {
    const { id, application, act, settled } = await responded();
    await act({ type: 'invite' });
    expect(await settled()).toMatchObject({
      status: 'sent',
      via: { channel: 'source', address: `hh:${id}` },
    });
    expect(hh.told).toEqual([
      {
        lead: id,
        kind: 'invite',
        text: expect.stringMatching(
          new RegExp(
            `^Здравствуйте! Спасибо за отклик на вакансию «[^\\[\\]]+»\\.[^\\[\\]]+\\n\\nВыбрать удобное время: https://bot\\.example\\.com/p/${application}$`,
          ),
        ),
      },
    ]);
  });

  test.each([
    ['the agency’s own words', '[имя], ждём вас!', 'Мария, ждём вас!'],
    ['the shipped ones where something is not known', 'Ждём [время]', /^Здравствуйте! Спасибо за интерес/],
  ])('[P-03] a refusal brings %s', async (_which, text, told) => {
    const row = { _id: 'hhRefuse', title: 'hh.ru: отказ', text: { ru: text }, by: 'head', createdAt: 0 };
    await world.db.templates.replaceOne({ _id: 'hhRefuse' }, row, { upsert: true });
    const { application, act, settled } = await responded();
    await act({ type: 'refuse', reason: 'other' });
    await world.quiet();
    expect(hh.told).toEqual([]);
    const person = await world.db.candidates.findOne({ 'applications.id': application });
    const at = person?.applications[0]?.refusal?.at;
    await act({ type: 'timerDue', timer: { kind: 'refusal', application, at } });
    await settled();
    expect(hh.told).toMatchObject([
      { kind: 'refuse', text: typeof told === 'string' ? told : expect.stringMatching(told) },
    ]);
    await world.db.templates.deleteMany({});
  });

  test('[P-03] what the site did not hear is told again, until it does', async () => {
    const { act, settled } = await responded();
    hh.then.push(
      () => Promise.reject(new SourceError('noAnswer')),
      () => Promise.reject(new SourceError('limit', 0.01)),
    );
    await act({ type: 'invite' });
    expect(await settled()).toMatchObject({ status: 'sent' });
    expect(hh.told).toHaveLength(3);
  });

  test('[P-03] whoever has no chat with us is told there alone: nobody has to ring them, and it is undone in time', async () => {
    await world.livePolicy.change({ undoSeconds: 60 }, 'head');
    const { candidate, act, row } = await responded({ phone: '+79160007788', email: 'maria@example.com' });
    await act({ type: 'invite' });
    await world.quiet();
    expect(world.sent.filter(({ channel }) => channel !== 'telegram')).toEqual([]);
    const person = () => world.db.candidates.findOne({ _id: candidate });
    expect((await person())?.applications[0]?.tasks.filter(({ kind }) => kind === 'undelivered')).toEqual([]);
    expect(world.sent.filter(({ text }) => text.includes('не доставлено'))).toEqual([]);
    expect(await act({ type: 'undo' })).toMatchObject({ ok: true });
    expect((await person())?.applications[0]?.stage).toBe('review');
    expect(await eventually(row, (one) => one?.status !== 'pending')).toMatchObject({ status: 'superseded' });
    await world.livePolicy.change({ undoSeconds: 0 }, 'head');
  });

  test.each([
    ['closed', () => new AnswerRefused()],
    ['notConnected', () => new SourceError('notConnected')],
    ['paid', () => new SourceError('paid')],
  ])('[P-03] %s: told once, and the recruiter has to see to it', async (why, fault) => {
    const { candidate, act, settled } = await responded();
    hh.then.push(() => Promise.reject(fault()));
    await act({ type: 'invite' });
    expect(await settled()).toMatchObject({ status: 'failed', error: why });
    await world.quiet();
    expect(hh.told).toHaveLength(1);
    const person = await world.db.candidates.findOne({ _id: candidate });
    expect(person?.applications[0]?.tasks).toContainEqual(expect.objectContaining({ kind: 'undelivered' }));
    const notice = words.label({ lang: 'ru', zone: 'utc' }, { key: `sites.answer.fault.${why}` });
    expect(world.sent.map(({ text }) => text)).toContainEqual(expect.stringContaining(notice));
  });

  test('[P-03] killed after the site took it and before that was written: it is told again, and stands once', async () => {
    const { act, row, settled } = await responded();
    let killed = (): void => undefined;
    hh.then.push(
      () => new Promise((_resolve, reject) => (killed = () => reject(new SourceError('noAnswer')))),
    );
    await act({ type: 'invite' });
    await eventually(row, (one) => one?.status === 'sending' && hh.told.length === 1);
    await start();
    expect(await settled()).toMatchObject({ status: 'sent' });
    expect(hh.told).toHaveLength(2);
    killed();
  });
});
