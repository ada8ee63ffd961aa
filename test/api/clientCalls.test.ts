import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiUnderTest, type Reply, startApi } from './startApi.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
const post = (path: string, body?: unknown, key?: string): Promise<Reply> =>
  api.call('POST', `/api/v1${path}`, { body, ...(key && { key }) });

describe('calls with clients by the API', () => {
  test('[C-01] [C-03] [C-05] [C-06] planned, moved, written up, ticked, read; the terms stand on the application', async () => {
    const { application } = await api.lead('Иван Нанятый');
    const start = new Date(api.world.clock.now() + 86_400_000).toISOString();
    const body = {
      kind: 'interview',
      start,
      manager: 'recruiter1',
      company: 'Ромашка',
      people: [application],
    };
    const planned = await post('/client-calls', body);
    expect(planned).toMatchObject({ status: 201, body: { kind: 'interview', people: [application] } });
    const { id } = planned.body;
    expect(await post(`/client-calls/${id}/move`, { start: '2020-01-01T00:00:00Z' })).toMatchObject({
      status: 409,
      body: { code: 'slotInPast' },
    });
    expect((await post(`/client-calls/${id}/move`, { start })).status).toBe(200);
    const terms = { price: 1500, currency: 'USD', contract: 'https://example.com/1' };
    const people = [{ application, summary: 'Опыт', result: 'Берут', verdict: 'hired', terms }];
    expect(
      await post(`/client-calls/${id}/report`, { answers: { asked: 'портфолио' }, people }),
    ).toMatchObject({
      status: 200,
      body: {
        result: { mark: 'freshResults' },
        todo: [{ id: 'asked', text: 'портфолио' }, { id: 'contract' }, { id: 'introductory' }],
      },
    });
    expect((await post(`/client-calls/${id}/tick`, { todo: 'contract', on: true })).status).toBe(200);
    await api.world.quiet();
    const kept = await api.call('GET', `/api/v1/applications/${application}`);
    expect(kept.body).toMatchObject({
      notes: [{ text: 'Опыт – Берут' }],
      fields: expect.arrayContaining([expect.objectContaining({ field: 'price', value: 1500 })]),
    });
    const list = await api.call('GET', `/api/v1/client-calls?from=${start}`, { key: api.reader });
    expect(list.body.items.map((one) => one.id)).toEqual([id]);
    expect((await api.call('GET', `/api/v1/client-calls/${id}`)).status).toBe(200);
  });

  test('[C-01] the same refusals: nobody there, no such call, candidates at a first call, a reader may not', async () => {
    const start = new Date(api.world.clock.now() + 86_400_000).toISOString();
    const body = { kind: 'first', start, manager: 'recruiter1', company: 'Р' };
    expect(await post('/client-calls', { ...body, people: ['nobody'] })).toMatchObject({ status: 404 });
    expect(await post('/client-calls', { ...body, manager: 'nobody' })).toMatchObject({
      status: 404,
      body: { code: 'noSuchMember' },
    });
    const { application } = await api.lead('Пётр Лишний');
    expect(await post('/client-calls', { ...body, people: [application] })).toMatchObject({
      status: 409,
      body: { code: 'noPeopleHere' },
    });
    expect(await post('/client-calls/nothing/cancel')).toMatchObject({
      status: 404,
      body: { code: 'noSuchCall' },
    });
    expect((await post('/client-calls', body, api.reader)).status).toBe(403);
    const { id } = (await post('/client-calls', body)).body;
    expect(await post(`/client-calls/${id}/report`, { answers: {} })).toMatchObject({
      body: { code: 'missing' },
    });
    expect((await post(`/client-calls/${id}/cancel`)).status).toBe(200);
    expect(await post(`/client-calls/${id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'callOver' },
    });
  });
});
