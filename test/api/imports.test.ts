import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { importSchema } from '../../api/schemas/importSchema.ts';
import { type ApiUnderTest, startApi } from './startApi.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const csv = 'ФИО;Телефон;Статус\nСмирнова Анна;8 916 111-22-33;Отказ\nОрлов Иван;89162223344;\n';
const post = async (fields: Record<string, string>, text = csv, headers: Record<string, string> = {}) => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([text]), 'база.csv');
  const response = await fetch(`${api.url}/api/v1/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api.admin}`, ...headers },
    body: form,
  });
  return {
    status: response.status,
    body: (await response.json()) as z.infer<typeof importSchema> & { code?: string },
  };
};
const count = () => api.world.db.candidates.countDocuments({ 'notes.0': { $exists: true } });

describe('[B-13] a table comes by the API', () => {
  test('it is tried first, then begun, read, and taken back', async () => {
    const { status, body } = await post({});
    expect(status).toBe(201);
    expect(importSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      status: 'draft',
      file: 'база.csv',
      by: 'api:crm',
      headings: ['ФИО', 'Телефон', 'Статус'],
      plan: { made: 2, joined: 0 },
      mapping: { columns: ['name', 'phone', 'stage'] },
    });
    expect(await count()).toBe(0);
    await api.call('POST', `/api/v1/imports/${body.id}/begin`);
    await api.deps.imports.tick();
    const read = await api.call('GET', `/api/v1/imports/${body.id}`);
    expect(read.body).toMatchObject({ status: 'done', counts: { made: 2 } });
    expect(await count()).toBe(2);
    const result = await api.call('GET', `/api/v1/imports/${body.id}/result`);
    expect(JSON.stringify(result.body)).toContain('создан;;Смирнова Анна');
    expect((await api.call('POST', `/api/v1/imports/${body.id}/begin`)).status).toBe(409);
    await api.call('POST', `/api/v1/imports/${body.id}/undo`);
    await api.deps.imports.tick();
    expect(await count()).toBe(0);
  });

  test('at once, with a mapping of its own, and the same request once', async () => {
    const mapping = JSON.stringify({
      columns: ['name', 'note', 'note'],
      vacancies: [],
      stages: [],
      stage: 'reserve',
    });
    const key = { 'idempotency-key': 'k1' };
    const first = await post({ mapping, dryRun: 'false' }, csv, key);
    const again = await post({ mapping, dryRun: 'false' }, csv, key);
    expect(again.body.id).toBe(first.body.id);
    await api.deps.imports.tick();
    expect(await count()).toBe(2);
    const [person] = await api.world.db.candidates.find({ name: 'Орлов Иван' }).toArray();
    expect(person).toMatchObject({ notes: [{ text: 'Телефон: 89162223344' }] });
    expect(person?.phone).toBeUndefined();
    expect((await post({}, 'ФИО\nИной', key)).status).toBe(422);
  });

  test.each<[string, Record<string, string>, string, number]>([
    ['what is no table', {}, '\u0000\u0001', 400],
    ['a mapping that is no JSON', { mapping: '{' }, csv, 400],
    ['a mapping with an unknown field', { mapping: '{"columns":["x"]}' }, csv, 400],
    ['an unknown field', { other: 'x' }, csv, 400],
    ['more than 20 MB', {}, 'x'.repeat(21 * 1024 * 1024), 413],
  ])('%s is refused', async (_name, fields, text, status) => {
    expect((await post(fields, text)).status).toBe(status);
  });

  test('JSON is no form, a reader imports nothing, and what is not there is not found', async () => {
    expect((await api.call('POST', '/api/v1/imports', { body: {} })).status).toBe(400);
    expect((await post({}, csv, { authorization: `Bearer ${api.reader}` })).status).toBe(403);
    expect((await api.call('GET', '/api/v1/imports/none')).status).toBe(404);
    expect((await api.call('GET', '/api/v1/imports/none/result')).status).toBe(404);
  });
});
