import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiUnderTest, type Loose, type Reply, startApi } from './startApi.ts';

let api: ApiUnderTest;
let slots: Loose[];
beforeAll(async () => {
  api = await startApi();
  slots = (await api.call('GET', '/api/v1/vacancies/cook/slots?interviewer=recruiter1')).body.items;
});
afterAll(() => api.close());

const book = (id: string, start: string | undefined, more: object = {}): Promise<Reply> =>
  api.call('POST', `/api/v1/applications/${id}/interview`, { body: { start, format: 'office', ...more } });

describe('booking', () => {
  test('[X-11] [P-06] an interview is set, moved and cancelled, and its window follows', async () => {
    const { application: id } = await api.lead('Анна Кузнецова');
    const interviewer = 'recruiter1';
    const set = await book(id, slots[0]?.start, { interviewer });
    expect(set).toMatchObject({
      status: 200,
      body: { stage: 'interview', interview: { interviewer, start: slots[0]?.start, end: slots[0]?.end } },
    });
    const moved = await book(id, slots[1]?.start, { interviewer });
    expect(moved.body.interview.start).toBe(slots[1]?.start);
    await api.world.quiet();
    expect(await api.world.db.slots.countDocuments({ application: id })).toBe(1);
    const { body } = await api.call(
      'GET',
      `/api/v1/interviews?from=${slots[0]?.start}&interviewer=${interviewer}`,
    );
    expect(body.items).toMatchObject([{ application: id, name: 'Анна Кузнецова', vacancy: 'cook' }]);
    const cancelled = await api.call('DELETE', `/api/v1/applications/${id}/interview`);
    expect(cancelled).toMatchObject({ status: 200, body: { stage: 'invited' } });
    expect(cancelled.body.interview).toBeUndefined();
    await api.world.quiet();
    // Kept as long as it can be taken back.
    expect(await api.world.db.slots.findOne({ application: id })).toMatchObject({
      until: expect.any(Number),
    });
    const undone = await api.call('POST', `/api/v1/applications/${id}/undo`);
    expect(undone.body).toMatchObject({ stage: 'interview', interview: { start: slots[1]?.start } });
  });

  test('[X-11] [P-07] a taken window is answered with the three nearest free ones', async () => {
    const [one, two] = [await api.lead('Борис Орлов'), await api.lead('Вера Орлова')];
    const interviewer = 'recruiter1';
    expect((await book(one.application, slots[2]?.start, { interviewer })).status).toBe(200);
    const late = await book(two.application, slots[2]?.start, { interviewer });
    expect(late).toMatchObject({ status: 409, body: { code: 'slotTaken' } });
    expect(late.body.nearest).toHaveLength(3);
    // Somebody else is free at the same time: without a name they get it.
    expect(await book(two.application, slots[2]?.start)).toMatchObject({
      status: 200,
      body: { interview: { interviewer: 'recruiter2', start: slots[2]?.start } },
    });
  });

  test('[X-11] [P-07] of twenty at once on the windows of one time, as many win as there are interviewers', async () => {
    const leads: { application: string }[] = [];
    for (let index = 0; index < 20; index += 1) leads.push(await api.lead(`Номер ${index}`));
    const replies = await Promise.all(leads.map(({ application }) => book(application, slots[5]?.start)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(2);
    expect(replies.filter(({ status, body }) => status === 409 && body.nearest.length === 3)).toHaveLength(
      18,
    );
    const owners = new Set(
      replies.filter(({ status }) => status === 200).map(({ body }) => body.interview.interviewer),
    );
    expect(owners).toEqual(new Set(['recruiter1', 'recruiter2']));
  });

  test('[X-11] the same booking again is answered as it stands, with or without its key', async () => {
    const { application: id } = await api.lead('Глеб Сидоров');
    const body = { start: slots[7]?.start, format: 'office' };
    const once = { body, headers: { 'idempotency-key': 'book-1' } };
    const first = await api.call('POST', `/api/v1/applications/${id}/interview`, once);
    expect(first.status).toBe(200);
    expect(await api.call('POST', `/api/v1/applications/${id}/interview`, once)).toMatchObject({
      status: 200,
    });
    expect((await book(id, slots[7]?.start)).body.interview).toEqual(first.body.interview);
    await api.world.quiet();
    expect(await api.world.db.slots.countDocuments({ application: id })).toBe(1);
  });

  test('[X-11] a booking the rules forbid says which rule', async () => {
    const { application: id } = await api.lead('Дарья Ким');
    expect(await book(id, '2026-11-01T09:00:00Z')).toMatchObject({
      status: 409,
      body: { code: 'slotInPast' },
    });
    expect(await book(id, slots[9]?.start, { format: 'zoom' })).toMatchObject({
      body: { code: 'formatNotOffered' },
    });
    expect(await book(id, 'tomorrow')).toMatchObject({ status: 400, body: { errors: [{ path: 'start' }] } });
    await api.call('POST', `/api/v1/applications/${id}/refuse`, { body: { reason: 'other' } });
    expect(await book(id, slots[9]?.start)).toMatchObject({ status: 409, body: { code: 'wrongStage' } });
  });
});
