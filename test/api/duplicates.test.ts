import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { duplicateSchema } from '../../api/schemas/candidateSchema.ts';
import { type ApiUnderTest, type Reply, startApi } from './startApi.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

let pairs = 0;
/** Two cards with one mailbox, made one after the other; the younger's recruiter was told of the elder. */
async function pair(): Promise<{ elder: string; younger: string; application: string }> {
  pairs += 1;
  const numbers = [`+791600001${pairs}1`, `+791600001${pairs}2`];
  const elder = await api.lead('Анна Смирнова', { phone: numbers[0] ?? '' });
  const younger = await api.lead('Смирнова А.', { phone: numbers[1] ?? '', vacancy: 'driver' });
  const { db } = api.world;
  const set = { email: `a${pairs}@b.ru`, marks: [`e:a${pairs}@b.ru`] };
  await db.candidates.updateOne(
    { _id: elder.candidate },
    { $set: { ...set, createdAt: 1 }, $inc: { version: 1 } },
  );
  await db.candidates.updateOne(
    { _id: younger.candidate },
    { $set: { ...set, createdAt: 2, duplicates: [elder.candidate] }, $inc: { version: 1 } },
  );
  return { elder: elder.candidate, younger: younger.candidate, application: younger.application };
}
const post = (path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply> =>
  api.call('POST', `/api/v1/candidates/${path}`, { body, ...(headers && { headers }) });
const listed = async () => {
  const { body } = await api.call('GET', '/api/v1/candidates/duplicates', { key: api.reader });
  return z.object({ items: z.array(duplicateSchema) }).parse(body).items;
};

describe('[A-26] [X-11] duplicates', () => {
  test('are listed, joined with the chosen phone, found by either, and parted again', async () => {
    const { elder, younger, application } = await pair();
    expect(await listed()).toContainEqual(
      expect.objectContaining({ elder: expect.objectContaining({ id: elder }), signs: ['email'] }),
    );
    // Whichever of the two is named first, the elder stays.
    const joined = await post(`${younger}/merge`, { other: elder, phone: 'younger' });
    expect(joined).toMatchObject({
      status: 200,
      body: {
        id: elder,
        name: 'Анна Смирнова',
        phone: '+79160000112',
        also: { names: ['Смирнова А.'], phones: ['+79160000111'] },
        joined: [younger],
        join: { from: younger, by: 'api:crm' },
        applications: [{}, { id: application }],
      },
    });
    expect(await listed()).toEqual([]);
    for (const path of [younger, elder])
      expect((await api.call('GET', `/api/v1/candidates/${path}`)).body.id).toBe(elder);
    for (const q of ['Смирнова А.', '+79160000111', '0000111'])
      expect(
        (await api.call('GET', `/api/v1/candidates?q=${encodeURIComponent(q)}`)).body.items,
      ).toMatchObject([{ id: elder }]);
    const parted = await post(`${younger}/unmerge`);
    expect(parted).toMatchObject({ status: 200, body: { id: elder, joined: [], applications: [{}] } });
    expect((await api.call('GET', `/api/v1/candidates/${younger}`)).body).toMatchObject({
      id: younger,
      name: 'Смирнова А.',
      applications: [{ id: application }],
    });
  });

  test('the same request again joins once; another is refused, and so is parting after something happened', async () => {
    const { elder, younger, application } = await pair();
    const key = { 'idempotency-key': `merge-${elder}` };
    const first = await post(`${elder}/merge`, { other: younger }, key);
    const again = await post(`${elder}/merge`, { other: younger }, key);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(again.body).toEqual(first.body);
    expect(await post(`${elder}/merge`, { other: younger })).toMatchObject({
      status: 409,
      body: { code: 'alreadyJoined' },
    });
    await api.call('POST', `/api/v1/applications/${application}/notes`, { body: { text: 'звонили' } });
    expect(await post(`${elder}/unmerge`)).toMatchObject({ status: 409, body: { code: 'joinMovedOn' } });
    const history = await api.call('GET', `/api/v1/messages?candidate=${younger}&kind=fact`);
    expect(history.body.items.map(({ what }) => what)).toEqual(
      expect.arrayContaining(['applied', 'joined', 'noteAdded']),
    );
  });

  test('are told apart, and what does not exist is named', async () => {
    const { elder, younger } = await pair();
    expect(await post(`${elder}/not-same`, { other: younger })).toMatchObject({
      status: 200,
      body: { id: elder },
    });
    expect((await listed()).filter((one) => one.elder.id === elder)).toEqual([]);
    for (const act of ['merge', 'not-same'])
      expect(await post(`${elder}/${act}`, { other: 'nobody' })).toMatchObject({
        status: 404,
        body: { code: 'noSuchCandidate' },
      });
    expect(await post(`${elder}/unmerge`)).toMatchObject({ status: 409, body: { code: 'nothingToUndo' } });
    expect(await post(`${elder}/merge`, { other: younger, name: 'mine' })).toMatchObject({ status: 400 });
    expect(
      await api.call('POST', `/api/v1/candidates/${elder}/merge`, {
        body: { other: younger },
        key: api.reader,
      }),
    ).toMatchObject({ status: 403 });
  });
});
