import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiUnderTest, startApi } from './startApi.ts';

let t: ApiUnderTest;
beforeAll(async () => {
  t = await startApi();
});
afterAll(() => t.close());

const put = (vacancy: string, posting: string, key?: string) =>
  t.call('POST', `/api/v1/vacancies/${vacancy}/postings`, { body: { posting }, ...(key && { key }) });

test('[P-01] [X-02] sources, who waits, and the postings of a vacancy', async () => {
  t.avito.respond({ name: 'Анна', phone: '+79165550011' });
  await t.deps.sources.tick();
  const sources = await t.call('GET', '/api/v1/sources');
  expect(sources.body.items).toEqual([
    { source: 'hh', connected: false, today: 0, waiting: 0 },
    { source: 'avito', connected: true, readAt: expect.any(String), today: 1, waiting: 1 },
    { source: 'novofon', connected: false, today: 0, waiting: 0 },
  ]);
  const waiting = await t.call('GET', '/api/v1/postings', { key: t.reader });
  expect(waiting.body.items).toMatchObject([
    { source: 'avito', id: '1234567890', status: 'asked', people: [{ name: 'Анна', phone: '+79165550011' }] },
  ]);
  const added = await put('cook', 'https://www.avito.ru/moskva/povar_1234567890');
  expect(added.status).toBe(201);
  expect(added.body).toMatchObject({ postings: [{ source: 'avito', id: '1234567890' }] });
  await t.deps.sources.tick();
  const found = await t.world.db.candidates.findOne({ phone: '+79165550011' });
  const application = found?.applications[0]?.id ?? '';
  expect((await t.call('GET', `/api/v1/applications/${application}`)).body).toMatchObject({
    vacancy: 'cook',
    source: 'avito',
    arrivals: [{ source: 'avito', links: [] }],
  });
  expect(await put('driver', 'avito.ru/items/1234567890')).toMatchObject({
    status: 409,
    body: { code: 'postingTaken' },
  });
  expect(await put('driver', 'nonsense')).toMatchObject({ status: 400, body: { code: 'badPosting' } });
  expect(await put('nobody', 'hh.ru/vacancy/1')).toMatchObject({
    status: 404,
    body: { code: 'noSuchVacancy' },
  });
  expect(await put('driver', 'hh.ru/vacancy/1', t.reader)).toMatchObject({ status: 403 });
  const dropped = await t.call('DELETE', '/api/v1/vacancies/cook/postings/avito/1234567890');
  expect(dropped.body).toMatchObject({ postings: [] });
});

test('[P-01] an ad that is not ours, and is after all', async () => {
  const posting = { source: 'avito', id: '7654321' };
  await t.deps.sources.ring('avito');
  t.avito.respond({ vacancy: posting.id, name: 'Олег', phone: '+79165550022' });
  await t.deps.sources.tick();
  const turn = (to: string, body: object, more = {}) =>
    t.call('POST', `/api/v1/postings/${to}`, { body, ...more });
  const key = { headers: { 'Idempotency-Key': 'away' } };
  const away = await turn('not-ours', posting, key);
  expect(away).toMatchObject({
    status: 200,
    body: { ...posting, status: 'notOurs', people: [{ name: 'Олег' }] },
  });
  expect(await t.world.db.found.findOne({ posting: 'avito:7654321' })).toMatchObject({ status: 'dropped' });
  const back = await turn('ours', posting);
  expect(back).toMatchObject({ status: 200, body: { status: 'asked', people: [{ name: 'Олег' }] } });
  expect(await t.world.db.found.findOne({ posting: 'avito:7654321' })).toMatchObject({ status: 'waiting' });
  // Said again with the same key, it is not done again.
  expect((await turn('not-ours', posting, key)).body).toMatchObject({ status: 'asked' });
  expect(await turn('not-ours', { ...posting, id: '1' })).toMatchObject({
    status: 404,
    body: { code: 'noSuchPosting' },
  });
  expect((await turn('not-ours', { ...posting, source: 'superjob' })).status).toBe(400);
  expect((await turn('ours', posting, { key: t.reader })).status).toBe(403);
  expect((await put('cook', 'avito.ru/items/7654321')).status).toBe(201);
  expect(await turn('not-ours', posting)).toMatchObject({ status: 409, body: { code: 'postingTaken' } });
  await t.deps.sources.tick();
  expect((await turn('ours', posting)).body.code).toBe('noSuchPosting');
  const facts = await t.world.db.ledger.find({ what: { $in: ['postingNotOurs', 'postingOurs'] } }).toArray();
  expect(facts.map(({ what, by }) => [what, by])).toEqual([
    ['postingNotOurs', 'api:crm'],
    ['postingOurs', 'api:crm'],
  ]);
});
