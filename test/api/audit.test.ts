import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditCounts, type Check } from '../../models/auditCounts.ts';
import type { LedgerRow } from '../../models/rows.ts';
import { type ApiUnderTest, startApi } from './startApi.ts';

const minute = 60_000;
const hour = 60 * minute;

let api: ApiUnderTest;
let booked: { application: string; start: number; interviewer: string };
beforeAll(async () => {
  api = await startApi();
  await api.world.db.vacancies.updateOne({ _id: 'cook' }, { $set: { formats: ['office', 'phone'] } });
  const { application } = await api.lead('Анна Кузнецова', { phone: '+79160000000' });
  const { body } = await api.call('GET', '/api/v1/vacancies/cook/slots?limit=200');
  const slot = body.items.find(({ start }) => Date.parse(start) > api.world.clock.now() + 30 * hour);
  const set = await api.call('POST', `/api/v1/applications/${application}/interview`, {
    body: { start: slot?.start, format: 'office' },
  });
  booked = {
    application,
    start: Date.parse(set.body.interview.start),
    interviewer: set.body.interview.interviewer,
  };
  await api.world.quiet();
});
afterAll(() => api.close());

const audit = () => {
  const { clock, db } = api.world;
  return auditCounts(db, { now: clock.now(), real: clock.real() });
};
const found = async (): Promise<Partial<Record<Check, number>>> => {
  const { checks, unaccounted } = await audit();
  const some = Object.entries(checks).filter(([, list]) => list.length > 0);
  expect(some.reduce((sum, [, list]) => sum + list.length, 0)).toBe(unaccounted);
  return Object.fromEntries(some.map(([name, list]) => [name, list.length]));
};

/** Break something, see what the audit says, mend it. */
async function broken(spoil: () => Promise<unknown>, mend: () => Promise<unknown>): Promise<object> {
  await spoil();
  const seen = await found();
  await mend();
  expect(await found()).toEqual({});
  return seen;
}

