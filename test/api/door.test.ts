import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findKey, hashKey, listKeys, revokeKey } from '../../models/keys.ts';
import { type ApiUnderTest, startApi } from './startApi.ts';

let api: ApiUnderTest;
let id: string;
beforeAll(async () => {
  api = await startApi();
  id = (await api.lead('Анна Кузнецова', { vacancy: 'driver' })).application;
});
afterAll(() => api.close());

const take = (options: Parameters<ApiUnderTest['call']>[2] = {}) =>
  api.call('POST', `/api/v1/applications/${id}/take`, options);
const note = (options: Parameters<ApiUnderTest['call']>[2] = {}) =>
  api.call('POST', `/api/v1/applications/${id}/notes`, options);

describe('keys', () => {
  test('[X-11] without a valid key nothing is told', async () => {
    for (const key of [null, 'wrong', `${api.admin}x`]) {
      const reply = await api.call('GET', '/api/v1/vacancies', { key });
      expect(reply).toMatchObject({ status: 401, body: { code: 'unauthorized' } });
      expect(reply.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect((await api.call('GET', '/api/v1/nothing/here', { key: null })).status).toBe(401);
  });

  test('[X-11] a reader reads, and changes nothing', async () => {
    expect((await api.call('GET', '/api/v1/candidates', { key: api.reader })).status).toBe(200);
    expect(await take({ key: api.reader })).toMatchObject({ status: 403, body: { code: 'readOnly' } });
    expect((await api.call('GET', '/api/v1/audit', { key: api.reader })).status).toBe(403);
    const after = await api.call('GET', `/api/v1/applications/${id}`);
    expect(after.body.taken).toBeUndefined();
  });

  test('[X-11] only the fingerprint is kept, and a revoked key is worth nothing', async () => {
    const { db } = api.world;
    const rows = await listKeys(db);
    expect(JSON.stringify(rows)).not.toContain(api.admin);
    expect(rows.map(({ _id }) => _id)).toContain(hashKey(api.admin));
    expect(await revokeKey(db, '', 1)).toBeUndefined();
    const own = hashKey(api.reader).slice(0, 12);
    expect(await revokeKey(db, own, 1)).toMatchObject({ name: 'report', role: 'reader' });
    expect(await findKey(db, api.reader)).toBeUndefined();
    expect((await api.call('GET', '/api/v1/members', { key: api.reader })).status).toBe(401);
    await db.keys.updateOne({ _id: hashKey(api.reader) }, { $unset: { revoked: 1 } });
  });

  test('[X-11] X-Member acts with that member’s rights, under their name', async () => {
    const as = (member: string) => ({ headers: { 'x-member': member }, body: { text: 'привет' } });
    expect(await note(as('recruiter1'))).toMatchObject({
      status: 200,
      body: { notes: [{ by: 'recruiter1' }] },
    });
    for (const stranger of ['nobody', 'client']) {
      expect(await note(as(stranger))).toMatchObject({ status: 404, body: { code: 'noSuchMember' } });
    }
  });
});

describe('the audit log', () => {
  test('[X-11] keeps every writing request, carried out or not, and nothing that was in it', async () => {
    await note({ body: { text: 'тайна' } });
    await note({ body: { text: '' } });
    await take({ key: api.reader });
    const { body } = await api.call('GET', '/api/v1/audit?limit=3');
    expect(body.items).toMatchObject([
      { by: 'key:report', method: 'POST', path: `/applications/${id}/take`, status: 403, code: 'readOnly' },
      { by: 'key:crm', status: 400, code: 'invalidRequest' },
      { by: 'key:crm', path: `/applications/${id}/notes`, status: 200 },
    ]);
    const rows = await api.world.db.ledger.find({ what: 'apiCall' }).toArray();
    expect(JSON.stringify(rows)).not.toContain('тайна');
    const mine = await api.call('GET', '/api/v1/audit?key=report');
    expect(mine.body.items.every(({ by }: { by: string }) => by === 'key:report')).toBe(true);
  });
});

describe('wrong requests', () => {
  test('[X-11] a body that is not JSON, too big, of another type, or with unknown fields says so', async () => {
    expect(await note({ body: '{"text":' })).toMatchObject({ status: 400, body: { code: 'badJson' } });
    expect(await note({ body: { text: 'x'.repeat(200_000) } })).toMatchObject({
      status: 413,
      body: { code: 'tooLarge' },
    });
    expect(
      await note({ body: 'text=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } }),
    ).toMatchObject({ status: 415, body: { code: 'notJson' } });
    expect(await note({ body: { text: 'да', txet: 1, other: 2 } })).toMatchObject({
      status: 400,
      body: { code: 'invalidRequest', errors: [{ path: 'txet' }, { path: 'other' }] },
    });
    expect(await note({ body: [] })).toMatchObject({ status: 400, body: { code: 'invalidRequest' } });
    expect(await note()).toMatchObject({ status: 400, body: { errors: [{ path: 'text' }] } });
  });

  test('[X-11] wrong filters are named, in the caller’s language', async () => {
    const reply = await api.call('GET', '/api/v1/applications?stage=none&limit=500&colour=red', {
      headers: { 'accept-language': 'ru' },
    });
    expect(reply.status).toBe(400);
    expect(reply.body.errors.map(({ path }: { path: string }) => path).sort()).toEqual([
      'colour',
      'limit',
      'stage',
    ]);
    expect(reply.body.errors[0]?.message).toMatch(/[а-я]/);
    for (const after of ['x', Buffer.from('[1]').toString('base64url')]) {
      expect(await api.call('GET', `/api/v1/candidates?after=${after}`)).toMatchObject({
        status: 400,
        body: { errors: [{ path: 'after' }] },
      });
    }
    expect(await api.call('GET', '/api/v1/messages')).toMatchObject({ status: 400 });
  });

  test('[X-11] an unknown address and a wrong method are told apart', async () => {
    expect(await api.call('GET', '/api/v1/nothing')).toMatchObject({
      status: 404,
      body: { code: 'noSuchRoute' },
    });
    expect(await api.call('GET', '/api/nothing')).toMatchObject({
      status: 404,
      body: { code: 'noSuchRoute' },
    });
    expect(await api.call('GET', '/api/v1/candidates/%E0%A4%A')).toMatchObject({ status: 404 });
    const wrong = await api.call('DELETE', '/api/v1/candidates');
    expect(wrong).toMatchObject({ status: 405, body: { code: 'methodNotAllowed' } });
    expect(wrong.headers.get('allow')).toBe('GET, POST');
  });

  test('[X-11] a fault of ours is told by an id that is in the log, and by nothing else', async () => {
    const { desk } = api.world.engine;
    const { perform } = desk;
    desk.perform = () => Promise.reject(new Error('secret of the house'));
    const reply = await take().finally(() => {
      desk.perform = perform;
    });
    expect(reply).toMatchObject({ status: 500, body: { code: 'internal' } });
    expect(JSON.stringify(reply.body)).not.toContain('secret');
    const request = reply.body.instance.replace('urn:request:', '');
    expect(reply.body.detail).toContain(request);
    expect(api.log).toContainEqual(
      expect.objectContaining({ request, error: expect.stringContaining('secret') }),
    );
  });
});

describe('health', () => {
  test('[X-11] is 200 with its checks, 503 when something is wrong, and needs no key', async () => {
    expect(await api.call('GET', '/health', { key: null })).toMatchObject({
      status: 200,
      body: { database: 'ok' },
    });
    api.health.ok = false;
    expect(await api.call('GET', '/health', { key: null })).toMatchObject({
      status: 503,
      body: { ok: false },
    });
    api.health.ok = true;
  });
});
