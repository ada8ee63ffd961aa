import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiUnderTest, type Reply, startApi } from './startApi.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());
const post = (path: string, body?: unknown, more: { key?: string; member?: string; idem?: string } = {}) =>
  api.call('POST', `/api/v1${path}`, {
    body,
    ...(more.key && { key: more.key }),
    headers: {
      ...(more.member && { 'x-member': more.member }),
      ...(more.idem && { 'idempotency-key': more.idem }),
    },
  });
const get = (path: string): Promise<Reply> => api.call('GET', `/api/v1${path}`, { key: api.reader });
const days = (count: number) => new Date(Date.UTC(2026, 10, 24, 9) + count * 86_400_000).toISOString();
const wanted = (more: object = {}) => ({
  kind: 'interview',
  vacancy: 'cook',
  start: days(3),
  minutes: 90,
  places: 1,
  format: 'office',
  place: 'Складская, 5',
  host: 'recruiter1',
  ...more,
});

describe('groups by the API', () => {
  test('[A-11] made once, filled, made larger, moved, written to, called off', async () => {
    const made = await post('/groups', wanted(), { idem: 'g-1' });
    expect(made).toMatchObject({
      status: 201,
      body: { places: 1, taken: 0, people: [], host: 'recruiter1' },
    });
    const { id } = made.body;
    expect((await post('/groups', wanted(), { idem: 'g-1' })).body.id).toBe(id);
    const [one, two] = [await api.lead('Анна Первая'), await api.lead('Борис Второй')];
    const seat = (application: string) =>
      post(`/applications/${application}/group`, { group: id, seat: true });
    expect((await seat(one.application)).status).toBe(200);
    await api.world.quiet();
    expect((await seat(two.application)).status).toBe(200);
    await api.world.quiet();
    expect((await get(`/groups/${id}`)).body).toMatchObject({
      taken: 1,
      waiting: 1,
      people: [
        { application: one.application, name: 'Анна Первая', state: 'booked' },
        { application: two.application, name: 'Борис Второй', state: 'waiting' },
      ],
    });
    expect(await seat(one.application)).toMatchObject({ status: 409, body: { code: 'alreadyInGroup' } });
    expect((await post(`/groups/${id}/places`, { places: 5 })).body).toMatchObject({ places: 5 });
    expect((await post(`/groups/${id}/move`, { start: days(4) })).body).toMatchObject({ start: days(4) });
    expect((await post(`/groups/${id}/message`, { text: 'Берите паспорт', to: 'cards' })).status).toBe(200);
    await api.world.quiet();
    const card = await api.call('GET', `/api/v1/applications/${one.application}`);
    expect(card.body).toMatchObject({ interview: { start: days(4) }, notes: [{ text: 'Берите паспорт' }] });
    const page = await get(`/groups?vacancy=cook&from=${days(4)}&limit=1`);
    expect(page.body.items).toMatchObject([{ id, taken: 1 }]);
    expect((await get(`/groups?to=${days(4)}`)).body.items).toEqual([]);
    expect((await post(`/groups/${id}/cancel`)).status).toBe(200);
    await api.world.quiet();
    expect((await get(`/groups/${id}`)).body).toMatchObject({ cancelled: expect.any(String), taken: 0 });
    expect(await post(`/groups/${id}/cancel`)).toMatchObject({ status: 409, body: { code: 'groupGone' } });
  });

  test('[A-11] the same request again is carried out once', async () => {
    const { id } = (await post('/groups', wanted({ places: 4 }))).body;
    const smaller = () => post(`/groups/${id}/places`, { places: 2 }, { idem: 'p-1' });
    await smaller();
    await post(`/groups/${id}/places`, { places: 7 });
    expect((await smaller()).body).toMatchObject({ places: 7 });
  });

  test.each<[string, object, string]>([
    ['no such vacancy', { vacancy: 'none' }, 'noSuchVacancy'],
    ['a host who is a client', { host: 'client' }, 'noSuchMember'],
    ['a time that is past', { start: '2020-01-01T00:00:00Z' }, 'slotInPast'],
    ['too many places', { places: 101 }, 'invalidRequest'],
    ['by phone', { format: 'phone' }, 'invalidRequest'],
    ['nowhere', { format: 'zoom', place: undefined }, 'noPlace'],
  ])('[A-11] not made: %s', async (_name, more, code) => {
    await api.world.db.vacancies.updateOne({ _id: 'cook' }, { $unset: { link: 1 } });
    expect((await post('/groups', wanted(more))).body.code).toBe(code);
  });

  test('[A-11] a member who does not hold it may not; a reader may not; nobody below those taken', async () => {
    const { id } = (await post('/groups', wanted({ places: 2 }))).body;
    const { application } = await api.lead('Вера Третья');
    await post(`/applications/${application}/group`, { group: id, seat: true });
    await api.world.quiet();
    const places = (count: number, more?: Parameters<typeof post>[2]) =>
      post(`/groups/${id}/places`, { places: count }, more);
    expect(await places(3, { member: 'recruiter2' })).toMatchObject({
      status: 403,
      body: { code: 'notHost' },
    });
    expect((await places(3, { member: 'recruiter1' })).status).toBe(200);
    expect((await places(2, { member: 'head' })).status).toBe(200);
    expect((await places(3, { key: api.reader })).body.code).toBe('readOnly');
    expect((await places(0)).body.code).toBe('invalidRequest');
    expect((await places(1)).status).toBe(200);
    const other = await api.lead('Глеб Четвёртый');
    await places(2);
    await post(`/applications/${other.application}/group`, { group: id, seat: true });
    await api.world.quiet();
    expect(await places(1)).toMatchObject({ status: 409, body: { code: 'placesTaken' } });
    expect((await post('/groups/none/cancel')).status).toBe(404);
    expect((await get('/groups/none')).body.code).toBe('noSuchGroup');
  });
});