describe('the audit', () => {
  test('[X-06] finds nothing where nothing is wrong, and counts every message by its end', async () => {
    const { ledger, unaccounted } = await audit();
    expect(unaccounted).toBe(0);
    const rows = await api.world.db.ledger.countDocuments({ kind: 'out' });
    expect(Object.values(ledger).reduce((sum, count) => sum + count, 0)).toBe(rows);
  });

  test('[X-06] finds a window without an interview, an interview without its window, and two owners', async () => {
    const { db, clock } = api.world;
    const row = await db.slots.findOne({ application: booked.application });
    if (!row) throw new Error('no window');
    expect(
      await broken(
        () => db.slots.deleteOne({ _id: row._id }),
        () => db.slots.insertOne(row),
      ),
    ).toEqual({ interviewsHomeless: 1 });
    const at = clock.now() - 2 * minute;
    const idle = { ...row, _id: 'recruiter2:1', interviewer: 'recruiter2', start: 1, at };
    expect(
      await broken(
        () => db.slots.insertOne(idle),
        () => db.slots.deleteOne({ _id: idle._id }),
      ),
    ).toEqual({ slotsIdle: 1 });
    const { candidate, application: other } = await api.lead('Борис Орлов');
    await api.world.quiet();
    const interview = { ...booked, format: 'office', bookedAt: at, attendance: 'came', reminders: [] };
    expect(
      await broken(
        () =>
          db.candidates.updateOne({ _id: candidate }, { $set: { 'applications.0.interview': interview } }),
        () => db.candidates.updateOne({ _id: candidate }, { $unset: { 'applications.0.interview': 1 } }),
      ),
    ).toMatchObject({ slotsShared: 1 });
    expect(other).toBeDefined();
  });

  test('[X-06] finds messages that are late, stuck, or failed with nobody told', async () => {
    const { db, clock } = api.world;
    const { candidate, application } = await api.lead('Вера Орлова');
    await api.world.quiet();
    const at = clock.now() - 3 * minute;
    const message = { key: 'candidate.help' };
    const row: LedgerRow = { _id: 'm', kind: 'out', at, candidate, application, to: { candidate }, message };
    const put = (more: Partial<LedgerRow>) =>
      broken(
        () => db.ledger.insertOne({ ...row, ...more }),
        () => db.ledger.deleteOne({ _id: 'm' }),
      );
    expect(await put({ status: 'pending' })).toEqual({ pendingLate: 1 });
    expect(await put({ status: 'pending', notBefore: clock.now() + hour })).toEqual({});
    expect(await put({ status: 'sending', owner: '1-gone' })).toEqual({ sendingDead: 1 });
    expect(await put({ status: 'failed' })).toEqual({ failedAlone: 1 });
    expect(await put({ status: 'uncertain' })).toEqual({ failedAlone: 1 });
    expect(await put({ status: 'superseded' })).toEqual({});
    await db.ledger.insertOne({ ...row, at: clock.now(), status: 'sending', owner: '1-gone' });
    const { checks } = await auditCounts(db, { now: clock.now(), real: clock.real(), alive: () => false });
    expect(checks.sendingDead).toEqual(['m']);
    await db.ledger.deleteOne({ _id: 'm' });
  });

  test('[X-06] finds a decision whose effects are nowhere', async () => {
    const { db } = api.world;
    const person = await db.candidates.findOne({ 'applications.id': booked.application });
    if (!person) throw new Error('no person');
    const outbox = [
      { type: 'notify', key: 'lost:1' },
      { type: 'fact', key: 'lost:2' },
      { type: 'schedule', key: 'lost:3' },
      { type: 'book', key: 'lost:4' },
      { type: 'cancel', key: 'lost:5' },
    ];
    expect(
      await broken(
        () => db.candidates.updateOne({ _id: person._id }, { $set: { outbox } }),
        () => db.candidates.updateOne({ _id: person._id }, { $set: { outbox: person.outbox } }),
      ),
    ).toEqual({ unpublished: 4 });
  });

  test('[X-06] finds alarms that are missing, late, or rang for nothing', async () => {
    const { db, clock } = api.world;
    const keys = ['reminder24', 'reminder3', 'attendance'].map((kind) => `${kind}:${booked.application}`);
    for (const key of keys) {
      const row = await db.timers.findOne({ _id: key });
      if (!row) throw new Error(`no alarm ${key}`);
      const mend = () => db.timers.replaceOne({ _id: key }, row);
      const set = (change: object) => () => db.timers.updateOne({ _id: key }, { $set: change });
      expect(await broken(set({ status: 'cancelled' }), mend)).toEqual({ alarmsMissing: 1 });
      expect(await broken(set({ 'timer.version': 0 }), mend)).toEqual({ alarmsMissing: 1 });
      expect(await broken(set({ due: clock.now() - 2 * minute }), mend)).toEqual({ alarmsLate: 1 });
      expect(await broken(set({ status: 'fired' }), mend)).toEqual({ alarmsLost: 1 });
    }
  });

  test('[X-06] finds whoever has a task that the lists do not show', async () => {
    const { db } = api.world;
    const person = await db.candidates.findOne({ 'applications.id': booked.application });
    const { _id, tasked = [], applications } = person ?? expect.fail('no person');
    // Whose turn it was.
    expect(tasked).toEqual([applications[0]?.recruiter]);
    const set = (now: string[]) => () => db.candidates.updateOne({ _id }, { $set: { tasked: now } });
    expect(await broken(set([]), set(tasked))).toEqual({ tasksUnlisted: 1 });
    expect(await broken(set(['head', ...tasked]), set(tasked))).toEqual({ tasksUnlisted: 1 });
  });

  test('[X-06] finds what came in and was never worked on', async () => {
    const { db, clock } = api.world;
    const row = { lane: 'x', seq: 1, attempts: 0, at: new Date(clock.real() - 2 * minute) };
    const put = (status: 'waiting' | 'failed') =>
      broken(
        () => db.inbox.insertOne({ ...row, _id: 'in', status }),
        () => db.inbox.deleteOne({ _id: 'in' }),
      );
    expect(await put('waiting')).toEqual({ inboxWaiting: 1 });
    expect(await put('failed')).toEqual({ inboxFailed: 1 });
  });

  test('[X-06] [P-08] finds a reminder that was due and left no row', async () => {
    const { db, engine, clock } = api.world;
    await engine.moveClock(clock.offset() + booked.start - 24 * hour - clock.now() + minute);
    await api.world.quiet();
    expect(await found()).toEqual({});
    const key = `reminder:${booked.application}:24h:1`;
    const row = await db.ledger.findOne({ _id: key });
    if (!row) throw new Error('no reminder');
    expect(
      await broken(
        () => db.ledger.deleteOne({ _id: key }),
        () => db.ledger.insertOne(row),
      ),
    ).toMatchObject({ remindersLost: 1 });
  });

  test('[X-06] [P-07] an interview held in another way since is newer than the alarm of a reminder that was sent', async () => {
    const { call, world } = api;
    const application = `/api/v1/applications/${booked.application}/interview`;
    const start = new Date(booked.start).toISOString();
    const set = await call('POST', application, {
      body: { start, format: 'phone' },
    });
    expect(set.status).toBe(200);
    await world.quiet();
    expect(await found()).toEqual({});
    const key = `reminder3:${booked.application}`;
    const row = await world.db.timers.findOne({ _id: key });
    if (!row) throw new Error('no alarm');
    expect(
      await broken(
        () => world.db.timers.updateOne({ _id: key }, { $set: { 'timer.version': 1 } }),
        () => world.db.timers.replaceOne({ _id: key }, row),
      ),
    ).toEqual({ alarmsMissing: 1 });
  });
});

