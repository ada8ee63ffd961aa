import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiUnderTest, startApi } from './startApi.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
const path = '/api/v1/vacancies/driver/costs';
const add = (body: unknown, more: { key?: string; headers?: Record<string, string> } = {}) =>
  api.call('POST', path, { body, ...more });

test('[A-23] what was spent is written down once, summed up by currency and source, with the cost of a hire', async () => {
  const empty = await api.call('GET', path, { key: api.reader });
  expect(empty).toMatchObject({ status: 200, body: { items: [], sums: [] } });
  const { application } = await api.lead('Иван Нанятый', { vacancy: 'driver' });
  await api.world.db.candidates.updateOne(
    { 'applications.id': application },
    { $set: { 'applications.0.stage': 'work', 'applications.0.source': 'hh' } },
  );
  const twice = { headers: { 'idempotency-key': 'cost-1' } };
  const first = await add({ amount: 12_000, source: 'hh', what: 'размещение' }, twice);
  expect(first.status).toBe(201);
  await add({ amount: 12_000, source: 'hh', what: 'размещение' }, twice);
  const last = await add({ amount: 100, currency: 'USD' });
  expect(last.body).toMatchObject({
    items: [
      { amount: 12_000, currency: 'RUB', source: 'hh', what: 'размещение', by: 'api:crm' },
      { amount: 100, currency: 'USD', what: '' },
    ],
    sums: [
      {
        currency: 'RUB',
        spent: 12_000,
        hires: 1,
        perHire: 12_000,
        sources: [{ source: 'hh', spent: 12_000, hires: 1 }],
      },
      { currency: 'USD', spent: 100 },
    ],
  });
});

test.each<[string, unknown]>([
  ['nothing', { amount: 0 }],
  ['below nothing', { amount: -5 }],
  ['no number', { amount: 'много' }],
  ['a currency that is none', { amount: 5, currency: 'рубли' }],
  ['a field too many', { amount: 5, note: 'x' }],
  ['words without end', { amount: 5, what: 'я'.repeat(201) }],
])('[A-23] refused: %s', async (_name, body) => {
  expect(await add(body)).toMatchObject({ status: 400, body: { code: 'invalidRequest' } });
});

test('[A-23] a reader adds nothing; a vacancy that is not there has no costs', async () => {
  expect((await add({ amount: 5 }, { key: api.reader })).status).toBe(403);
  expect((await api.call('GET', '/api/v1/vacancies/none/costs')).body.code).toBe('noSuchVacancy');
  const missing = await api.call('POST', '/api/v1/vacancies/none/costs', { body: { amount: 5 } });
  expect(missing.body.code).toBe('noSuchVacancy');
});
