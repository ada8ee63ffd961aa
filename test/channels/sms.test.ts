import { once } from 'node:events';
import { join } from 'node:path';
import express from 'express';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { smsWebhook } from '../../api/smsWebhook.ts';
import type { SmsSettings } from '../../channels/sms/gateway.ts';
import { smsText } from '../../channels/sms/smsText.ts';
import { openSms } from '../../channels/openSms.ts';
import { type Database, openDatabase } from '../../models/database.ts';
import { makeClock } from '../../runtime/clock.ts';
import { makePersonLinks } from '../../runtime/personLinks.ts';
import type { Receipt } from '../../runtime/receipts.ts';
import { loadWords, type Rendered } from '../../runtime/words.ts';
import { type Running, startSimulator } from '../simulator/support/startSimulator.ts';
import { eventually } from '../support/eventually.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

const reader = { lang: 'ru', zone: 'Europe/Moscow' };
const clock = makeClock();
const words = loadWords(join(import.meta.dirname, '../../locales'));
const links = makePersonLinks({ secret: 's', base: 'https://b.example.com', clock });
const message: Rendered = {
  text: '<b>Вы записаны</b>\n\nДо встречи',
  buttons: [[{ label: 'Буду', data: 'r:1' }]],
};
let sim: Running;
let store: OwnDatabase;
let db: Database;
let count = 0;
beforeAll(async () => {
  [sim, store] = await Promise.all([startSimulator(), ownDatabase()]);
  db = await openDatabase(store.uri);
});
afterAll(async () => {
  await db.close();
  await sim.stop();
});

describe.each<[SmsSettings['provider'], string]>([
  ['smsru', 'api-id'],
  ['smsc', 'login:pass:word'],
])('%s', (provider, key) => {
  let phone: string;
  beforeEach(() => {
    count += 1;
    phone = `+7916000${1000 + count}`;
  });
  const open = (root = `${sim.url}/${provider}`, with_ = key) => {
    const sms = openSms({ provider, key: with_, root }, { db, words, clock, links, log: () => undefined });
    if (!sms) throw new Error('no SMS');
    return sms;
  };
  const send = (sms = open()) =>
    sms.channel.send(phone, message, { key: `k${count}`, application: 'a1', reader });
  const fault = (kind: string) => sim.call('POST', '/sim/sms/faults', { phone, kind });
  const arrived = async () => (await sim.call('GET', `/sim/sms/${encodeURIComponent(phone)}`)).body;

  it('[B-07] sends short plain text with a link, and knows what it cost', async () => {
    const result = await send();
    const [one] = await arrived();
    expect(result).toMatchObject({ outcome: 'sent', messageId: one.id, cost: one.cost });
    expect(one.text).toMatch(/^Вы записаны До встречи https:\/\/b\.example\.com\/p\/a1\.\S+$/);
  });

  test.each([
    ['no-money', 'refused'],
    ['html', 'uncertain'],
    ['too-fast', 'notArrived'],
    ['trouble', provider === 'smsru' ? 'notArrived' : 'uncertain'],
  ])('%s: %s', async (kind, outcome) => {
    await fault(kind);
    expect((await send()).outcome).toBe(outcome);
  });

  test.each([
    ['undelivered', 'failed'],
    ['silent', undefined],
  ])('receipts are asked for: %s', async (kind, state) => {
    await fault(kind);
    await db.ledger.deleteMany({});
    const told: Receipt[] = [];
    const sms = open();
    await sms.start((receipt) => Promise.resolve(void told.push(receipt)));
    const result = await send(sms);
    await sms.ask();
    await sms.ask();
    sms.stop();
    expect(told.map((one) => one.state)).toEqual(state ? [state] : []);
    if (state)
      expect(told[0]).toMatchObject({ channel: 'sms', messageId: 'messageId' in result && result.messageId });
  });

  test.each([
    ['delivered', undefined],
    ['failed', 'undelivered'],
  ])('receipts are pushed to us: %s', async (state, kind) => {
    if (kind) await fault(kind);
    const told: Receipt[] = [];
    const sms = open();
    const app = express().use('/hook', smsWebhook({ secret: 'secret', heard: sms.heard }));
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook`;
    await sms.start((receipt) => Promise.resolve(void told.push(receipt)), `${url}/secret`);
    if (provider === 'smsc') await sim.call('POST', '/sim/sms/callback', { url: `${url}/secret` });
    const result = await send(sms);
    await eventually(
      () => told,
      (all) => all.length > 0,
    );
    expect(told).toEqual([
      expect.objectContaining({ state, messageId: 'messageId' in result && result.messageId }),
    ]);
    // Nobody else may tell us.
    const body = new URLSearchParams({ 'data[1]': 'sms_status\n1\n103\n1', hash: 'x', id: '' });
    expect((await fetch(`${url}/secret`, { method: 'POST', body })).status).toBe(401);
    expect((await fetch(`${url}/other`, { method: 'POST', body })).status).toBe(404);
    sms.stop();
    server.closeAllConnections();
    server.close();
  });

  it('after a restart those that are still coming are asked for again', async () => {
    const result = await send();
    const messageId = 'messageId' in result ? String(result.messageId) : '';
    const via = { channel: 'sms' as const, address: phone };
    await db.ledger.insertOne({
      _id: `row${count}`,
      kind: 'out',
      at: 1,
      status: 'sent',
      sentAt: clock.now(),
      messageId,
      via,
    });
    const told: Receipt[] = [];
    const sms = open();
    await sms.start((receipt) => Promise.resolve(void told.push(receipt)));
    await sms.ask();
    sms.stop();
    expect(told.filter((one) => one.messageId === messageId)).toHaveLength(1);
  });
});

test('SMSC takes the same message once a minute: the second is of unknown outcome', async () => {
  const settings = { provider: 'smsc' as const, key: 'apikey', root: `${sim.url}/smsc` };
  const sms = openSms(settings, { db, words, clock, links, log: () => undefined });
  const send = () => sms?.channel.send('+79160009999', message, { key: 'same', reader });
  expect((await send())?.outcome).toBe('sent');
  expect((await send())?.outcome).toBe('uncertain');
});

test('the locale has short words for what must arrive, and a link is never cut', () => {
  const link = 'https://b.example.com/p/a1.2.3';
  const params = { when: { at: Date.UTC(2026, 10, 25, 9), as: 'dateTime' as const }, format: 'в офисе' };
  const booked = smsText(words, reader, message, { template: 'candidate.slot.booked', params, link });
  expect(booked).toContain('среда, 25 ноября, 12:00');
  expect(booked.endsWith(link)).toBe(true);
  const long = smsText(words, reader, { text: 'слово '.repeat(100), buttons: [] }, { link });
  expect(long.length).toBeLessThanOrEqual(201);
  expect(long.endsWith(`… ${link}`)).toBe(true);
});
