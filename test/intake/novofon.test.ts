import { createServer, type Server } from 'node:http';
import express from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { novofonWebhook } from '../../api/novofonWebhook.ts';
import { makeDataApi } from '../../intake/novofon/dataApi.ts';
import { makeNovofon } from '../../intake/novofon/makeNovofon.ts';
import { judgeNovofonHook } from '../../intake/novofon/novofonAccount.ts';
import { isSigned, sign } from '../../intake/novofon/signature.ts';
import { makeUserApi } from '../../intake/novofon/userApi.ts';
import { type Found, type FoundLead, type Source, SourceError } from '../../intake/source.ts';
import type { NovofonConfig } from '../../runtime/config.ts';
import { type Running, startSimulator } from '../simulator/support/startSimulator.ts';

const zone = 'Europe/Moscow';
const accounts = {
  2: { platform: 2, key: 'demo-novofon-token', zone },
  1: { platform: 1, key: 'demo-key', secret: 'demo-secret', zone },
} satisfies Record<1 | 2, NovofonConfig>;
const agency = '74951234567';

let sim: Running;
/** Everything happens so far ahead of the machine's clock: each test looks at a day of its own. */
let ahead = 0;
const clock = { now: () => Date.now() + ahead };

beforeAll(async () => {
  sim = await startSimulator();
});
afterAll(() => sim.stop());
beforeEach(async () => {
  await later('2d');
});

const reader = (platform: 1 | 2, over: { key?: string } = {}): Source => {
  const { key, ...rest } = { ...accounts[platform], ...over };
  const root = `${sim.url}/novofon`;
  return makeNovofon(
    'secret' in rest
      ? makeUserApi({ ...rest, key, root })
      : makeDataApi({ token: key, zone, root: `${root}/v2.0` }),
    clock,
    platform === 2,
  );
};
const rings = async (call: object): Promise<{ id: number }> =>
  (await sim.call('POST', '/sim/novofon/calls', { to: agency, ...call })).body;
/** So much later, here and there. */
const later = async (advance: string): Promise<void> => {
  ahead = (await sim.call('POST', '/sim/clock', { advance })).body.offset;
};
const fault = (kind: string) => sim.call('POST', '/sim/novofon/faults', { kind });
const told = ({ leads }: Found) => leads.map(({ phone }) => phone);

describe.each([2, 1] as const)('platform %i.0', (platform) => {
  test('[P-01] who called which number, and whether somebody answered', async () => {
    const missed = await rings({ from: '79161234567' });
    const answered = await rings({ from: '79160000002', talk: 65, ago: 300 });
    const { leads } = await reader(platform).read(undefined);
    expect(leads).toEqual<FoundLead[]>([
      {
        id: String(answered.id),
        at: expect.any(Date),
        phone: '+79160000002',
        vacancy: agency,
        call: { talk: 65 },
      },
      { id: String(missed.id), at: expect.any(Date), phone: '+79161234567', vacancy: agency, call: {} },
    ]);
    expect(Math.abs((leads[1]?.at.getTime() ?? 0) - (clock.now() - 20_000))).toBeLessThan(2_000);
  });

  test('[P-01] each call is told once; one that the report has late, or that was long, too', async () => {
    const source = reader(platform);
    await rings({ from: '79160000001' });
    await rings({ from: '79160000002', lag: 600 });
    const first = await source.read(undefined);
    expect(told(first)).toEqual(['+79160000001']);
    await later('11m');
    await rings({ from: '79160000003', talk: 6_000, ago: 200 });
    await rings({ from: '79160000004' });
    const second = await source.read(first.cursor);
    expect(told(second)).toEqual(['+79160000003', '+79160000002', '+79160000004']);
    expect(told(await source.read(second.cursor))).toEqual([]);
  });

  test('[P-01] whoever cannot be rung is no lead: hidden, a service, the house’s own line', async () => {
    for (const from of [null, 'anonymous', '900', '101', '+00', '12345678']) await rings({ from });
    await rings({ from: '89161234567' });
    await rings({ from: '9161234568' });
    await rings({ from: '+998901234567' });
    await rings({ from: '79160000009', direction: 'out' });
    const found = await reader(platform).read(undefined);
    expect(told(found)).toEqual(['+79161234567', '+79161234568', '+998901234567']);
  });

  test('[P-01] thousands of calls in one read are all told', async () => {
    await rings({ from: '79160100000', ago: 100, times: 1_030, hook: 'lost' });
    const found = await reader(platform).read(undefined);
    expect(new Set(told(found)).size).toBe(1_030);
  });

  test.each([
    ['wrong-key', 'wrongKey', undefined],
    ['not-whitelisted', platform === 2 ? 'notAllowed' : 'wrongKey', undefined],
    ['no-money', 'paid', undefined],
    ['too-many', 'limit', platform === 2 ? 7 : 20],
    ['html', 'noAnswer', undefined],
    ['odd', 'noAnswer', undefined],
  ])('[P-01] %s: %s; nothing is lost by it', async (kind, why, retryAfter) => {
    await rings({ from: '79160000001' });
    await fault(kind);
    const source = reader(platform);
    const failed = await source.read(undefined).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(SourceError);
    expect(failed).toMatchObject({ why, retryAfter });
    expect(told(await source.read(undefined))).toEqual(['+79160000001']);
  });

  test('[P-01] a key that is not theirs is said, and stands in no fault', async () => {
    const failed = await reader(platform, { key: 'not-the-key' })
      .read(undefined)
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ why: 'wrongKey' });
    expect(String(failed)).not.toContain('not-the-key');
  });
});

