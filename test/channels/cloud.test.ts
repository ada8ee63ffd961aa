import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { whatsappWebhook } from '../../api/whatsappWebhook.ts';
import { makeGraph } from '../../channels/whatsapp/cloud/makeGraph.ts';
import { openCloud } from '../../channels/whatsapp/cloud/openCloud.ts';
import { eventually } from '../support/eventually.ts';
import type { Person } from '../support/simulator.ts';
import { channelContract } from './contract.ts';
import { type Ground, type Rig, type RunningRig, startRig } from './rig.ts';

/** The Cloud API's client and webhook against the simulator's Graph API. */
async function build(ground: Ground): Promise<Rig> {
  const account = {
    token: 'simulator-whatsapp-token',
    phoneId: '100000000000001',
    businessId: '200000000000002',
  };
  const deps = { ...ground, share: undefined, log: () => undefined };
  const cloud = openCloud(makeGraph({ ...account, root: `${ground.simulatorUrl}/graph/v23.0` }), deps);
  const away = openCloud(makeGraph({ ...account, root: 'http://127.0.0.1:64999/graph/v23.0' }), deps);
  const secrets = { appSecret: 'simulator-app-secret', verifyToken: 'simulator-verify' };
  return Promise.resolve({
    channel: cloud.channel,
    away: away.channel,
    handler: cloud.handler(ground),
    webhook: { path: '/webhooks/whatsapp', router: whatsappWebhook({ ...secrets, receive: ground.receive }) },
    start: cloud.start,
  });
}

channelContract({
  channel: 'whatsapp',
  addressOf: ({ phone }) => phone,
  join: (rig, name, phone) => rig.sim.newPerson(name, 'ru', phone, 'whatsapp'),
  buttons: true,
  server: true,
  edits: false,
  blocked: 'refused',
  longest: 4096,
  build,
});

describe('[X-07] WhatsApp’s own ways', () => {
  let rig: RunningRig;
  let person: Person;
  const phone = '+79160009999';
  const reader = { lang: 'ru', zone: 'Europe/Moscow' };
  const reminder = {
    key: 'candidate.reminder.days',
    params: { vacancy: 'Повар', when: '1 декабря, 10:00', format: 'Офис', place: 'Тверская, 1\n2 этаж' },
  };
  const offered = {
    text: 'Напоминаем о встрече',
    buttons: ['yes', 'move', 'no'].map((data) => [{ label: data, data: `r:a:1:${data}:24` }]),
  };
  const send = (more: object = {}, message: object = offered) =>
    rig.channel.send(
      phone,
      { text: '', buttons: [], ...message },
      { key: `k${Math.round(performance.now() * 1000)}`, reader, ...more },
    );
  const remind = () => send({ template: reminder.key, params: reminder.params });
  const fault = (kind: string, more: object = {}) =>
    rig.simulator.call('POST', '/sim/faults', { kind, channel: 'whatsapp', ...more });

  beforeAll(async () => {
    rig = await startRig(build);
    person = await rig.sim.newPerson('Анна', 'ru', phone, 'whatsapp');
  });
  afterAll(() => rig.close());

  test('before they wrote: a template, and what has none goes another way', async () => {
    await rig.simulator.call('POST', `/sim/users/${person.id}/unblock`);
    expect(await remind()).toMatchObject({ outcome: 'sent' });
    const { text, buttons } = await person.sees('[interview_reminder]');
    expect(text).toBe('[interview_reminder]\nПовар\n1 декабря, 10:00\nОфис\nТверская, 1, 2 этаж');
    await person.tapData((await person.last()).id, buttons[0]?.[0]?.data ?? '');
    await eventually(
      () => Promise.resolve(rig.heard),
      (list) => list.length > 0,
      5_000,
    );
    expect(rig.heard[0]?.happened).toMatchObject({ type: 'buttonTapped', data: 'r:a:1:yes:24' });
    await rig.ground.db.windows.deleteMany({});
    expect(await send({ template: 'candidate.relay' })).toMatchObject({ outcome: 'refused' });
  });

  test('the window that only seemed open: a template at once; a template Meta has not approved: another way', async () => {
    await person.say('привет');
    await fault('window');
    expect(await remind()).toMatchObject({ outcome: 'sent' });
    await rig.ground.db.settings.updateOne(
      { _id: 'whatsappTemplates' },
      { $set: { 'value.interview_reminder:ru': 'PAUSED' } },
    );
    expect(await remind()).toMatchObject({ outcome: 'refused' });
    await person.say('привет');
  });

  test('receipts in any order say what became of it; one that failed says why, and whether again', async () => {
    rig.receipts.length = 0;
    await fault('reorder');
    const sent = await send();
    await eventually(
      () => Promise.resolve(rig.receipts),
      (list) => list.length >= 2,
      5_000,
    );
    expect(rig.receipts.map(({ state }) => state)).toEqual(['read', 'delivered']);
    expect(sent).toMatchObject({ messageId: rig.receipts[0]?.messageId });
    await fault('failed-later', { code: 131026 });
    await send();
    await fault('failed-later', { code: 131047 });
    await send();
    await eventually(
      () => Promise.resolve(rig.receipts),
      (list) => list.length >= 4,
      5_000,
    );
    expect(rig.receipts.slice(2)).toMatchObject([
      { state: 'failed', error: '131026 Ordered by a fault' },
      { state: 'failed', again: true },
    ]);
    await person.say('привет');
  });

  test('a token that ended is nobody’s fault who is written to: refused, and said', async () => {
    await fault('token');
    expect(await send()).toMatchObject({ outcome: 'refused', error: expect.stringContaining('190') });
  });

  test('a forged webhook changes nothing', async () => {
    rig.heard.length = 0;
    await fault('bad-signature');
    await person.say('настоящее');
    await person.say('второе');
    await eventually(
      () => Promise.resolve(rig.heard),
      (list) => list.length >= 2,
      5_000,
    );
    expect(rig.heard.map(({ id }) => id).filter((id) => id.includes('FORGED'))).toEqual([]);
  });
});
