import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { type ApiUnderTest, type CallOptions, type Loose, type Reply, startApi } from './startApi.ts';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const post = (path: string, body?: unknown, options: CallOptions = {}): Promise<Reply> =>
  api.call('POST', `/api/v1${path}`, { body, ...options });
const act = async (id: string, name: string, body?: unknown): Promise<Loose> => {
  const reply = await post(`/applications/${id}/${name}`, body);
  expect(reply).toMatchObject({ status: 200 });
  return reply.body;
};
const facts = async (application: string): Promise<(string | undefined)[]> => {
  await api.world.quiet();
  const rows = await api.world.db.ledger.find({ application, kind: 'fact' }).sort({ at: 1 }).toArray();
  return rows.map(({ what }) => what);
};

describe('writing', () => {
  test('[X-11] an application is taken, refused, undone, put in the reserve and moved, as by the buttons', async () => {
    const { application: id } = await api.lead('Иван Петров');
    expect((await act(id, 'take')).taken).toBeDefined();
    const refused = await act(id, 'refuse', { reason: 'experience', text: 'мало опыта' });
    expect(refused).toMatchObject({
      stage: 'refused',
      refusal: { reason: 'experience', by: 'api:crm', messageSent: false, evidence: [] },
      undo: { act: 'refuse' },
    });
    expect(Date.parse(refused.refusal.messageAt) - api.world.clock.now()).toBeGreaterThan(11 * 3_600_000);
    const undone = await act(id, 'undo');
    expect(undone).toMatchObject({ stage: 'review' });
    expect(undone.refusal).toBeUndefined();
    expect(await act(id, 'reserve')).toMatchObject({ stage: 'reserve' });
    expect(await act(id, 'move', { stage: 'review' })).toMatchObject({ stage: 'review' });
    expect(await act(id, 'notes', { text: 'Перезвонить' })).toMatchObject({
      notes: [{ by: 'api:crm', text: 'Перезвонить' }],
    });
    expect(await facts(id)).toEqual(
      expect.arrayContaining(['taken', 'refused', 'undone', 'reserved', 'moved', 'noteAdded']),
    );
  });

  test('[X-11] an act whose message has left is not named as one to take back, as on the card', async () => {
    const { application: id } = await api.lead('Пётр Васин');
    await act(id, 'take');
    expect(await act(id, 'reserve')).toMatchObject({ undo: { act: 'reserve' } });
    const { db, clock } = api.world;
    const state = await db.candidates.findOne({ 'applications.id': id });
    const messages = [`left:${id}`];
    const applications = state?.applications.map((one) => ({
      ...one,
      ...(one.undo?.was && { undo: { ...one.undo, was: { ...one.undo.was, messages } } }),
    }));
    await db.candidates.updateOne(
      { _id: state?._id ?? '' },
      { $set: { applications: applications ?? [] }, $inc: { version: 1 } },
    );
    const row = { kind: 'out' as const, at: clock.now(), prompt: true };
    await db.ledger.insertOne({ ...row, _id: `left:${id}`, status: 'sent' });
    const read = await api.call('GET', `/api/v1/applications/${id}`);
    expect(read.body).toMatchObject({ id, stage: 'reserve' });
    expect(Object.keys(read.body)).not.toContain('undo');
    expect(await post(`/applications/${id}/undo`)).toMatchObject({
      status: 409,
      body: { code: 'alreadySent' },
    });
  });

  test('[X-11] [A-10] a call is held, ended in each way, and a number put right, with the same refusals', async () => {
    const { application: id } = await api.lead('Семён Гудков');
    await act(id, 'take');
    expect(await post(`/applications/${id}/call`, { call: { result: 'skip' } })).toMatchObject({
      status: 409,
      body: { code: 'wrongStage' },
    });
    await act(id, 'move', { stage: 'call' });
    await act(id, 'call/hold');
    const missed = await act(id, 'call', { call: { result: 'missed', again: 'morning' } });
    expect(missed).toMatchObject({ calls: { missed: 1, attempts: [{ by: 'api:crm', result: 'missed' }] } });
    const at = new Date(api.world.clock.now() + 26 * 3_600_000).toISOString();
    expect(await act(id, 'call', { call: { result: 'callBack', at } })).toMatchObject({
      calls: { missed: 0, after: at, promisedBy: 'api:crm' },
    });
    expect(await post(`/applications/${id}/call`, { call: { result: 'callBack' } })).toMatchObject({
      status: 400,
    });
    expect(await act(id, 'call', { call: { result: 'wrongNumber' } })).toMatchObject({
      calls: { wrongNumber: true },
    });
    expect(await post(`/applications/${id}/phone`, { phone: 'пять' })).toMatchObject({
      status: 409,
      body: { code: 'badPhone' },
    });
    expect(await act(id, 'phone', { phone: '8 916 000-77-01' })).toMatchObject({
      calls: { wrongNumber: false },
    });
    expect(await act(id, 'call', { call: { result: 'outcome', outcome: 'agreed' } })).toMatchObject({
      stage: 'invited',
    });
    expect(await facts(id)).toEqual(expect.arrayContaining(['called', 'phoneChanged', 'invited']));
  });

  test('[X-11] [A-22] a task is snoozed, handed over, commented, ticked and closed, with the same refusals', async () => {
    const { application: id } = await api.lead('Фёдор Крылов');
    const taken = await act(id, 'take');
    const task = taken.tasks.find((one) => one.done === undefined)?.id ?? '';
    const path = `/applications/${id}/tasks/${task}`;
    const until = new Date(api.world.clock.now() + 3 * 3_600_000).toISOString();
    const snoozed = await act(id, `tasks/${task}/snooze`, { until, version: 0 });
    const [open] = snoozed.tasks.filter((one) => one.id === task);
    expect(open).toMatchObject({ moves: 1, checklist: [] });
    expect(Date.parse(open?.due ?? '')).toBeGreaterThan(Date.parse(until));
    expect(await post(`${path}/snooze`, { until, version: 0 })).toMatchObject({
      status: 409,
      body: { code: 'taskMoved' },
    });
    expect(await act(id, `tasks/${task}/comment`, { text: 'Жду документы' })).toMatchObject({
      notes: [{ text: 'Жду документы', task }],
    });
    expect(await post(`${path}/tick`, { line: 'x', on: true })).toMatchObject({
      status: 404,
      body: { code: 'noSuchLine' },
    });
    expect(await post(`${path}/hand`, { to: 'client' })).toMatchObject({
      status: 404,
      body: { code: 'noSuchMember' },
    });
    await act(id, `tasks/${task}/hand`, { to: 'head' });
    expect(await post(`${path}/finish`)).toMatchObject({ status: 409, body: { code: 'resultFirst' } });
    expect(await post(`/applications/${id}/tasks/none/finish`)).toMatchObject({
      status: 404,
      body: { code: 'noSuchTask' },
    });
  });

  test('[X-11] what the core refuses is a problem with its code, its status and words in the language asked for', async () => {
    const { application: id } = await api.lead('Пётр Иванов');
    const path = `/applications/${id}`;
    for (const [name, body, code] of [
      ['undo', undefined, 'nothingToUndo'],
      ['refuse', { reason: 'no such' }, 'unknownReason'],
      ['attendance', { attendance: 'came' }, 'noInterview'],
      ['portrait', { fits: true }, 'wrongStage'],
      ['move', { stage: 'agreeing' }, 'wrongStage'],
    ] as const) {
      expect(await post(`${path}/${name}`, body), name).toMatchObject({
        status: 409,
        body: { code, status: 409 },
      });
    }
    const ru = await post(`${path}/undo`, undefined, { headers: { 'accept-language': 'ru-RU,ru;q=0.9' } });
    const en = await post(`${path}/undo`, undefined, { headers: { 'accept-language': 'en-GB' } });
    expect(ru.headers.get('content-language')).toBe('ru');
    expect(ru.body.title).toMatch(/[а-я]/);
    expect(en.body.title).toMatch(/^[A-Za-z ]+$/);
    expect(await post('/applications/none/take')).toMatchObject({
      status: 404,
      body: { code: 'noSuchApplication' },
    });
    expect(await api.call('DELETE', `/api/v1${path}/interview`)).toMatchObject({
      status: 409,
      body: { code: 'noInterview' },
    });
  });

  test('[X-11] [P-10] attendance and the portrait decide the application', async () => {
    const { application: id } = await api.lead('Ольга Белова');
    await act(id, 'invite');
    const { body } = await api.call('GET', '/api/v1/vacancies/cook/slots?limit=1');
    const [slot] = body.items;
    await post(`/applications/${id}/interview`, { start: slot?.start, format: 'office' });
    expect(await post(`/applications/${id}/attendance`, { attendance: 'came' })).toMatchObject({
      status: 409,
      body: { code: 'tooEarly' },
    });
    await api.world.engine.moveClock(
      api.world.clock.offset() + Date.parse(slot?.end ?? '') - api.world.clock.now(),
    );
    expect(await act(id, 'attendance', { attendance: 'came' })).toMatchObject({
      stage: 'decision',
      interview: { attendance: 'came' },
    });
    expect(await act(id, 'portrait', { fits: true })).toMatchObject({ stage: 'agreeing' });
  });

  test('[X-11] [P-20] the blacklist keeps its reason and can be undone', async () => {
    const { application: id, candidate } = await api.lead('Олег Серов');
    expect(await act(id, 'blacklist', { reason: 'Подделал документы' })).toMatchObject({
      stage: 'blacklist',
    });
    const { body } = await api.call('GET', `/api/v1/candidates/${candidate}`);
    expect(body.blacklisted).toMatchObject({ by: 'api:crm', reason: 'Подделал документы' });
    expect(await act(id, 'undo')).toMatchObject({ stage: 'review' });
  });

  test('[A-12] a candidate is attached to another vacancy and detached, each with a record', async () => {
    const { candidate, application } = await api.lead('Нина Лебедева');
    const attached = await post(`/candidates/${candidate}/applications`, { vacancy: 'driver' });
    expect(attached).toMatchObject({ status: 201, body: { vacancy: 'driver', candidate, stage: 'review' } });
    expect(attached.body.id).not.toBe(application);
    expect(await facts(attached.body.id)).toContain('attached');
    expect(await post(`/candidates/${candidate}/applications`, { vacancy: 'driver' })).toMatchObject({
      status: 409,
      body: { code: 'alreadyAttached' },
    });
    expect(await post(`/candidates/${candidate}/applications`, { vacancy: 'none' })).toMatchObject({
      status: 404,
    });
    expect(await post('/candidates/none/applications', { vacancy: 'driver' })).toMatchObject({ status: 404 });
    expect(await act(attached.body.id, 'detach')).toMatchObject({ stage: 'withdrawn' });
    expect(await facts(attached.body.id)).toContain('detached');
  });

  test('[X-11] [P-04] a known phone number finds the person, however it is written', async () => {
    const first = await api.lead('Роман Зайцев', { phone: '+7 926 111-22-33' });
    const second = await post('/candidates', {
      name: 'Зайцев Р.',
      phone: '89261112233',
      vacancy: 'driver',
      source: 'avito',
    });
    expect(second).toMatchObject({ status: 200, body: { candidate: first.candidate, known: true } });
    expect(second.body.application).not.toBe(first.application);
    expect(
      await post('/candidates', { name: 'Никто', phone: 'позвоните', vacancy: 'cook', source: 'hh' }),
    ).toMatchObject({ status: 400, body: { errors: [{ path: 'phone' }] } });
    expect(await post('/candidates', { name: 'Никто', vacancy: 'none', source: 'hh' })).toMatchObject({
      status: 404,
      body: { code: 'noSuchVacancy' },
    });
  });
});