test('[P-01] platform 1.0 knows of no records: an answered call is told at once', async () => {
  await rings({ from: '79160000001', talk: 60 });
  expect(told(await reader(1).read(undefined))).toEqual(['+79160000001']);
});

describe('platform 2.0', () => {
  test('[P-01] the record of an answered call is waited for, not for long', async () => {
    await rings({ from: '79160000001', talk: 60 });
    await rings({ from: '79160000002', talk: 60, record: true });
    const source = reader(2);
    const first = await source.read(undefined);
    expect(first.leads).toMatchObject([
      { phone: '+79160000002', call: { talk: 60, record: expect.stringContaining('https://') } },
    ]);
    await later('2m');
    expect(told(await source.read(first.cursor))).toEqual(['+79160000001']);
  });

  test('[P-01] whom the telephony takes for spam is no lead', async () => {
    await rings({ from: '79160000001', reason: 'numa_in_spam_list' });
    expect(told(await reader(2).read(undefined))).toEqual([]);
  });

  test('[P-01] after a day away, every call of it is told; after half a year, those the report still has, in stretches', async () => {
    const { cursor } = await reader(2).read(undefined);
    await later('1d');
    await rings({ from: '79160000001', ago: 20 * 3_600 });
    const second = await reader(2).read(cursor);
    expect(told(second)).toEqual(['+79160000001']);
    await later('180d');
    await rings({ from: '79160000002', ago: 80 * 86_400 });
    await rings({ from: '79160000003', ago: 600 });
    let found = second;
    const all: (string | undefined)[] = [];
    for (let reads = 0; reads < 14; reads += 1) {
      found = await reader(2).read(found.cursor);
      all.push(...told(found));
    }
    expect(all).toEqual(['+79160000002', '+79160000003']);
  });
});

describe('notifications', () => {
  let server: Server;
  let url = '';
  let account: NovofonConfig = accounts[2];
  let rung = 0;
  beforeAll(async () => {
    const app = express().use(
      novofonWebhook({
        secret: 'word',
        judge: (fields, signature) => judgeNovofonHook(account, fields, signature),
        ring: () => Promise.resolve(void (rung += 1)),
      }),
    );
    server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/word`;
  });
  afterAll(() => server.close());
  beforeEach(() => {
    rung = 0;
  });
  const form = (fields: Record<string, string>, signature = '', to = url) =>
    fetch(to, { method: 'POST', body: new URLSearchParams(fields), headers: { signature } });

  test.each([
    [2, {}, 1],
    [1, {}, 1],
    [1, { talk: 30, record: true }, 2],
    [1, { hook: 'twice' }, 2],
    [2, { hook: 'lost' }, 0],
  ] as const)(
    '[P-01] platform %i.0 tells of a call %j: %i looks into the report',
    async (platform, call, looks) => {
      account = accounts[platform];
      await sim.call('POST', '/sim/novofon/hook', { url, platform });
      await rings({ from: '79160000001', ...call });
      await sim.call('GET', '/sim/idle?timeout=5000');
      expect(rung).toBe(looks);
    },
  );

  test('[P-01] platform 1.0: each event is signed by its own fields; a forged one rings nobody', async () => {
    account = accounts[1];
    const fields = {
      event: 'NOTIFY_END',
      caller_id: '7916',
      called_did: '7495',
      call_start: '2026-11-24 10:00:00',
    };
    const signature = sign('791674952026-11-24 10:00:00', 'demo-secret');
    expect((await form(fields, signature)).status).toBe(200);
    expect((await form({ ...fields, caller_id: '7917' }, signature)).status).toBe(401);
    expect((await form({ ...fields, event: 'NOTIFY_ANSWER' }, signature)).status).toBe(401);
    expect((await form({ event: 'MADE_UP' }, sign('', 'demo-secret'))).status).toBe(401);
    expect(rung).toBe(1);
    const record = { event: 'NOTIFY_RECORD', pbx_call_id: 'in_1', call_id_with_rec: '1.1' };
    expect(isSigned(record, sign('in_11.1', 'demo-secret'), 'demo-secret')).toBe(true);
  });

  test('[P-01] only who knows the address is heard; the cabinet’s check of it is answered', async () => {
    account = accounts[2];
    expect((await form({}, '', url.replace('word', 'other'))).status).toBe(404);
    expect(rung).toBe(0);
    expect(await (await fetch(`${url}?zd_echo=4242`)).text()).toBe('4242');
    expect(rung).toBe(0);
  });
});
