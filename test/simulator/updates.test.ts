import { createServer, type IncomingMessage, type Server } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Running, startSimulator } from './support/startSimulator.ts';

let sim: Running;
let token: string;
let person: number;
let bots = 0;
beforeAll(async () => {
  sim = await startSimulator();
});
afterAll(() => sim.stop());
beforeEach(async () => {
  // Each test has a bot of its own, which people write to from now on.
  bots += 1;
  token = `${bots}:test-token`;
  await call('getMe');
  person = await somebody();
});

const call = (method: string, params: object = {}) => sim.bot(method, params, token);
const somebody = async () =>
  (await sim.call('POST', '/sim/users', { name: 'Anna', lang: 'ru' })).body.id as number;
const say = async (text: string, who = person) =>
  (await sim.call('POST', `/sim/users/${who}/send`, { text })).body.updateId as number;
const poll = async (params: object = {}) => {
  const { body } = await call('getUpdates', params);
  return body.ok ? body.result.map((update: any) => update.message?.text ?? Object.keys(update)[1]) : body; // eslint-disable-line @typescript-eslint/no-explicit-any
};

describe('getUpdates', () => {
  test('gives the same until an offset confirms it', async () => {
    const [first, second] = [await say('a'), await say('b')];
    expect(second).toBe(first + 1);
    expect(await poll()).toEqual(['a', 'b']);
    expect(await poll({ limit: 1 })).toEqual(['a']);
    expect(await poll({ offset: second })).toEqual(['b']);
    expect(await poll()).toEqual(['b']);
    expect(await poll({ offset: second + 1 })).toEqual([]);
    expect(await poll()).toEqual([]);
  });

  test('counts a negative offset from the end and forgets what lies before', async () => {
    for (const text of ['a', 'b', 'c']) await say(text);
    expect(await poll({ offset: -1 })).toEqual(['c']);
    expect(await poll()).toEqual(['c']);
  });

  test('is held until something comes', async () => {
    const held = poll({ timeout: 20 });
    await say('late');
    expect(await held).toEqual(['late']);
  });

  test('ends an earlier one with 409', async () => {
    const first = poll({ timeout: 20 });
    const second = poll({ timeout: 20 });
    expect(await first).toMatchObject({
      error_code: 409,
      description:
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
    });
    await say('x');
    expect(await second).toEqual(['x']);
  });

  test('makes only the kinds of update that were asked for', async () => {
    await poll({ allowed_updates: ['message'] });
    await say('a');
    await sim.call('POST', `/sim/users/${person}/block`);
    expect(await poll()).toEqual(['a']);
    await poll({ allowed_updates: [] });
    await sim.call('POST', `/sim/users/${person}/unblock`);
    expect(await poll()).toEqual(['a', 'my_chat_member']);
  });

  test('keeps the updates of two bots apart', async () => {
    await sim.bot('getMe', {}, '7700:other');
    await say('to the other');
    expect(await poll()).toEqual([]);
    expect((await sim.bot('getUpdates', {}, '7700:other')).body.result).toHaveLength(1);
  });
});

describe('a webhook', () => {
  let server: Server;
  let hook: string;
  let got: { text: string; secret: string | undefined }[];
  let status: (text: string) => number;
  let reply: string;
  beforeEach(async () => {
    got = [];
    status = () => 200;
    reply = '';
    server = createServer((req, res) => {
      void read(req).then((body) => {
        const text = JSON.parse(body).message.text;
        got.push({ text, secret: req.headers['x-telegram-bot-api-secret-token']?.toString() });
        res.writeHead(status(text), { 'content-type': 'application/json' }).end(reply);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    hook = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/hook`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  const texts = () => got.map(({ text }) => text);

  test('gets updates in the order of each chat, with the secret, and nobody may poll', async () => {
    await call('setWebhook', { url: hook, secret_token: 'S-1_x' });
    const other = await somebody();
    await Promise.all([1, 2, 3, 4, 5].flatMap((n) => [say(`a${n}`), say(`b${n}`, other)]));
    await eventually(texts, (all) => all.length === 10);
    for (const side of ['a', 'b']) {
      const own = texts().filter((text) => text.startsWith(side));
      expect(own).toEqual([...own].sort());
    }
    expect(new Set(got.map(({ secret }) => secret))).toEqual(new Set(['S-1_x']));
    expect(await poll()).toMatchObject({
      error_code: 409,
      description:
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
    });
    expect((await call('getWebhookInfo')).body.result.pending_update_count).toBe(0);
  });

  test('is tried again until it answers 2xx; other chats do not wait for it', async () => {
    const other = await somebody();
    let failures = 2;
    status = (text) => (text === 'bad' && (failures -= 1) >= 0 ? 500 : 200);
    await call('setWebhook', { url: hook });
    await say('bad');
    await say('after');
    await say('other', other);
    await eventually(texts, (all) => all.includes('after'));
    expect(texts().filter((text) => text !== 'other')).toEqual(['bad', 'bad', 'bad', 'after']);
    const { body } = await call('getWebhookInfo');
    expect(body.result).toMatchObject({
      url: hook,
      last_error_message: 'Wrong response from the webhook: 500 Internal Server Error',
    });
  });

  test('may answer with a call', async () => {
    reply = JSON.stringify({ method: 'sendMessage', chat_id: person, text: 'from the answer' });
    await call('setWebhook', { url: hook });
    await say('hi');
    const seen = () => sim.call('GET', `/sim/users/${person}/messages`);
    await eventually(seen, ({ body }) => body.at(-1).text === 'from the answer');
  });

  test('is taken away by deleteWebhook, with or without what waits', async () => {
    status = () => 503;
    await call('setWebhook', { url: hook });
    await say('a');
    await call('deleteWebhook');
    expect(await poll()).toEqual(['a']);
    await call('deleteWebhook', { drop_pending_updates: true });
    expect(await poll()).toEqual([]);
  });

  test('refuses a secret with strange characters', async () => {
    const { body } = await call('setWebhook', { url: hook, secret_token: 'a b' });
    expect(body.description).toBe('Bad Request: secret token contains unallowed characters');
  });
});

async function read(req: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of req) body += String(chunk);
  return body;
}
