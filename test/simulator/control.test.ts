import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Running, startSimulator } from './support/startSimulator.ts';

let sim: Running;
beforeAll(async () => {
  sim = await startSimulator();
});
afterAll(() => sim.stop());

const messages = async (person: number, query = '') =>
  (await sim.call('GET', `/sim/users/${person}/messages${query}`)).body;

describe('the control API', () => {
  test('nobody can write before a bot has come', async () => {
    const { body } = await sim.call('POST', '/sim/users', { name: 'Early', lang: 'en' });
    const answer = await sim.call('POST', `/sim/users/${body.id}/send`, { text: 'x' });
    expect(answer).toEqual({ status: 409, body: { error: 'no bot has called this server yet' } });
  });

  test('people are made, listed and renewed', async () => {
    const { body } = await sim.call('POST', '/sim/users', {
      name: 'Ivan Ivanov',
      lang: 'ru',
      phone: '+79160000000',
      username: 'ivan_i',
    });
    expect(String(body.id)).toMatch(/^\d{9}$/);
    await sim.call('POST', '/sim/users', { id: body.id, name: 'Ivan Petrov', lang: 'en' });
    const all = (await sim.call('GET', '/sim/users')).body;
    expect(all.find(({ id }: { id: number }) => id === body.id)).toEqual({
      id: body.id,
      name: 'Ivan Petrov',
      lang: 'en',
      started: false,
      blocked: false,
    });
  });

  test('messages are those after an id, or changed since a revision', async () => {
    const person = await sim.person();
    const sent = await sim.bot('sendMessage', { chat_id: person, text: 'one' });
    const [start, one] = await messages(person);
    expect([start.from, start.text, one.from, one.text]).toEqual(['user', '/start', 'bot', 'one']);
    expect(one).toMatchObject({
      id: sent.body.result.message_id,
      buttons: [],
      edited: false,
      date: expect.stringMatching(/^\d{4}-.*Z$/),
    });
    expect(await messages(person, `?after=${start.id}`)).toHaveLength(1);
    await sim.bot('editMessageText', { chat_id: person, message_id: one.id, text: 'two' });
    expect(await messages(person, `?since=${one.rev}`)).toMatchObject([
      { id: one.id, text: 'two', edited: true },
    ]);
    await sim.bot('deleteMessage', { chat_id: person, message_id: one.id });
    expect(await messages(person)).toHaveLength(1);
    expect(await messages(person, `?since=${one.rev}`)).toMatchObject([
      { id: one.id, deleted: true, text: '' },
    ]);
  });

  test('a tap presses as often and as parallel as told', async () => {
    const person = await sim.person();
    await sim.bot('getUpdates', { offset: -1 });
    const markup = {
      inline_keyboard: [
        [
          { text: 'A', callback_data: 'a' },
          { text: 'B', disabled: {} },
        ],
      ],
    };
    const { message_id } = (
      await sim.bot('sendMessage', { chat_id: person, text: 'x', reply_markup: markup })
    ).body.result;
    const tapped = sim.call('POST', `/sim/users/${person}/tap`, {
      messageId: message_id,
      label: 'A',
      times: 3,
    });
    const { result } = (await sim.bot('getUpdates', { offset: -3, timeout: 5 })).body;
    expect(new Set(result.map((update: any) => update.callback_query?.id)).size).toBe(result.length); // eslint-disable-line @typescript-eslint/no-explicit-any
    expect((await tapped).body).toEqual({ answers: [null, null, null] });
    const disabled = await sim.call('POST', `/sim/users/${person}/tap`, {
      messageId: message_id,
      label: 'B',
    });
    expect(disabled).toEqual({ status: 400, body: { error: 'this button sends nothing to the bot' } });
    const none = await sim.call('POST', `/sim/users/${person}/tap`, { messageId: message_id, data: 'z' });
    expect(none).toEqual({ status: 404, body: { error: `message ${message_id} has no such button` } });
  });

  test('a reply keyboard stays until it is removed', async () => {
    const person = await sim.person();
    const keyboard = { keyboard: [[{ text: 'A' }]], input_field_placeholder: 'p' };
    await sim.bot('sendMessage', { chat_id: person, text: 'k', reply_markup: keyboard });
    await sim.bot('sendMessage', { chat_id: person, text: 'later' });
    expect((await messages(person)).map((message: { keyboard?: unknown }) => message.keyboard)).toEqual([
      undefined,
      [[{ label: 'A' }]],
      undefined,
    ]);
    const { id } = (await messages(person)).at(-1);
    expect((await sim.call('POST', `/sim/users/${person}/tap`, { messageId: id, label: 'A' })).status).toBe(
      200,
    );
    await sim.bot('sendMessage', { chat_id: person, text: 'gone', reply_markup: { remove_keyboard: true } });
    expect((await sim.call('POST', `/sim/users/${person}/tap`, { messageId: id, label: 'A' })).status).toBe(
      404,
    );
  });

  test.each<[string, object, number, string]>([
    ['nothing', {}, 400, 'give exactly one of text, contact, file, voice, sticker'],
    [
      'two things',
      { voice: true, sticker: true },
      400,
      'give exactly one of text, contact, file, voice, sticker',
    ],
    ['an empty text', { text: ' ' }, 400, 'text: must not be empty'],
    ['a contact without a phone', { contact: true }, 400, 'this person has no phone to share'],
    ['an edit of nothing', { edit: 99, text: 'x' }, 404, 'this person has no message 99 to edit'],
    ['a reply to nothing', { replyTo: 99, text: 'x' }, 404, 'there is no message 99 to reply to'],
    [
      'a photo that is none',
      { file: { name: 'a.pdf', base64: 'eA==' }, photo: true },
      400,
      'a photo must be a .jpg or .png file',
    ],
  ])('a person cannot send %s', async (_name, body, status, error) => {
    const person = await sim.person();
    expect(await sim.call('POST', `/sim/users/${person}/send`, body)).toEqual({ status, body: { error } });
  });

  test('forwards and replies reach the bot as such', async () => {
    const person = await sim.person();
    const { message_id } = (await sim.bot('sendMessage', { chat_id: person, text: 'q' })).body.result;
    await sim.call('POST', `/sim/users/${person}/send`, { text: 'a', replyTo: message_id, forward: true });
    const { result } = (await sim.bot('getUpdates', { offset: -1 })).body;
    expect(result[0].message).toMatchObject({
      text: 'a',
      reply_to_message: { message_id, text: 'q' },
      forward_origin: { type: 'hidden_user' },
    });
  });

  test.each<[string, string, unknown, number]>([
    ['GET', '/sim/nothing', undefined, 404],
    ['DELETE', '/sim/users', undefined, 405],
    ['POST', '/sim/users', { name: '', lang: 'Russian' }, 400],
    ['GET', '/sim/users/1/messages', undefined, 404],
    ['POST', '/sim/faults', { kind: 'sulk' }, 400],
    ['POST', '/sim/clock', { advance: 'soon' }, 400],
    ['POST', '/sim/clock', {}, 400],
    ['POST', '/sim/clock', { to: '2001-01-01T00:00:00Z' }, 400],
    ['PUT', '/sim/demo', { vacancies: [{ title: 'x', start: 'два слова' }] }, 400],
  ])('%s %s with %j is %s', async (method, path, body, status) => {
    const answer = await sim.call(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatch(/^[ -~]{5,}$/);
  });

  test('a body that is not JSON is refused', async () => {
    const answer = await fetch(`${sim.url}/sim/users`, { method: 'POST', body: '{' });
    expect([answer.status, await answer.json()]).toEqual([400, { error: 'the body is not JSON' }]);
  });

  test('the ledger names every accepted send and edit', async () => {
    const person = await sim.person();
    const { message_id } = (
      await sim.bot('sendMessage', { chat_id: person, text: '<b>one</b>', parse_mode: 'HTML' })
    ).body.result;
    await sim.bot('editMessageText', { chat_id: person, message_id, text: 'two' });
    const all = (await sim.call('GET', '/sim/ledger')).body;
    expect(all.slice(-2)).toMatchObject([
      { chat: person, method: 'sendMessage', text: 'one', message: message_id },
      { chat: person, method: 'editMessageText', text: 'two', message: message_id },
    ]);
    expect((await sim.call('GET', `/sim/ledger?after=${all.at(-2).id}`)).body).toHaveLength(1);
  });

  test('the demo is what the product registered', async () => {
    const demo = {
      people: [{ id: 100000001, name: 'A', role: 'candidate' }],
      vacancies: [{ title: 'V', start: 'tok_1' }],
    };
    await sim.call('PUT', '/sim/demo', demo);
    expect((await sim.call('GET', '/sim/demo')).body).toEqual(demo);
  });

  test('the page hears of what happens', async () => {
    const person = await sim.person();
    const stream = await fetch(`${sim.url}/sim/events`);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    await sim.bot('sendMessage', { chat_id: person, text: 'news' });
    let heard = '';
    while (!heard.includes('"message"')) heard += (await reader?.read())?.value ?? '';
    expect(heard).toContain(`"user":${person}`);
    await reader?.cancel();
  });
});

test('every other path goes to the product as it is, once it has registered', async () => {
  const early = await sim.call('GET', '/api/vacancies');
  expect(early).toEqual({ status: 502, body: { error: 'the product has not registered yet' } });
  const product = createServer((req, res) => {
    let body = '';
    req.on('data', (chunk) => (body += String(chunk)));
    req.on('end', () => {
      res.writeHead(201, { 'content-type': 'application/json', 'x-own': 'kept' });
      res.end(JSON.stringify({ method: req.method, url: req.url, body, key: req.headers['x-key'] }));
    });
  });
  await new Promise<void>((resolve) => product.listen(0, '127.0.0.1', resolve));
  const address = product.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const joined = await sim.call('POST', '/sim/product', { url: `http://127.0.0.1:${port}/`, secret: 's' });
  expect(joined.body).toMatchObject({ offset: 0 });
  const answer = await fetch(`${sim.url}/api/x?y=1`, {
    method: 'PATCH',
    body: 'hello',
    headers: { 'x-key': 'k' },
  });
  expect([answer.status, answer.headers.get('x-own')]).toEqual([201, 'kept']);
  expect(await answer.json()).toEqual({ method: 'PATCH', url: '/api/x?y=1', body: 'hello', key: 'k' });
  product.closeAllConnections();
  product.close();
  expect((await sim.call('GET', '/health')).status).toBe(502);
});
