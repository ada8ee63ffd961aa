import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeAvitoClient } from '../../intake/avito/avitoClient.ts';
import { leadOfResponse, readResponses } from '../../intake/avito/avitoResponse.ts';
import { makeAvito } from '../../intake/avito/makeAvito.ts';
import { AnswerRefused, type Source, SourceError } from '../../intake/source.ts';
import { makeClock } from '../../runtime/clock.ts';
import { type Running, startSimulator } from '../simulator/support/startSimulator.ts';

const account = { clientId: 'id', clientSecret: 'very-secret' };
let sim: Running;
let clock = makeClock();
let avito: Source;
let logged: object[];
const open = (
  more: { hook?: { url: string; secret: string }; clientSecret?: string; root?: string } = {},
) => {
  const { hook, ...given } = more;
  const client = makeAvitoClient({
    account: { root: `${sim.url}/avito`, ...account, ...given },
    clock,
    patience: 300,
  });
  return makeAvito({ client, clock, log: (line) => logged.push(line), ...(hook && { hook }) });
};
const respond = async (more: object = {}): Promise<string> => {
  const { body } = await sim.call('POST', '/sim/avito/responses', {
    vacancy: 1234567890,
    first: 'Анна',
    ...more,
  });
  return body.id;
};
const why = (source: Source) => source.read(undefined).catch((error: unknown) => error);
/** Both clocks go on. */
const later = async (advance: string): Promise<void> => {
  clock = makeClock((await sim.call('POST', '/sim/clock', { advance })).body.offset);
  avito = open();
};
const fault = (kind: string, times = 1) => sim.call('POST', '/sim/avito/faults', { kind, times });

beforeAll(async () => {
  sim = await startSimulator();
});
afterAll(() => sim.stop());
beforeEach(() => {
  clock = makeClock();
  logged = [];
  avito = open();
});