describe('repetition', () => {
  const once = (key: string) => ({ headers: { 'idempotency-key': key } });

  test('[X-11] the same Idempotency-Key adds one person and one note', async () => {
    const body = { name: 'Семён Котов', vacancy: 'cook', source: 'hh' };
    const both = await Promise.all([
      post('/candidates', body, once('add-1')),
      post('/candidates', body, once('add-1')),
    ]);
    expect(both[0].body.candidate).toBe(both[1].body.candidate);
    const id = both[0].body.application;
    for (let times = 0; times < 3; times += 1) {
      const reply = await post(`/applications/${id}/notes`, { text: 'Один раз' }, once('note-1'));
      expect(reply).toMatchObject({ status: 200, body: { notes: [{ text: 'Один раз' }] } });
      expect(reply.body.notes).toHaveLength(1);
    }
  });

  test('[X-11] a repetition long after, when the core has forgotten the event, still changes nothing', async () => {
    const { application: id } = await api.lead('Тимур Гусев');
    await post(`/applications/${id}/notes`, { text: 'первая' }, once('old'));
    await api.world.db.candidates.updateOne({ 'applications.id': id }, { $set: { decided: [] } });
    const again = await post(`/applications/${id}/notes`, { text: 'первая' }, once('old'));
    expect(again.body.notes).toHaveLength(1);
  });

  test('[X-11] a key that belongs to another request is refused; one of a refused body is still free', async () => {
    const { application: id } = await api.lead('Юлия Рыбина');
    expect((await post(`/applications/${id}/notes`, { text: '' }, once('note-2'))).status).toBe(400);
    expect((await post(`/applications/${id}/notes`, { text: 'да' }, once('note-2'))).status).toBe(200);
    expect(await post(`/applications/${id}/notes`, { text: 'нет' }, once('note-2'))).toMatchObject({
      status: 422,
      body: { code: 'keyReused' },
    });
    expect(await post(`/applications/${id}/take`, undefined, once('a b'))).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'Idempotency-Key' }] },
    });
  });

  test('[X-02] a person is deleted at their demand; repeated, or asked anew, it says how that was', async () => {
    const { candidate, application } = await api.lead('Роза Львова');
    const path = `/api/v1/candidates/${candidate}`;
    expect((await api.call('DELETE', path, { key: api.reader })).status).toBe(403);
    expect((await api.call('DELETE', '/api/v1/candidates/nobody')).body.code).toBe('noSuchCandidate');
    for (const headers of [once('gone'), once('gone'), once('gone-2')]) {
      const reply = await api.call('DELETE', path, headers);
      expect(reply).toMatchObject({ status: 200, body: { id: candidate, forgotten: { by: 'api:crm' } } });
      expect(reply.body.name).toBeUndefined();
    }
    const refused = await post(`/applications/${application}/notes`, { text: 'поздно' });
    expect(refused).toMatchObject({ status: 409, body: { code: 'forgotten' } });
    expect(JSON.stringify(await api.world.db.ledger.find({ candidate }).toArray())).not.toContain('Роза');
  });

  test('[X-02] so it is with somebody who agreed to nothing and applied for nothing, though nothing of them is left', async () => {
    const { db, clock } = api.world;
    const person = { ...newCandidate('looker', api.deps.policy, clock.now()), name: 'Роза Львова' };
    await db.candidates.insertOne(person);
    const path = '/api/v1/candidates/looker';
    const replies = [
      await api.call('DELETE', path, once('looker')),
      await api.call('DELETE', path, once('looker')),
    ];
    expect(replies[0]).toMatchObject({ status: 200, body: { id: 'looker', forgotten: { by: 'api:crm' } } });
    expect(replies[1]?.body).toEqual(replies[0]?.body);
    expect(await db.candidates.findOne({ _id: 'looker' })).toBeNull();
    expect((await api.call('DELETE', path, once('looker-2'))).body.code).toBe('noSuchCandidate');
  });
});
