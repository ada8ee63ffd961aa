import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import express from 'express';
import { createServer, type Server } from 'node:http';
import { type HhCameBack, hhWebhook } from '../../api/hhWebhook.ts';
import type { Message } from '../../flows/effect.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { connectHh } from '../../intake/hh/connectHh.ts';
import { makeHh } from '../../intake/hh/makeHh.ts';
import { openHh } from '../../intake/hh/openHh.ts';
import { makeSeal } from '../../intake/hh/seal.ts';
import { timeOf } from '../../intake/hh/timeOf.ts';
import { type Database, openDatabase } from '../../models/database.ts';
import { makeClock } from '../../runtime/clock.ts';
import { type Running, startSimulator } from '../simulator/support/startSimulator.ts';
import { words } from '../flows/factory.ts';
import { eventually } from '../support/eventually.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

let sim: Running;
let store: OwnDatabase;
let db: Database;
beforeAll(async () => {
  [sim, store] = await Promise.all([startSimulator(), ownDatabase()]);
  db = await openDatabase(store.uri);
});
afterAll(async () => {
  await db.close();
  await sim.stop();
});

const redirect = 'http://127.0.0.1:1/webhooks/hh/connected';
const open = (over: { clientSecret?: string; patience?: number } = {}) =>
  makeHh(
    {
      clientId: 'demo',
      clientSecret: 'demo',
      redirect,
      api: `${sim.url}/hh/api`,
      agent: 'Test/1.0 (test@example.com)',
      patience: 2_000,
      ...over,
    },
    { db, clock: makeClock(), log: () => undefined },
  );

/** What hh's page gives back to whoever agrees, or not. */
async function consent(answer = 'yes'): Promise<URLSearchParams> {
  const site = `${sim.url}/hh`;
  const connection = connectHh({ clientId: 'demo', redirect }, { site, secret: 's', clock: makeClock() });
  const response = await fetch(`${connection.link('anna')}&answer=${answer}`, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '').searchParams;
}
const connected = async () => {
  const hh = open();
  await hh.tokens.connect((await consent()).get('code') ?? '');
  return hh;
};
const post = async (path: string, body: object = {}) =>
  (await sim.call('POST', `/sim/hh/${path}`, body)).body;
const publish = async (): Promise<string> => (await post('vacancies', { name: 'Курьер' })).id;
const respond = async (vacancy: string, more: object = {}): Promise<string> =>
  (await post('responses', { vacancy, name: 'Иванова Мария Петровна', phone: '+79161234567', ...more })).id;
const seen = async (id: string) => (await sim.call('GET', `/sim/hh/responses/${id}`)).body;
const tokensGiven = async () => (await sim.call('GET', '/sim/hh/tokens')).body.given;

