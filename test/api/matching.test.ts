import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiUnderTest, type Reply, startApi } from './startApi.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
const get = (path: string, key = api.reader): Promise<Reply> => api.call('GET', `/api/v1${path}`, { key });
const offer = (candidates: string[], member?: string, key?: string) =>
  api.call('POST', '/api/v1/vacancies/driver/offers', {
    body: { candidates },
    ...(member && { headers: { 'x-member': member } }),
    ...(key && { headers: { 'idempotency-key': key } }),
  });

/** Somebody who drove before, and was set aside: with a chat and consent unless `mute`. */
async function reserved(name: string, mute = false): Promise<string> {
  const { candidate, application } = await api.lead(name, { vacancy: 'driver' });
  await api.call('POST', `/api/v1/applications/${application}/reserve`);
  if (!mute)
    await api.world.db.candidates.updateOne(
      { _id: candidate },
      {
        $set: {
          consent: { version: '2026-1', at: api.world.clock.now() },
          channels: [{ channel: 'telegram' as const, address: candidate }],
        },
      },
    );
  return candidate;
}

describe('people of the base by the API', () => {
  test('[A-24] [P-20] proposed with reasons in words, offered to some, each once; what they said', async () => {
    const [anna, boris] = [await reserved('Анна Рулева'), await reserved('Борис Молчун', true)];
    const found = await get('/vacancies/driver/matches');
    expect(found).toMatchObject({ status: 200 });
    const mine = found.body.items.filter(({ candidate }) => candidate === anna || candidate === boris);
    expect(mine).toMatchObject([
      { name: expect.any(String), points: expect.any(Number), reasons: expect.any(Array) },
      {},
    ]);
    const byId = Object.fromEntries(mine.map((one) => [one.candidate, one]));
    expect([byId[anna], byId[boris]]).toMatchObject([{ reachable: true }, { reachable: false }]);
    expect(JSON.stringify(mine)).not.toMatch(/match\.reason|<b>/);
    expect((await get('/vacancies/driver/matches?limit=1')).body.items).toHaveLength(1);
    const sent = await offer([anna, boris, anna, 'nobody'], undefined, 'o-1');
    expect(sent.body.items).toEqual([
      { candidate: anna, result: 'sent' },
      { candidate: boris, result: 'cannotReach' },
      { candidate: 'nobody', result: 'noSuchCandidate' },
    ]);
    await api.world.quiet();
    expect((await offer([anna, boris, anna, 'nobody'], undefined, 'o-1')).body.items[0]).toMatchObject({
      result: 'sent',
    });
    expect((await offer([anna])).body.items).toEqual([{ candidate: anna, result: 'alreadyOffered' }]);
    await api.world.quiet();
    expect(api.world.sent.filter(({ to }) => to === anna && to !== '')).toHaveLength(1);
    await api.world.happen(anna, { type: 'buttonTapped', data: 'o:driver:later' });
    expect((await get('/vacancies/driver/offers')).body.items).toMatchObject([
      { candidate: anna, by: 'api:crm', answer: 'later' },
    ]);
  });

  test('[A-24] refused: a recruiter of other vacancies, a closed vacancy, a reader', async () => {
    const vera = await reserved('Вера Запасная');
    await api.world.db.vacancies.updateOne({ _id: 'driver' }, { $set: { recruiters: ['recruiter1'] } });
    expect((await offer([vera], 'recruiter2')).body.items).toEqual([
      { candidate: vera, result: 'notAllowed' },
    ]);
    expect((await offer([vera], 'recruiter1')).body.items).toEqual([{ candidate: vera, result: 'sent' }]);
    expect((await get('/vacancies/none/matches')).status).toBe(404);
    const reading = await api.call('POST', '/api/v1/vacancies/driver/offers', {
      body: { candidates: [vera] },
      key: api.reader,
    });
    expect(reading.status).toBe(403);
  });
});

describe('the waiting line by the API', () => {
  test('[X-08] who asked first comes first; what is kept for them is shown', async () => {
    const now = api.world.clock.now();
    const [one, two] = [await api.lead('Глеб Ранний'), await api.lead('Дина Поздняя')];
    const waits = (application: string, since: number, more: object = {}) =>
      api.world.db.candidates.updateOne(
        { 'applications.id': application },
        {
          $set: Object.fromEntries(
            Object.entries({ stage: 'invited', waiting: { since, format: 'office' }, ...more }).map(
              ([name, value]) => [`applications.0.${name}`, value],
            ),
          ),
        },
      );
    await waits(two.application, now - 1_000);
    const kept = { interviewer: 'recruiter1', start: now + 3_600_000, format: 'office', until: now + 60_000 };
    await waits(one.application, now - 5_000, { offer: { ...kept, asked: now } });
    const { body } = await get('/vacancies/cook/line');
    expect(body.items).toMatchObject([
      {
        application: one.application,
        name: 'Глеб Ранний',
        format: 'office',
        offer: { interviewer: 'recruiter1', until: new Date(now + 60_000).toISOString() },
      },
      { application: two.application },
    ]);
    expect((await get('/vacancies/driver/line')).body.items).toEqual([]);
    expect((await get('/vacancies/none/line')).status).toBe(404);
  });
});