describe('responses on Avito', () => {
  test('[P-01] are read with name, phone, chat, résumé and answers, and once more only when they change', async () => {
    const id = await respond({
      last: 'Смирнова',
      phone: '+7 916 555-00-11',
      chat: 'u2i-1-2',
      resume: 54312,
      answers: [{ label: 'Город', value: 'Казань' }],
    });
    const first = await avito.read(undefined);
    expect(first.leads).toEqual([
      {
        id,
        at: expect.any(Date),
        vacancy: '1234567890',
        name: 'Анна Смирнова',
        phone: '+79165550011',
        note: 'Город: Казань',
        links: [
          { kind: 'resume', url: 'https://www.avito.ru/items/54312' },
          { kind: 'chat', url: 'https://www.avito.ru/profile/messenger/channel/u2i-1-2' },
        ],
      },
    ]);
    await later('3h');
    const nothing = await avito.read(first.cursor);
    expect(nothing.leads.map((lead) => lead.id)).toEqual([id]);
    const second = await respond({ first: 'Борис' });
    const next = await avito.read(nothing.cursor);
    expect(next.leads.map((lead) => lead.id)).toEqual([id, second]);
    expect((await avito.read(next.cursor)).leads.map((lead) => lead.id)).toEqual([second]);
  });

  test('[P-01] come in any number, over pages that overlap, the oldest first', async () => {
    for (let count = 0; count < 130; count += 1) await respond({ first: `Имя${count}`, vacancy: 7 });
    const { leads } = await avito.read(undefined);
    const mine = leads.filter(({ vacancy }) => vacancy === '7');
    const names = Array.from({ length: 130 }, (_, index) => `Имя${index}`);
    expect(mine.map(({ name }) => name).sort()).toEqual(names.sort());
    const times = leads.map(({ at }) => at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test('[P-01] of before we were connected are none of ours, even when they change now', async () => {
    const old = await respond({ first: 'Давний' });
    await later('30h');
    const first = await avito.read(undefined);
    await sim.call('PUT', `/sim/avito/responses/${old}`, { phone: '+79165550099' });
    const after = await avito.read(first.cursor);
    expect([...first.leads, ...after.leads].map(({ id }) => id)).not.toContain(old);
  });

  test('[P-01] a cursor nobody understands begins anew', async () => {
    const id = await respond();
    for (const cursor of ['', '{', '{"since":"x"}'])
      expect((await avito.read(cursor)).leads.map((lead) => lead.id)).toContain(id);
  });
});

describe('what Avito answers wrongly', () => {
  test.each([
    ['silent', 'noAnswer'],
    ['html', 'noAnswer'],
    ['odd', 'noAnswer'],
    ['unpaid', 'paid'],
    ['no-rights', 'paid'],
    ['too-many', 'limit'],
  ])('[P-01] %s: %s; nothing of what it said is quoted', async (kind, expected) => {
    await avito.read(undefined);
    // A token may have ended: it is asked for anew once.
    await fault(kind, kind === 'no-rights' ? 2 : 1);
    const error = await why(avito);
    expect(error).toBeInstanceOf(SourceError);
    expect(error).toMatchObject({ why: expected, ...(kind === 'too-many' && { retryAfter: 60 }) });
    expect(JSON.stringify([String(error), logged])).not.toContain('very-secret');
    expect(await avito.read(undefined)).toMatchObject({ cursor: expect.any(String) });
  });

  test('[P-01] a token that ended is asked for anew, unseen; a wrong secret is told as one', async () => {
    await avito.read(undefined);
    await fault('token-ended');
    expect(await avito.read(undefined)).toMatchObject({ cursor: expect.any(String) });
    expect(await why(open({ clientSecret: 'wrong' }))).toMatchObject({ why: 'wrongKey' });
  });

  test('[P-01] nobody there is no answer', async () => {
    expect(await why(open({ root: 'http://127.0.0.1:9' }))).toMatchObject({ why: 'noAnswer' });
  });

  test('[P-01] its hook is asked for once, and rings with each response', async () => {
    const rung: string[] = [];
    const server = createServer((request, response) => {
      rung.push(request.url ?? '');
      response.end('ok');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const source = open({ hook: { url: `http://127.0.0.1:${port}/hook/s`, secret: 'ours' } });
    await source.read(undefined);
    await source.read(undefined);
    await respond();
    await expect.poll(() => rung).toEqual(['/hook/s']);
    server.close();
  });

  test('[P-01] a hook that is refused stops no read', async () => {
    const source = open({ hook: { url: 'no address', secret: 'ours' } });
    expect(await source.read(undefined)).toMatchObject({ cursor: expect.any(String) });
    expect(logged).toEqual([expect.objectContaining({ avito: 'no hook' })]);
  });
});

describe('an answer in the chat of Avito', () => {
  const answer = (id: string, text: string) => avito.answer?.(id, { kind: 'invite', text });
  const written = async (chat: string): Promise<string[]> =>
    (await sim.call('GET', '/sim/avito/messages')).body
      .filter((one: { chat: string }) => one.chat === chat)
      .map(({ text }: { text: string }) => text);

  test('[P-03] is written once, however often it is told and whatever was not heard', async () => {
    const id = await respond({ chat: 'u2i-1' });
    await fault('drop-after');
    await expect(answer(id, 'Приглашаем')).rejects.toMatchObject({ why: 'noAnswer' });
    await answer(id, 'Приглашаем');
    await answer(id, 'Приглашаем');
    expect(await written('u2i-1')).toEqual(['Приглашаем']);
    await answer(id, 'Ждём завтра');
    expect(await written('u2i-1')).toEqual(['Приглашаем', 'Ждём завтра']);
  });

  test('[P-03] is written in pieces that Avito takes, its link whole', async () => {
    const id = await respond({ chat: 'u2i-2' });
    const link = `https://example.com/p/${'x'.repeat(100)}`;
    const text = `${'слово '.repeat(160)}\n${link}`;
    await answer(id, text);
    const parts = await written('u2i-2');
    expect(parts).toHaveLength(2);
    expect(parts.every((part) => part.length <= 1000)).toBe(true);
    expect(parts.at(-1)).toContain(link);
    expect(parts.join(' ').split(/\s+/)).toEqual(text.split(/\s+/));
  });

  test('[P-03] cannot be given where there is no chat, and is not where Avito wants money', async () => {
    await expect(answer(await respond({ phone: '+79165550011' }), 'x')).rejects.toBeInstanceOf(AnswerRefused);
    await expect(answer('nobody', 'x')).rejects.toBeInstanceOf(AnswerRefused);
    const id = await respond({ chat: 'u2i-3' });
    await fault('unpaid');
    await expect(answer(id, 'x')).rejects.toMatchObject({ why: 'paid' });
    await answer(id, 'x');
    expect(await written('u2i-3')).toEqual(['x']);
  });
});

test.each([
  [{}, undefined],
  [{ id: '' }, undefined],
  [{ id: 'a' }, { id: 'a', at: new Date(5) }],
  [
    { id: 'a', vacancy_id: 12, created_at: 'soon', applicant: 7, contacts: 'x' },
    { id: 'a', at: new Date(5), vacancy: '12' },
  ],
  [
    {
      id: 'a',
      applicant: { data: { name: 'Иванов Иван', full_name: null } },
      contacts: { phones: [{ value: null }] },
    },
    { id: 'a', at: new Date(5), name: 'Иванов Иван' },
  ],
  [
    { id: 'a', contacts: { phones: ['?', { value: 72002000014 }], chat: {} } },
    { id: 'a', at: new Date(5), phone: '+72002000014' },
  ],
])('[P-01] an odd response is read as far as it goes: %j', (said, wanted) => {
  expect(readResponses([said]).map((one) => leadOfResponse(one, 5))).toEqual(wanted ? [wanted] : []);
});
