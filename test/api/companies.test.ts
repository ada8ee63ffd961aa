import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ApiUnderTest, type Reply, startApi } from './startApi.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  await api.world.db.companies.deleteMany({});
});
const call = (method: string, path: string, body?: unknown, more: { key?: string; once?: string } = {}) =>
  api.call(method, `/api/v1${path}`, {
    body,
    ...(more.key && { key: more.key }),
    ...(more.once && { headers: { 'idempotency-key': more.once } }),
  });
const add = (body: object, once?: string): Promise<Reply> =>
  call('POST', '/companies', body, once === undefined ? {} : { once });
const inn = '7707 083 893';

describe('companies by the API', () => {
  test('[A-23] [B-14] added once, read, found by name and INN, changed as a whole or not at all', async () => {
    const made = await add({ name: 'ООО «Ромашка»', inn, owner: 'recruiter1' }, 'once-1');
    expect(made).toMatchObject({
      status: 201,
      body: { fields: { name: 'ООО «Ромашка»', inn: '7707083893' }, owner: 'recruiter1', archived: false },
    });
    const { id } = made.body;
    expect((await add({ name: 'ООО «Ромашка»', inn, owner: 'recruiter1' }, 'once-1')).body.id).toBe(id);
    for (const q of ['ромашка', 'ООО РОМАШКА', '77070'])
      expect(
        (await call('GET', `/companies?q=${encodeURIComponent(q)}`, undefined, { key: api.reader })).body
          .items,
      ).toMatchObject([{ id }]);
    expect((await call('GET', '/companies?q=ландыш')).body.items).toEqual([]);
    expect(await call('PATCH', `/companies/${id}`, { kpp: '773601001', ogrn: '1' })).toMatchObject({
      status: 400,
      body: { code: 'badCompany', detail: 'В ОГРН 13 цифр, у предпринимателя 15, а здесь 1.' },
    });
    expect((await call('GET', `/companies/${id}`)).body).toMatchObject({ fields: { name: 'ООО «Ромашка»' } });
    expect(
      await call('PATCH', `/companies/${id}`, { kpp: '773601001', owner: null, archived: true }),
    ).toMatchObject({
      status: 200,
      body: { fields: { kpp: '773601001' }, archived: true },
    });
    expect((await call('PATCH', `/companies/${id}`, { kpp: null })).body).not.toMatchObject({
      fields: { kpp: '773601001' },
    });
    expect((await call('GET', '/companies?archived=false')).body.items).toEqual([]);
  });

  test('[A-23] [B-14] the same refusals: INN of another, much the same name, a wrong digit, nobody, a reader', async () => {
    const { id } = (await add({ name: 'Ромашка', inn })).body;
    expect(await add({ name: 'Другая', inn })).toMatchObject({
      status: 409,
      body: { code: 'innTaken', similar: [id] },
    });
    expect(await add({ name: 'ООО Ромашка' })).toMatchObject({
      status: 409,
      body: { code: 'similarCompany', similar: [id] },
    });
    expect((await add({ name: 'ООО Ромашка', anyway: true })).status).toBe(201);
    expect(await add({ name: 'Ландыш', inn: '7707083894' })).toMatchObject({
      status: 400,
      body: { code: 'badCompany' },
    });
    expect(await add({ inn })).toMatchObject({ status: 400, body: { code: 'invalidRequest' } });
    expect(await add({ name: 'Ландыш', colour: 'red' })).toMatchObject({ body: { code: 'invalidRequest' } });
    expect(await call('PATCH', '/companies/nobody', { name: 'x' })).toMatchObject({
      status: 404,
      body: { code: 'noSuchCompany' },
    });
    expect((await call('POST', '/companies', { name: 'x' }, { key: api.reader })).status).toBe(403);
    expect((await call('PATCH', `/companies/${id}`, { owner: 'client' })).body.code).toBe('noSuchMember');
  });

  test('[A-23] contracts, contact persons, notes', async () => {
    const { id } = (await add({ name: 'Ромашка' })).body;
    const price = { amount: 150_000, currency: 'RUB' };
    const signed = await call('POST', `/companies/${id}/contracts`, {
      number: '12/26',
      date: '2026-02-01',
      price,
    });
    expect(signed.body).toMatchObject({
      contracts: [{ number: '12/26', price: 150_000, currency: 'RUB', inForce: true }],
    });
    const kept = await api.world.db.companies.findOne({ _id: id });
    const contract = kept?.contracts[0]?.id;
    expect(
      (await call('PATCH', `/companies/${id}/contracts`, { contract, until: '2026-03-01', price: null }))
        .body,
    ).toMatchObject({ contracts: [{ until: '2026-03-01', inForce: false }] });
    expect(
      await call('PATCH', `/companies/${id}/contracts`, { contract, until: '2025-03-01' }),
    ).toMatchObject({
      status: 400,
      body: { code: 'badCompany' },
    });
    expect((await call('PATCH', `/companies/${id}/contracts`, { contract, drop: true })).body).toMatchObject({
      contracts: [],
    });
    expect((await call('PATCH', `/companies/${id}/contracts`, { contract, drop: true })).status).toBe(404);
    expect(
      (await call('POST', `/companies/${id}/contacts`, { member: 'client', on: true })).body,
    ).toMatchObject({
      contacts: ['client'],
    });
    expect((await call('POST', `/companies/${id}/notes`, { text: 'Звонить утром' })).body).toMatchObject({
      notes: [{ text: 'Звонить утром', by: 'api:crm' }],
    });
  });

  test('[A-23] a vacancy is put to a company; its costs are summed up by vacancy and source', async () => {
    const { id } = (await add({ name: 'Ромашка' })).body;
    expect((await call('PATCH', '/vacancies/cook', { company: 'nobody' })).body.code).toBe('noSuchCompany');
    expect((await call('PATCH', '/vacancies/cook', { company: id })).body).toMatchObject({ company: id });
    await call('POST', '/vacancies/cook/costs', { amount: 500, source: 'hh' });
    expect((await call('GET', `/companies/${id}/costs`, undefined, { key: api.reader })).body).toMatchObject({
      sums: [{ currency: 'RUB', spent: 500, sources: [{ source: 'hh', spent: 500 }] }],
      vacancies: [{ vacancy: 'cook', sums: [{ spent: 500 }] }],
    });
    expect((await call('PATCH', '/vacancies/cook', { company: null })).body).not.toHaveProperty('company');
    expect((await call('GET', `/companies/${id}/costs`)).body).toMatchObject({ sums: [], vacancies: [] });
  });

  test('[B-14] a list is read page by page; requisites stand in no log', async () => {
    for (const name of ['Альфа', 'Бета', 'Гамма']) expect((await add({ name })).status).toBe(201);
    const first = await call('GET', '/companies?limit=2');
    expect(first.body.items.length).toBe(2);
    const rest = await call('GET', `/companies?limit=2&after=${first.body.next}`);
    expect(rest.body.items.length).toBe(1);
    const account = '40702810900000005555';
    const { id } = (await add({ name: 'Дельта', account })).body;
    await call('PATCH', `/companies/${id}`, { bik: '044525974' });
    const facts = await api.world.db.ledger.find({ kind: 'fact' }).toArray();
    expect(JSON.stringify([api.log, facts])).not.toContain(account);
  });
});