describe('responses on hh', () => {
  let vacancy: string;
  beforeEach(async () => {
    vacancy = await publish();
  });
  afterEach(() => post(`vacancies/${vacancy}/archive`));

  it('[P-01] are leads with name, phone, mail, résumé, WhatsApp and letter', async () => {
    const id = await respond(vacancy, { email: 'maria@example.com', letter: 'Хочу у вас работать' });
    const { leads } = await (await connected()).source.read(undefined);
    expect(leads.filter((lead) => lead.vacancy === vacancy)).toEqual([
      {
        id,
        at: expect.any(Date),
        vacancy,
        name: 'Иванова Мария Петровна',
        phone: '+79161234567',
        email: 'maria@example.com',
        links: [
          { kind: 'resume', url: expect.stringMatching(/^https:\/\/hh\.ru\/resume\//) },
          { kind: 'whatsapp', url: 'https://wa.me/79161234567' },
        ],
        note: 'Хочу у вас работать',
      },
    ]);
  });

  it('[P-01] each is told once, the oldest first, and of an archived vacancy none', async () => {
    const hh = await connected();
    const first = await respond(vacancy, { ago: 60 });
    const before = await hh.source.read(undefined);
    expect(before.leads.at(-1)?.id).toBe(first);
    const newest = await respond(vacancy);
    const late = await respond(vacancy, { ago: 1_800 });
    const after = await hh.source.read(before.cursor);
    expect(after.leads.map(({ id }) => id)).toEqual([late, newest]);
    expect((await hh.source.read(after.cursor)).leads).toEqual([]);
    await post(`vacancies/${vacancy}/archive`);
    expect((await hh.source.read(undefined)).leads.some((lead) => lead.vacancy === vacancy)).toBe(false);
  });

  it('[P-01] what is a week old or was decided on hh is no lead', async () => {
    const hh = await connected();
    await respond(vacancy, { ago: 8 * 24 * 3_600 });
    await hh.source.answer?.(await respond(vacancy), { kind: 'refuse', text: 'Нет' });
    const { leads } = await hh.source.read(undefined);
    expect(leads.filter((lead) => lead.vacancy === vacancy)).toEqual([]);
  });

  it('[P-01] more than a read holds are told by the next ones, none twice', async () => {
    const hh = await connected();
    const minutes = Array.from({ length: 60 }, (_none, index) => 300 - index * 5);
    const all = await Promise.all(minutes.map((ago) => respond(vacancy, { ago: ago * 60 })));
    const told: string[] = [];
    for (let cursor: string | undefined; ;) {
      const found = await hh.source.read(cursor);
      if (found.leads.length === 0) break;
      told.push(...found.leads.filter((lead) => lead.vacancy === vacancy).map(({ id }) => id));
      ({ cursor } = found);
    }
    expect(told).toEqual(all);
  });

  test.each([
    ['hidden', 'hidden', ''],
    ['paid', 'paid', 'Иванова Мария Петровна'],
    ['gone', 'hidden', ''],
  ])('[P-01] a contact that is %s: a lead without a phone, which says so', async (contact, without, name) => {
    const id = await respond(vacancy, { contact });
    const { leads } = await (await connected()).source.read(undefined);
    const lead = leads.find((one) => one.id === id);
    expect(lead).toMatchObject({ without });
    expect(lead?.phone).toBeUndefined();
    expect(lead?.name ?? '').toBe(name);
  });

  it("[P-01] so is one whose résumé is over the day's limit", async () => {
    const id = await respond(vacancy);
    await post('faults', { kind: 'view-limit', path: '/resumes' });
    const hh = await connected();
    expect((await hh.source.read(undefined)).leads.find((one) => one.id === id)).toMatchObject({
      without: 'limit',
      name: 'Иванова Мария Петровна',
    });
  });

  test.each([
    ['silent', 'noAnswer'],
    ['html', 'noAnswer'],
    ['unavailable', 'noAnswer'],
    ['odd', 'noAnswer'],
    ['too-many', 'limit'],
    ['captcha', 'limit'],
  ])('[P-01] %s: %s, and what was there is told afterwards', async (kind, why) => {
    await connected();
    const hh = open({ patience: 200 });
    const id = await respond(vacancy);
    await post('faults', { kind, path: '/me' });
    await expect(hh.source.read(undefined)).rejects.toMatchObject({ why });
    await post('faults', { kind, path: '/resumes' });
    await expect(hh.source.read(undefined)).rejects.toMatchObject({ why });
    const { leads } = await hh.source.read(undefined);
    expect(leads.map((lead) => lead.id)).toContain(id);
  });
});

describe('the answer to hh', () => {
  let vacancy: string;
  beforeAll(async () => {
    vacancy = await publish();
  });
  afterAll(() => post(`vacancies/${vacancy}/archive`));

  test.each([
    ['invite', 'invitation', 'phone_interview'],
    ['refuse', 'discard', 'discard_by_employer'],
  ] as const)(
    '[P-03] %s: the person sees %s and the text, once, however often it is told',
    async (kind, state, employerState) => {
      const hh = await connected();
      const id = await respond(vacancy);
      await post('faults', { kind: 'drop-after', path: `/${id}` });
      const answer = { kind, text: 'Спасибо за отклик!' };
      for (let tries = 0; tries < 3; tries += 1) await hh.source.answer?.(id, answer).catch(() => undefined);
      await hh.source.answer?.(id, answer);
      expect(await seen(id)).toMatchObject({
        state,
        employerState,
        acts: 1,
        messages: [{ by: 'employer', text: 'Спасибо за отклик!' }],
      });
    },
  );

  it('[P-03] an invitation can be followed by a refusal, a refusal by nothing', async () => {
    const hh = await connected();
    const id = await respond(vacancy);
    for (const kind of ['invite', 'refuse'] as const) await hh.source.answer?.(id, { kind, text: kind });
    expect(await seen(id)).toMatchObject({ state: 'discard', acts: 2 });
    await expect(hh.source.answer?.(id, { kind: 'invite', text: 'Всё же' })).rejects.toThrow(
      /takes no answer/,
    );
  });

  test.each(['archived', 'resume_deleted', 'in_a_row_limit'])('[P-03] %s: it is taken never', async (why) => {
    const hh = await connected();
    const id = await respond(vacancy);
    await post(`responses/${id}/close`, { why });
    await expect(hh.source.answer?.(id, { kind: 'invite', text: '' })).rejects.toThrow(/takes no answer/);
  });
});

describe('the tokens of hh', () => {
  it('[P-01] are renewed when hh says that they ended, by one of all who ask', async () => {
    const all = [await connected(), open(), open()];
    const before = await tokensGiven();
    await post('tokens', { how: 'expire' });
    await Promise.all(all.flatMap(({ source }) => [source.read(undefined), source.read(undefined)]));
    expect(await tokensGiven()).toBe(before + 1);
  });

  it('[P-01] new ones are good after a kill', async () => {
    const hh = await connected();
    await post('tokens', { how: 'expire' });
    await hh.source.read(undefined);
    await open().source.read(undefined);
  });

  it('[P-01] lost in a kill between answer and write: hh is to be connected again, and nobody asks on', async () => {
    await connected();
    await post('tokens', { how: 'expire' });
    await post('faults', { kind: 'drop-after', path: '/token' });
    await expect(open().source.read(undefined)).rejects.toMatchObject({ why: 'noAnswer' });
    await expect(open().source.read(undefined)).rejects.toMatchObject({ why: 'notConnected' });
    await post('faults', { kind: 'odd', path: '/token' });
    await expect(open().source.read(undefined)).rejects.toMatchObject({ why: 'notConnected' });
    await expect(connected()).rejects.toMatchObject({ why: 'noAnswer' });
    await (await connected()).source.read(undefined);
  });

  it('[P-01] taken back on hh: to be connected again', async () => {
    const hh = await connected();
    await post('tokens', { how: 'revoke' });
    await expect(hh.source.read(undefined)).rejects.toMatchObject({ why: 'notConnected' });
  });

  it('[P-01] stand nowhere as they are, and with another secret are none', async () => {
    await connected();
    expect(JSON.stringify(await db.settings.findOne({ _id: 'hhTokens' }))).not.toContain('USER');
    await expect(open({ clientSecret: 'other' }).source.read(undefined)).rejects.toMatchObject({
      why: 'notConnected',
    });
  });

  it('[P-01] are not given for a used or made-up code, nor to somebody with a wrong secret', async () => {
    const code = (await consent()).get('code') ?? '';
    await expect(open({ clientSecret: 'no' }).tokens.connect(code)).rejects.toMatchObject({
      why: 'wrongKey',
    });
    await open().tokens.connect(code);
    await expect(open().tokens.connect(code)).rejects.toMatchObject({ why: 'notConnected' });
    await expect(open().tokens.connect('made-up')).rejects.toMatchObject({ why: 'notConnected' });
  });
});

describe('connecting hh', () => {
  const clock = { now: () => 1_000_000_000 };
  const at = (now: number, secret = 's') =>
    connectHh({ clientId: 'demo', redirect }, { site: 'https://hh.ru', secret, clock: { now: () => now } });
  const state = new URL(at(clock.now()).link('anna')).searchParams.get('state') ?? '';

  test.each([
    ['in time', state, 29, 's', { ok: true, member: 'anna' }],
    ['too late', state, 31, 's', { ok: false, why: 'expired' }],
    ['by another agency', state, 1, 'other', { ok: false, why: 'wrong' }],
    ['for another member', state.replace('anna', 'boris'), 1, 's', { ok: false, why: 'wrong' }],
    ['with nothing', '', 1, 's', { ok: false, why: 'wrong' }],
    ['with more', `${state}.x`, 1, 's', { ok: false, why: 'wrong' }],
  ])('[P-01] the way back %s', (_name, given, minutes, secret, expected) => {
    expect(at(clock.now() + minutes * 60_000, secret).read(given)).toEqual(expected);
  });

  it('[P-01] hh leads back with the state also when the answer is no', async () => {
    expect((await consent('no')).get('error')).toBe('access_denied');
    expect((await consent('no')).get('state')).toMatch(/^anna\./);
  });
});

describe('the way back from hh', () => {
  const told: { key: string; members: readonly string[]; message: Message }[] = [];
  let rings = 0;
  let server: Server;
  let url = '';
  let link = '';
  let hook = '';
  beforeAll(async () => {
    const app = express();
    server = createServer(app);
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
    await db.members.insertOne({
      _id: 'anna',
      role: 'head',
      name: 'Анна',
      lang: 'ru',
      zone: 'Europe/Moscow',
      active: true,
      hours: { week: {}, off: [], buffer: 0 },
    });
    const config = { hh: undefined, mailFrom: undefined, simulatorUrl: sim.url };
    const tools = { config, db, clock: makeClock(), base: url, log: () => undefined };
    const hh = await openHh(tools);
    if (!hh) throw new Error('the demo has no hh');
    ({ hook } = hh);
    link = hh.source.consent?.('anna') ?? '';
    const ring = () => Promise.resolve(void (rings += 1));
    const tell = (key: string, members: readonly string[], message: Message) =>
      Promise.resolve(void told.push({ key, members, message }));
    const deps = { words, policy: defaultPolicy, chatUrl: 'https://t.me/bot' };
    const cameBack = (query: HhCameBack) => hh.cameBack(query, { tell, ring });
    app.use('/webhooks/hh', hhWebhook({ ...deps, secret: hook, ring, cameBack }));
  });
  afterAll(() => void server.close());
  beforeEach(() => {
    told.length = rings = 0;
  });
  const agree = async (answer = 'yes', change = (address: string) => address) => {
    const page = await fetch(`${link}&answer=${answer}`, { redirect: 'manual' });
    const response = await fetch(change(page.headers.get('location') ?? ''), {
      headers: { 'accept-language': 'ru' },
    });
    return { status: response.status, text: await response.text() };
  };

  it('[P-01] whoever agrees is told on the page and in the chat, and responses are read at once', async () => {
    expect(await agree()).toMatchObject({ status: 200, text: expect.stringContaining('hh.ru подключён') });
    expect(told).toMatchObject([
      {
        members: ['anna'],
        message: { key: 'sites.hh.connected', params: { employer: 'Simulator Staffing' } },
      },
    ]);
    expect(rings).toBe(1);
  });

  test.each([
    ['refused', 'no', (one: string) => one, 400, 'Доступ не выдан'],
    [
      'with another state',
      'yes',
      (one: string) => one.replace('state=anna', 'state=boris'),
      400,
      'не подходит',
    ],
    ['with a made-up code', 'yes', (one: string) => one.replace(/code=\w+/, 'code=x'), 400, 'не принял'],
    ['without a code', 'yes', (one: string) => one.replace(/code=\w+&/, ''), 400, 'не подходит'],
    ['with two states', 'yes', (one: string) => `${one}&state=x`, 400, 'не подходит'],
  ])(
    '[P-01] %s: the page says what to do, nothing is connected',
    async (_name, answer, change, status, text) => {
      expect(await agree(answer, change)).toMatchObject({ status, text: expect.stringContaining(text) });
      expect([told.length, rings]).toEqual([0, 0]);
    },
  );

  test.each([
    ['applicant', '/me', 400, 'не как работодатель'],
    ['html', '/token', 502, 'сейчас не отвечает'],
  ])('[P-01] %s: the page says what to do', async (kind, path, status, text) => {
    await post('faults', { kind, path });
    expect(await agree()).toMatchObject({ status, text: expect.stringContaining(text) });
    expect([told.length, rings]).toEqual([0, 0]);
  });

  it('[P-01] a member who is no head any more connects nothing', async () => {
    await db.members.updateOne({ _id: 'anna' }, { $set: { role: 'recruiter' } });
    expect((await agree()).text).toContain('не подходит');
    await db.members.updateOne({ _id: 'anna' }, { $set: { role: 'head' } });
  });

  it('[P-01] the hook rings for who knows its address only', async () => {
    const ring = (secret: string) => fetch(`${url}/webhooks/hh/${secret}`, { method: 'POST', body: '{}' });
    expect((await ring('x'.repeat(32))).status).toBe(404);
    expect(rings).toBe(0);
    expect((await ring(hook)).status).toBe(204);
    expect(rings).toBe(1);
  });

  it('[P-01] hh is asked to ring there, once', async () => {
    await agree();
    const hh = makeHh(
      {
        clientId: 'demo',
        clientSecret: 'demo',
        redirect,
        api: `${sim.url}/hh/api`,
        agent: 'Test/1.0 (test@example.com)',
      },
      { db, clock: makeClock(), log: () => undefined, hook: `${url}/webhooks/hh/${hook}` },
    );
    await hh.source.read(undefined);
    const vacancy = await publish();
    await respond(vacancy);
    await eventually(
      () => rings,
      (count) => count > 1,
    );
    await post(`vacancies/${vacancy}/archive`);
  });
});

test.each([
  ['2026-03-15T11:00:00+0300', '2026-03-15T08:00:00.000Z'],
  ['2026-03-15T11:00:00+03:00', '2026-03-15T08:00:00.000Z'],
  ['2026-03-15T08:00:00Z', '2026-03-15T08:00:00.000Z'],
])('[P-01] %s is a time', (text, iso) => {
  expect(new Date(timeOf(text)).toISOString()).toBe(iso);
});

test('[P-01] what was sealed opens with its secret and for its use only', () => {
  const sealed = makeSeal('one', 'use').close('тайна');
  expect(makeSeal('one', 'use').open(sealed)).toBe('тайна');
  expect(makeSeal('other', 'use').open(sealed)).toBeUndefined();
  expect(makeSeal('one', 'other').open(sealed)).toBeUndefined();
  expect(makeSeal('one', 'use').open('')).toBeUndefined();
});
