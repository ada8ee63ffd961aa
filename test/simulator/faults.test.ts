import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Running, startSimulator, TOKEN } from './support/startSimulator.ts';

let sim: Running;
let person: number;
beforeAll(async () => {
  sim = await startSimulator();
});
afterAll(() => sim.stop());
beforeEach(async () => {
  await sim.call('DELETE', '/sim/faults');
  person = await sim.person();
});

const fault = (body: object) => sim.call('POST', '/sim/faults', body);
const send = (text = 'x') => sim.bot('sendMessage', { chat_id: person, text });
const arrived = async () =>
  (await sim.call('GET', '/sim/ledger')).body.filter(({ chat }: { chat: number }) => chat === person).length;

describe('the server fails as told', () => {
  test('429 so many times, with retry_after', async () => {
    await fault({ method: 'sendMessage', kind: '429', times: 2, retryAfter: 7 });
    for (const text of ['a', 'b'])
      expect((await send(text)).body).toEqual({
        ok: false,
        error_code: 429,
        description: 'Too Many Requests: retry after 7',
        parameters: { retry_after: 7 },
      });
    expect((await send()).body.ok).toBe(true);
    expect(await arrived()).toBe(1);
  });

  test('500 with the JSON of Telegram', async () => {
    await fault({ method: 'SENDMESSAGE', kind: '500', times: 1 });
    expect(await send()).toEqual({
      status: 500,
      body: { ok: false, error_code: 500, description: 'Internal Server Error' },
    });
    expect(await arrived()).toBe(0);
  });

  test('502 with the HTML of a gateway', async () => {
    await fault({ method: '*', kind: '502-html', times: 1 });
    const answer = await fetch(`${sim.url}/bot${TOKEN}/getMe`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([502, 'text/html']);
    expect(await answer.text()).toContain('502 Bad Gateway');
  });

  test('403 as if blocked', async () => {
    await fault({ method: 'sendMessage', kind: '403', times: 1 });
    expect((await send()).body.description).toBe('Forbidden: bot was blocked by the user');
  });

  test('the connection drops before the message counts', async () => {
    await fault({ method: 'sendMessage', kind: 'drop-before', times: 1 });
    await expect(send()).rejects.toThrow('fetch failed');
    expect(await arrived()).toBe(0);
  });

  test('the connection drops after the message was accepted', async () => {
    await fault({ method: 'sendMessage', kind: 'drop-after', times: 1 });
    await expect(send('arrived')).rejects.toThrow('fetch failed');
    expect(await arrived()).toBe(1);
    expect((await sim.call('GET', `/sim/users/${person}/messages`)).body.at(-1).text).toBe('arrived');
  });

  test('a slow answer holds the idle state until it is out', async () => {
    await fault({ method: 'sendMessage', kind: 'slow', times: 1, delay: 700 });
    const started = performance.now();
    let answered = false;
    const answer = send().then((result) => {
      answered = true;
      return result;
    });
    const early = await sim.call('GET', '/sim/idle?timeout=150');
    expect(early.status).toBe(504);
    expect(early.body).toMatchObject({ idle: false, waiting: { heldAnswers: 1 } });
    await sim.call('GET', '/sim/idle');
    expect(answered || performance.now() - started >= 690).toBe(true);
    expect((await answer).body.ok).toBe(true);
  });

  test('only in the chat that was named', async () => {
    const other = await sim.person();
    await fault({ method: 'sendMessage', kind: '500', times: 1, chat: other });
    expect((await send()).status).toBe(200);
    expect((await sim.bot('sendMessage', { chat_id: other, text: 'x' })).status).toBe(500);
  });

  test('an update is delivered twice, once more after it was confirmed', async () => {
    const poll = async (offset: number): Promise<number[]> =>
      (await sim.bot('getUpdates', { offset })).body.result.map(
        (update: { update_id: number }) => update.update_id,
      );
    const before = await poll(0);
    await fault({ kind: 'duplicate-update', times: 1 });
    const { body } = await sim.call('POST', `/sim/users/${person}/send`, { text: 'twice' });
    const once = (await sim.call('POST', `/sim/users/${person}/send`, { text: 'once' })).body.updateId;
    expect(await poll((before.at(-1) ?? 0) + 1)).toEqual([body.updateId, once]);
    expect(await poll(once + 1)).toEqual([body.updateId]);
    expect(await poll(once + 1)).toEqual([]);
  });

  test('the list of faults can be seen and cleared', async () => {
    await fault({ method: 'sendMessage', kind: '500', times: 3 });
    expect((await sim.call('GET', '/sim/faults')).body).toMatchObject([{ kind: '500', times: 3 }]);
    await sim.call('DELETE', '/sim/faults');
    expect((await send()).status).toBe(200);
  });
});
