import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import type { SendResult } from '../../runtime/channel.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

let store: OwnDatabase;
let world: EngineUnderTest;
const start = Date.UTC(2026, 10, 24, 9);

beforeEach(async () => {
  store = await ownDatabase();
  world = await startEngine(store.uri, start, ['telegram', 'whatsapp', 'email', 'sms']);
  await world.livePolicy.change({ inviteCopies: 'none' }, 'head');
});
afterEach(async () => {
  await world.close();
});

/** Anna has a Telegram chat, WhatsApp, mail and a phone; her interview is set by a recruiter. */
async function invite(): Promise<void> {
  const phone = '+79161234567';
  await world.db.candidates.insertOne({
    ...newCandidate('anna', defaultPolicy, start),
    channels: [
      { channel: 'telegram', address: '7' },
      { channel: 'whatsapp', address: phone },
    ],
    email: 'a@example.org',
    phone,
    consent: { version: '1', at: start },
  });
  const by = 'head';
  const desk = world.engine.desk;
  await desk.perform('anna', { id: 'attach', type: 'attach', application: '', by, vacancy: 'cook' });
  const application = (await world.db.candidates.findOne({}))?.applications[0]?.id ?? '';
  await world.quiet();
  const cook = world.vacancies.find(({ _id }) => _id === 'cook');
  const [slot] = cook ? await world.engine.free(cook) : [];
  if (!slot) throw new Error('no free window');
  await desk.perform('anna', { id: 'set', type: 'setInterview', by, application, ...slot, format: 'office' });
  await world.quiet();
}

const sentBy = (name: string) => world.sent.filter(({ channel }) => channel === name).length;
const toAnna = () =>
  world.db.ledger.find({ 'to.candidate': { $exists: true }, interviewVersion: { $exists: true } }).toArray();

describe('[B-07] an invitation finds its way', () => {
  test('the first chat takes it, and nothing else is sent', async () => {
    await invite();
    expect(new Set(world.sent.map(({ channel }) => channel))).toEqual(new Set(['telegram']));
    expect((await toAnna()).map(({ via }) => via?.channel)).toEqual(['telegram', 'telegram']);
  });

  test('refused in one chat, it goes to the next, and the closed one is remembered', async () => {
    await inviteWhen({ outcome: 'blocked', error: '403' });
    expect((await toAnna())[0]).toMatchObject({ status: 'sent', via: { channel: 'whatsapp' } });
    const anna = await world.db.candidates.findOne({});
    expect(anna?.channels[0]).toMatchObject({ channel: 'telegram', blocked: true });
  });

  test('not delivered in time, it goes on to mail, once; delivered, it goes nowhere', async () => {
    await inviteWhen({ outcome: 'blocked', error: '403' });
    await world.engine.moveClock(world.clock.offset() + 31 * 60_000);
    await world.quiet();
    expect((await toAnna())[0]).toMatchObject({
      status: 'sent',
      via: { channel: 'email' },
      tried: [{ channel: 'telegram' }, { channel: 'whatsapp' }],
    });
    expect(sentBy('whatsapp')).toBe(2);
    expect(sentBy('email')).toBe(2);
    await world.engine.moveClock(world.clock.offset() + 31 * 60_000);
    await world.quiet();
    expect(sentBy('sms')).toBe(0);
  });

  test('a receipt ends the doubt', async () => {
    await inviteWhen({ outcome: 'blocked', error: '403' });
    const [row] = await toAnna();
    await world.db.ledger.updateOne({ _id: row?._id ?? '' }, { $set: { delivered: start } });
    await world.engine.moveClock(world.clock.offset() + 31 * 60_000);
    await world.quiet();
    expect((await toAnna())[0]).toMatchObject({ status: 'sent', via: { channel: 'whatsapp' } });
  });

  test('given up by its channel, it goes the next way at once; said twice, once', async () => {
    await inviteWhen({ outcome: 'blocked', error: '403' });
    const [row] = await toAnna();
    const receipt = { channel: 'whatsapp' as const, messageId: String(row?.messageId), at: start };
    await world.engine.receipts({ ...receipt, state: 'failed', error: '131026' });
    await world.engine.receipts({ ...receipt, state: 'failed', error: '131026' });
    await world.quiet();
    expect((await toAnna())[0]).toMatchObject({ status: 'sent', via: { channel: 'email' } });
    expect(sentBy('email')).toBe(1);
    // Mail says of nothing that it arrived: it has taken it, and what was doubted of WhatsApp is over.
    await world.engine.moveClock(world.clock.offset() + 31 * 60_000);
    await world.quiet();
    expect((await toAnna())[0]).toMatchObject({ status: 'sent', via: { channel: 'email' } });
    expect(sentBy('sms')).toBe(0);
  });

  test('delivered and read are written down once; what arrived is not given up', async () => {
    await inviteWhen({ outcome: 'blocked', error: '403' });
    const [row] = await toAnna();
    const receipt = { channel: 'whatsapp' as const, messageId: String(row?.messageId) };
    await world.engine.receipts({ ...receipt, state: 'read', at: start + 2 });
    await world.engine.receipts({ ...receipt, state: 'delivered', at: start + 1 });
    await world.engine.receipts({ ...receipt, state: 'delivered', at: start + 9 });
    await world.engine.receipts({ ...receipt, state: 'failed', at: start + 9 });
    await world.engine.receipts({ channel: 'sms', messageId: 'not ours', state: 'read', at: start });
    await world.quiet();
    expect((await toAnna())[0]).toMatchObject({
      status: 'sent',
      via: { channel: 'whatsapp' },
      delivered: start + 1,
      read: start + 2,
    });
  });

  test('a send of unknown outcome goes no other way', async () => {
    await inviteWhen({ outcome: 'uncertain', error: 'ECONNRESET' });
    expect((await toAnna())[0]).toMatchObject({ status: 'uncertain', via: { channel: 'telegram' } });
    expect(world.sent.filter(({ channel }) => channel !== 'telegram')).toEqual([]);
  });

  test('copies go by mail and SMS beside the chat, and nothing goes twice the same way', async () => {
    await world.livePolicy.change({ inviteCopies: 'both' }, 'head');
    await invite();
    expect([sentBy('email'), sentBy('sms')]).toEqual([1, 1]);
  });

  test('what no chat took goes by mail once: its copy there is not sent', async () => {
    await world.livePolicy.change({ inviteCopies: 'both' }, 'head');
    for (const chat of ['telegram:7', 'whatsapp:+79161234567'])
      world.faults.set(chat, { outcome: 'refused', error: 'closed' });
    await invite();
    const booked = world.sent.filter(
      ({ channel, text }) => channel === 'email' && text.includes('Вы записаны'),
    );
    expect(booked).toHaveLength(1);
    expect(sentBy('sms')).toBe(1);
  });
});

/** The same, when Telegram answers so. */
async function inviteWhen(answer: SendResult): Promise<void> {
  world.faults.set('telegram:7', answer);
  await invite();
}
