import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { join } from 'node:path';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { makeReception, type Reception } from '../../runtime/makeReception.ts';
import { loadWords } from '../../runtime/words.ts';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { type OwnDatabase, ownDatabase } from '../support/ownDatabase.ts';

let store: OwnDatabase;
let world: EngineUnderTest;
let reception: Reception;
const start = Date.UTC(2026, 10, 24, 9);
const phone = '+79161234567';

beforeEach(async () => {
  store = await ownDatabase();
  world = await startEngine(store.uri, start, ['telegram', 'whatsapp']);
  const words = loadWords(join(import.meta.dirname, '../../locales'));
  const { db, clock, engine } = world;
  reception = makeReception({ db, clock, desk: engine.desk, words, policy: defaultPolicy });
});
afterEach(async () => {
  await world.close();
});

const hold = { keep: () => Promise.resolve(true), stands: () => undefined };
const known = (id: string, more: object = {}) =>
  world.db.candidates.insertOne({ ...newCandidate(id, defaultPolicy, start), phone, ...more });
const writes = async (channel: 'whatsapp' | 'telegram', address: string, id: string) => {
  const reach = { channel, address };
  await reception(id, { type: 'messageArrived', reach, person: {}, kind: 'text', text: 'hi' }, hold);
  const owner = await world.db.candidates.findOne({ 'channels.address': address });
  return owner?._id;
};

describe('[A-26] whose an unknown WhatsApp number is', () => {
  test('theirs whom a recruiter entered with it, and the chat stands with the history', async () => {
    await known('lead');
    expect(await writes('whatsapp', phone, 'wa:1')).toBe('lead');
    expect(await writes('whatsapp', phone, 'wa:2')).toBe('lead');
    await world.quiet();
    expect(await world.db.ledger.countDocuments({ what: 'channelFound' })).toBe(1);
  });

  test('nobody’s who has a chat elsewhere: a typed number proves nothing', async () => {
    await known('typed', { channels: [{ channel: 'telegram', address: '7' }] });
    expect(await writes('whatsapp', phone, 'wa:1')).not.toBe('typed');
    expect((await world.db.candidates.findOne({ _id: 'typed' }))?.channels).toHaveLength(1);
  });

  test('nobody’s when two were entered with it', async () => {
    await known('one');
    await known('two');
    expect(['one', 'two']).not.toContain(await writes('whatsapp', phone, 'wa:1'));
  });

  test('a Telegram chat is nobody’s by its number', async () => {
    await known('lead');
    expect(await writes('telegram', phone, 'tg:1')).not.toBe('lead');
  });
});