describe('the commands', () => {
  test('[X-06] npm run audit says so in plain words and by its exit code', async () => {
    const { db } = api.world;
    const clean = await run('audit.ts');
    expect(clean.output).toContain('Everything is accounted for.');
    expect(clean.code).toBe(0);
    await db.slots.updateOne({ application: booked.application }, { $set: { application: 'nobody', at: 1 } });
    const dirty = await run('audit.ts');
    await db.slots.updateOne({ application: 'nobody' }, { $set: { application: booked.application } });
    expect(dirty.output).toContain(`${booked.interviewer}:${booked.start}`);
    expect(dirty.code).toBe(1);
  });

  test('[X-11] npm run key makes a key that works, lists it without it, and ends it', async () => {
    const made = await run('key.ts', 'partner', 'admin');
    const key = /ra_[\w-]+/.exec(made.output)?.[0] ?? '';
    expect((await api.call('GET', '/api/v1/audit', { key })).status).toBe(200);
    expect((await run('key.ts', 'partner')).code).toBe(1);
    const list = await run('key.ts', 'list');
    expect(list.output).toMatch(/partner/);
    expect(list.output).not.toContain(key);
    const id = /(\w+) +admin +partner/.exec(list.output)?.[1] ?? '';
    expect((await run('key.ts', 'revoke', id)).code).toBe(0);
    expect((await api.call('GET', '/api/v1/audit', { key })).status).toBe(401);
    expect((await run('key.ts', 'revoke', 'ffffffff')).code).toBe(1);
    const wrong = await Promise.all([run('key.ts'), run('key.ts', 'bad name!'), run('key.ts', 'a', 'owner')]);
    expect(wrong.map(({ code }) => code)).toEqual([2, 2, 2]);
  });
});

/** A command as a person runs it, beside the running product. */
function run(script: string, ...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(import.meta.dirname, '../../scripts', script), ...args],
      { env: { ...process.env, LANG: 'en_US.UTF-8', MONGODB_URI: api.uri } },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : error ? -1 : 0;
        resolve({ code, output: stdout + stderr });
      },
    );
  });
}
