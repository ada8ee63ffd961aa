import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeSources } from '../../intake/makeSources.ts';
import { makeReminding } from '../../intake/makeReminding.ts';
import type { FoundLead } from '../../intake/source.ts';
import type { Database } from '../../models/database.ts';
import type { Sources } from '../../runtime/sources.ts';
import { eventually } from '../support/eventually.ts';
import { dieAt } from '../support/dieAt.ts';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { ownDatabase } from '../support/ownDatabase.ts';
import { type ScriptedSource, scriptedSource } from './scriptedSource.ts';

const posting = { source: 'avito' as const, id: '1234567890' };
let store: Awaited<ReturnType<typeof ownDatabase>>;
let world: EngineUnderTest;
let avito: ScriptedSource;
let sources: Sources;
let logged: object[];

/** A process's own reader over this database; its clock is ahead by so many milliseconds. */
const open = (db: Database, given: ScriptedSource[], ahead = 0): Sources =>
  makeSources({
    db,
    clock: ahead === 0 ? world.clock : { ...world.clock, real: () => world.clock.real() + ahead },
    policy: world.livePolicy.policy,
    desk: world.engine.desk,
    vacancies: world.engine.vacancies,
    lanes: world.engine.lanes,
    tellHeads: world.engine.tellHeads,
    sources: given,
    log: (line) => logged.push(line),
  });
const minutes = (count: number) => count * 60_000;
const people = () => world.db.candidates.find().sort({ createdAt: 1 }).toArray();
const told = (to: string) => world.sent.filter((one) => one.to === `m-${to}`).map(({ text }) => text);
const quiet = async () => {
  await sources.tick();
  await world.quiet();
};

beforeAll(async () => {
  store = await ownDatabase();
  world = await startEngine(store.uri, Date.parse('2026-11-24T08:00:00Z'));
});
afterAll(async () => {
  await world.close();
});
const clear = async () => {
  const { candidates, found, postings, sources: rows, vacancies } = world.db;
  for (const one of [candidates, found, postings, rows]) await one.deleteMany({});
  await vacancies.updateMany({}, { $set: { status: 'open' }, $unset: { postings: 1 } });
};
beforeEach(async () => {
  await clear();
  world.sent.length = 0;
  logged = [];
  avito = scriptedSource();
  sources = open(world.db, [avito]);
});

describe('leads arrive by themselves', () => {
  test('[P-01] a response to a posting of ours is a lead of its vacancy, with its source, note and links', async () => {
    await sources.put(posting, 'driver', 'head', 'e1');
    avito.respond({
      id: 'r1',
      name: '  Анна   Смирнова ',
      phone: '8 (916) 555-00-11',
      email: 'Anna@Example.com',
      note: 'Готова выйти завтра',
      links: [
        { kind: 'resume', url: 'https://hh.ru/resume/1' },
        { kind: 'chat', url: 'javascript:alert(1)' },
      ],
    });
    await quiet();
    const [anna, ...others] = await people();
    expect(others).toEqual([]);
    expect(anna).toMatchObject({ name: 'Анна Смирнова', phone: '+79165550011', email: 'anna@example.com' });
    const [application] = anna?.applications ?? [];
    expect(application).toMatchObject({
      vacancy: 'driver',
      source: 'avito',
      stage: 'review',
      arrivals: [
        {
          source: 'avito',
          id: 'r1',
          note: 'Готова выйти завтра',
          links: [{ kind: 'resume', url: 'https://hh.ru/resume/1' }],
        },
      ],
    });
    expect(application?.tasks.map(({ kind }) => kind)).toEqual(['take']);
    expect(told(application?.recruiter ?? '')[0]).toContain('Анна Смирнова');
    expect(await world.db.found.findOne({})).toEqual({
      _id: 'avito:r1',
      source: 'avito',
      posting: 'avito:1234567890',
      status: 'taken',
      at: expect.any(Number),
      candidate: anna?._id,
      application: application?.id,
    });
  });

  test('[P-01] [P-04] a known number is the same person; told again, or responding again, makes nobody twice', async () => {
    await sources.put(posting, 'driver', 'head', 'e1');
    await sources.put({ ...posting, id: '22' }, 'cook', 'head', 'e2');
    const first = avito.respond({ name: 'Анна', phone: '+79165550011' });
    await quiet();
    avito.respond({ ...first });
    const second = avito.respond({ vacancy: '22', phone: '89165550011' });
    const third = avito.respond({ phone: '8 916 555-00-11', note: 'Ещё жду' });
    await sources.ring('avito');
    await quiet();
    const [anna, ...others] = await people();
    expect(others).toEqual([]);
    expect(
      anna?.applications.map(({ vacancy, arrivals }) => [vacancy, arrivals?.map(({ id }) => id)]),
    ).toEqual([
      ['driver', [first.id, third.id]],
      ['cook', [second.id]],
    ]);
    expect(told(anna?.applications[0]?.recruiter ?? '').join()).toContain('Ещё один отклик');
  });

  test('[P-01] somebody without a number, or with one nobody can ring, is a person too', async () => {
    await sources.put(posting, 'driver', 'head', 'e1');
    avito.respond({ name: 'Борис' });
    avito.respond({ phone: 'скрыт' });
    await quiet();
    expect(
      (await people()).map(({ name, phone, applications }) => [
        name,
        phone,
        applications[0]?.arrivals?.[0]?.note,
      ]),
    ).toEqual(
      expect.arrayContaining([
        ['Борис', undefined, undefined],
        [undefined, undefined, 'скрыт'],
      ]),
    );
  });

  test('[P-01] a blacklisted person gets no application more', async () => {
    await sources.put(posting, 'driver', 'head', 'e1');
    const first = avito.respond({ name: 'Анна', phone: '+79165550011' });
    await quiet();
    const [anna] = await people();
    const application = anna?.applications[0]?.id ?? '';
    const event = { id: 'b1', type: 'blacklist' as const, application, by: 'head', reason: 'rude' };
    expect(await world.engine.desk.perform(anna?._id ?? '', event)).toMatchObject({ ok: true });
    const again = avito.respond({ phone: '+79165550011' });
    await sources.ring('avito');
    await quiet();
    const [after] = await people();
    expect(after?.applications).toHaveLength(1);
    expect(after?.applications[0]).toMatchObject({
      stage: 'blacklist',
      arrivals: [{ id: first.id }, { id: again.id }],
    });
  });
});

describe('a number that is given later', () => {
  const numbers = async () => (await people()).map(({ name, phone }) => [name, phone]);
  const retold = async (lead: FoundLead, phone: string) => {
    avito.respond({ ...lead, phone });
    await sources.ring('avito');
    await quiet();
  };

  test('[P-01] stands on the card, once, and the recruiter hears of it', async () => {
    await sources.put(posting, 'driver', 'head', 'e1');
    const anna = avito.respond({ name: 'Анна', note: 'Пишите в чат' });
    await quiet();
    await retold(anna, '+7 916 555-00-11');
    await retold(anna, '+7 916 555-00-22');
    expect(await numbers()).toEqual([['Анна', '+79165550011']]);
    const recruiter = (await people())[0]?.applications[0]?.recruiter ?? '';
    expect(told(recruiter).filter((text) => text.includes('+79165550011'))).toHaveLength(1);
    expect(await world.db.found.findOne({})).toMatchObject({ status: 'taken' });
    expect(await world.db.found.findOne({})).not.toHaveProperty('lead');
    const note = { what: 'arrivalNote', candidate: (await people())[0]?._id ?? '' };
    expect(await world.db.ledger.findOne(note)).toMatchObject({ params: { text: 'Пишите в чат' } });
  });

  test('[P-01] of somebody who waits goes with them; one that the recruiter found stays; a wrong one is nobody’s', async () => {
    const [boris, vera, gleb] = ['Борис', 'Вера', 'Глеб'].map((name) => avito.respond({ name }));
    await quiet();
    if (!boris || !vera || !gleb) throw new Error('three responded');
    await retold(boris, '89165550012');
    await sources.put(posting, 'driver', 'head', 'e1');
    await quiet();
    const { candidate = '', application = '' } =
      (await world.db.found.findOne({ _id: `avito:${vera.id}` })) ?? {};
    const found = {
      id: `found:${vera.id}`,
      type: 'setPhone' as const,
      application,
      by: 'head',
      phone: '+79165550013',
    };
    await world.engine.desk.perform(candidate, found);
    await retold(vera, '+79165550099');
    await retold(gleb, 'скрыт');
    expect(await numbers()).toEqual([
      ['Борис', '+79165550012'],
      ['Вера', '+79165550013'],
      ['Глеб', undefined],
    ]);
    expect(await world.db.found.countDocuments({ status: 'taken' })).toBe(3);
  });

  test('[X-02] of somebody who was forgotten brings nobody back', async () => {
    await sources.put(posting, 'driver', 'head', 'e1');
    const anna = avito.respond({ name: 'Анна' });
    await quiet();
    await world.db.found.updateMany({}, { $unset: { candidate: 1, application: 1 } });
    await world.db.candidates.deleteMany({});
    await retold(anna, '+79165550011');
    expect(await people()).toEqual([]);
  });
});

describe('whose vacancy it is', () => {
  test('[P-01] of an unknown posting the head hears once; put on a vacancy, all who waited go there, and whoever comes after', async () => {
    avito.respond({ name: 'Анна', phone: '+79165550011' });
    avito.respond({ name: 'Борис', phone: '+79165550012' });
    await quiet();
    await quiet();
    expect(await people()).toEqual([]);
    expect(told('head')).toHaveLength(1);
    expect(told('head')[0]).toContain('1234567890');
    await sources.put(posting, 'cook', 'head', 'e1');
    avito.respond({ name: 'Вера', phone: '+79165550013' });
    await sources.ring('avito');
    await quiet();
    expect((await people()).map(({ name, applications }) => [name, applications[0]?.vacancy])).toEqual([
      ['Анна', 'cook'],
      ['Борис', 'cook'],
      ['Вера', 'cook'],
    ]);
    expect(await world.db.postings.countDocuments()).toBe(0);
  });

  test('[P-01] what is not ours is dropped, and so is whoever comes later; taken back, they wait again', async () => {
    avito.respond({ name: 'Анна' });
    await quiet();
    await sources.drop(posting, 'head', 'd1');
    avito.respond({ name: 'Борис' });
    await sources.ring('avito');
    await quiet();
    const statuses = async () => (await world.db.found.find().toArray()).map(({ status }) => status);
    expect(await statuses()).toEqual(['dropped', 'dropped']);
    await sources.takeBack(posting, 'head', 'd2');
    await quiet();
    expect(await statuses()).toEqual(['waiting', 'waiting']);
    await sources.put(posting, 'cook', 'head', 'e1');
    await quiet();
    expect(await people()).toHaveLength(2);
  });

  test('[P-01] put on a vacancy after all, whoever was put aside goes there too', async () => {
    avito.respond({ name: 'Анна' });
    await quiet();
    await sources.drop(posting, 'head', 'd3');
    await sources.put(posting, 'cook', 'head', 'e1');
    await quiet();
    expect(await people()).toMatchObject([{ name: 'Анна', applications: [{ vacancy: 'cook' }] }]);
    expect(await world.db.postings.countDocuments()).toBe(0);
  });

  test('[P-01] a response to a vacancy that is closed waits, and goes there when it is opened again', async () => {
    await sources.put(posting, 'cook', 'head', 'e1');
    await world.engine.vacancies.change('cook', { status: 'archived' }, 'e2');
    avito.respond({ name: 'Анна' });
    await quiet();
    expect(told('head')).toEqual([expect.stringMatching(/закрытую вакансию «Повар/)]);
    expect(await people()).toEqual([]);
    await world.engine.vacancies.change('cook', { status: 'open' }, 'e3');
    await quiet();
    expect(await people()).toMatchObject([{ name: 'Анна', applications: [{ vacancy: 'cook' }] }]);
  });

  test('[P-01] whoever waits overnight is told of each working morning, once', async () => {
    avito.respond({ name: 'Анна' });
    avito.respond({ name: 'Борис', vacancy: '77' });
    await quiet();
    const { db, clock, livePolicy, engine } = world;
    const start = clock.now();
    const reminders = () => told('head').filter((text) => text.includes('Всё ещё ждут'));
    const after = async (hours: number) => {
      const then = { ...clock, now: () => start + hours * 3_600_000 };
      const { policy } = livePolicy;
      const remind = makeReminding({ db, clock: then, policy, tellHeads: engine.tellHeads });
      const asked = await db.postings.find({ status: 'asked' }).toArray();
      // Twice, and another process will do the same.
      await remind(asked);
      await remind(asked);
      await world.quiet();
    };
    // It is Tuesday, eleven in the morning: the same evening, nine the next morning.
    for (const hours of [9, 22]) await after(hours);
    expect(reminders()).toEqual([]);
    for (const hours of [24, 26]) await after(hours);
    expect(reminders()).toEqual([expect.stringContaining('<b>2</b>')]);
    await sources.put(posting, 'cook', 'head', 'e1');
    // Thursday, Saturday, Sunday.
    for (const hours of [48, 96, 120]) await after(hours);
    expect(reminders().slice(1)).toEqual([expect.stringContaining('<b>1</b>')]);
    await sources.put({ ...posting, id: '77' }, 'cook', 'head', 'e2');
    await after(144);
    expect(reminders()).toHaveLength(2);
  });

  test('[P-01] whoever a dead process left waiting for nothing is asked about anew at the next start', async () => {
    avito.respond({ name: 'Анна' });
    await quiet();
    await world.db.postings.deleteMany({});
    world.sent.length = 0;
    sources.start();
    sources.stop();
    const lookedAt = () => world.db.found.countDocuments({ status: 'new' });
    await eventually(lookedAt, (count) => count === 1);
    await quiet();
    expect(told('head')).toHaveLength(1);
    expect(await world.db.found.countDocuments({ status: 'waiting' })).toBe(1);
  });

  test('[P-01] a posting is of one vacancy: of another open one it is refused, of a closed one it moves', async () => {
    const { vacancies } = world.engine;
    expect(await vacancies.addPosting('cook', posting, 'head', 'e1')).toBeUndefined();
    expect(await vacancies.addPosting('driver', posting, 'head', 'e2')).toMatchObject({ _id: 'cook' });
    await vacancies.change('cook', { status: 'archived' }, 'e3');
    expect(await vacancies.addPosting('driver', posting, 'head', 'e4')).toBeUndefined();
    await vacancies.change('cook', { status: 'open' }, 'e4b');
    const of = async (id: string) => (await world.db.vacancies.findOne({ _id: id }))?.postings;
    expect([await of('driver'), await of('cook')]).toEqual([[posting], []]);
    const one = { ...posting, id: '33' };
    const both = await Promise.all(
      ['cook', 'driver'].map((id) => vacancies.addPosting(id, one, 'head', `both ${id}`)),
    );
    expect(both.filter((other) => other === undefined)).toHaveLength(1);
    expect(await world.db.vacancies.countDocuments({ postings: { $elemMatch: one } })).toBe(1);
    await vacancies.dropPosting('driver', posting, 'head', 'e5');
    await vacancies.dropPosting('driver', one, 'head', 'e6');
    expect(await of('driver')).toEqual([]);
  });

  test.each([
    ['74951234567', '+74951234567'],
    ['+7 (495) 123-45-67', '+74951234567'],
    ['84951234567', '+74951234567'],
  ])('[P-01] a number that was called is known in any spelling: %s', async (said, number) => {
    const calls = scriptedSource('novofon', said);
    sources = open(world.db, [calls]);
    await sources.put({ source: 'novofon', id: number }, 'cook', 'head', 'e1');
    calls.respond({ phone: '79165550011' });
    await quiet();
    expect(await people()).toMatchObject([
      { phone: '+79165550011', applications: [{ vacancy: 'cook', source: 'novofon' }] },
    ]);
  });
});

describe('calls', () => {
  const number = { source: 'novofon' as const, id: '+74951234567' };
  const caller = '79165550011';
  let calls: ScriptedSource;
  beforeEach(() => {
    calls = scriptedSource('novofon', '74951234567');
    sources = open(world.db, [avito, calls]);
  });
  const heard = async () => {
    await sources.ring('novofon');
    await quiet();
  };
  const rings = async (
    call: { talk?: number; record?: string },
    more: { phone?: string; vacancy?: string } = {},
  ) => {
    calls.respond({ phone: caller, at: new Date(world.clock.now()), call, ...more });
    await heard();
  };
  const owed = async () =>
    ((await people())[0]?.applications ?? []).flatMap(({ tasks }) =>
      tasks.filter(({ done }) => done === undefined).map(({ kind }) => kind),
    );

  test('[P-01] [A-10] a missed call of somebody new is a lead that is to be rung back', async () => {
    await sources.put(number, 'cook', 'head', 'e1');
    await rings({});
    const [person] = await people();
    expect(person).toMatchObject({
      phone: '+79165550011',
      applications: [{ vacancy: 'cook', source: 'novofon', stage: 'review', calls: { missed: 0 } }],
    });
    expect(person).not.toHaveProperty('name');
    expect(await owed()).toEqual(['take', 'ringBack']);
    expect(told(person?.applications[0]?.recruiter ?? '')).toEqual([
      expect.stringMatching(/Новый отклик, пропущенный звонок: <b>\+79165550011<\/b>, «Повар.*Перезвоните/s),
    ]);
  });

  test('[P-01] [P-04] who is known and calls again is no second lead, whatever number they call', async () => {
    await sources.put(posting, 'driver', 'head', 'e1');
    avito.respond({ name: 'Анна', phone: caller });
    await quiet();
    world.sent.length = 0;
    await rings({ talk: 125, record: 'https://media.example/1' });
    await rings({}, { vacancy: '74950000000' });
    const [anna, ...others] = await people();
    expect(others).toEqual([]);
    expect(anna?.applications).toMatchObject([
      { vacancy: 'driver', calls: { rang: { at: expect.any(Number) } } },
    ]);
    expect(await owed()).toEqual(['take', 'ringBack']);
    const recruiter = anna?.applications[0]?.recruiter ?? '';
    expect(told(recruiter)).toEqual([expect.stringMatching(/Анна.*пропущенный звонок/s)]);
    expect(told('head')).toEqual([]);
    await rings({ talk: 5 });
    expect(await owed()).toEqual(['take']);
    expect((await world.db.found.find({ source: 'novofon' }).toArray()).map(({ status }) => status)).toEqual(
      Array.from({ length: 3 }, () => 'taken'),
    );
  });

  test('[P-01] whose application is closed comes back by a call', async () => {
    await sources.put(number, 'cook', 'head', 'e1');
    await rings({ talk: 30 });
    const [person] = await people();
    const application = person?.applications[0]?.id ?? '';
    const event = { id: 'w1', type: 'reserve' as const, application, by: 'head' };
    expect(await world.engine.desk.perform(person?._id ?? '', event)).toMatchObject({ ok: true });
    await rings({});
    expect((await people())[0]?.applications.map(({ stage }) => stage)).toEqual(['withdrawn', 'review']);
  });

  test('[P-01] a colleague or a client who calls is no candidate', async () => {
    await sources.put(number, 'cook', 'head', 'e1');
    await world.db.members.updateOne({ _id: 'client' }, { $set: { phone: '8 (916) 555-00-11' } });
    await rings({});
    expect(await people()).toEqual([]);
    await world.db.members.updateOne({ _id: 'client' }, { $unset: { phone: 1 } });
  });

  test('[P-01] a number of no vacancy: the head chooses, then every call of somebody is told', async () => {
    await rings({});
    await rings({ talk: 40 });
    expect(told('head')).toEqual([expect.stringMatching(/Звонок на номер .*74951234567.*79165550011 ждёт/s)]);
    await sources.put(number, 'cook', 'head', 'e1');
    await quiet();
    expect(await people()).toHaveLength(1);
    expect(await owed()).toEqual(['take']);
  });
});

describe('when a source is read', () => {
  test('[P-01] once a minute from where it was, and at once when it rings', async () => {
    await sources.tick();
    await sources.tick();
    expect(avito.reads).toEqual([undefined]);
    avito.respond({});
    await sources.ring('avito');
    await sources.tick();
    expect(avito.reads).toEqual([undefined, '0']);
    await open(world.db, [avito], minutes(1)).tick();
    expect(avito.reads).toEqual([undefined, '0', '1']);
  });

  test('[P-01] one that asks to be left alone is, whoever rings; nothing is lost by it', async () => {
    await sources.tick();
    avito.respond({ name: 'Анна' });
    avito.faults.push({ why: 'limit', retryAfter: 90 });
    await open(world.db, [avito], minutes(1)).tick();
    await sources.ring('avito');
    await open(world.db, [avito], minutes(2)).tick();
    expect(avito.reads).toHaveLength(2);
    await open(world.db, [avito], minutes(2.6)).tick();
    expect(avito.reads).toHaveLength(3);
    expect(await world.db.found.countDocuments()).toBe(1);
    expect(await world.db.sources.findOne({})).not.toHaveProperty('fault');
  });

  test('[P-01] a key that fits no more is told to the head once, and is tried again at once when asked for', async () => {
    await sources.tick();
    avito.faults.push({ why: 'wrongKey' }, { why: 'wrongKey' });
    await open(world.db, [avito], minutes(1)).tick();
    await open(world.db, [avito], minutes(5)).tick();
    expect(avito.reads).toHaveLength(2);
    await sources.ring('avito');
    await quiet();
    expect(avito.reads).toHaveLength(3);
    expect(told('head')).toEqual([expect.stringContaining('ключ не подходит')]);
  });

  test('[P-01] silence is met with longer and longer pauses', async () => {
    avito.faults.push(...Array.from({ length: 8 }, () => ({ why: 'noAnswer' as const })));
    const pauses: number[] = [];
    for (let at = 0; at <= 50; at += 1) {
      const before = avito.reads.length;
      await open(world.db, [avito], minutes(at)).tick();
      if (avito.reads.length > before) pauses.push(at);
    }
    expect(pauses).toEqual([0, 1, 3, 7, 15, 30, 45]);
  });

  test('[P-01] somebody who cannot be put there holds up nobody, and is tried again', async () => {
    await sources.put(posting, 'cook', 'head', 'e1');
    avito.respond({ name: 'Анна', at: new Date(Number.NaN) });
    avito.respond({ name: 'Борис' });
    const broken = { ...world.engine.desk };
    let failing = true;
    const desk = {
      ...broken,
      addCandidate: (lead: Parameters<typeof broken.addCandidate>[0]) =>
        failing && lead.name === 'Анна' ? Promise.reject(new TypeError('no')) : broken.addCandidate(lead),
    };
    const { policy } = world.livePolicy;
    const given = { ...world.engine, policy, desk, db: world.db, sources: [avito], log: () => undefined };
    await makeSources({ ...given, clock: world.clock }).tick();
    expect((await people()).map(({ name }) => name)).toEqual(['Борис']);
    failing = false;
    const later = { ...world.clock, real: () => world.clock.real() + 2_000 };
    await makeSources({ ...given, clock: later }).tick();
    expect((await people()).map(({ name }) => name)).toEqual(['Борис', 'Анна']);
  });
});

test('[P-01] of two processes one reads and brings; when it is gone the other does', async () => {
  const two = await startEngine(store.uri, world.clock.now(), ['telegram'], { alone: false });
  const three = await startEngine(store.uri, world.clock.now(), ['telegram'], { alone: false });
  await sources.put(posting, 'cook', 'head', 'e1');
  avito.respond({ name: 'Анна', phone: '+79165550011' });
  avito.respond({ name: 'Анна', phone: '+79165550011' });
  const of = ({ engine, clock, db, livePolicy: { policy } }: EngineUnderTest) =>
    makeSources({ ...engine, db, clock, policy, sources: [avito], log: (line) => logged.push(line) });
  const [second, third] = [of(two), of(three)];
  await second.tick();
  await sources.ring('avito');
  await Promise.all([third.tick(), third.tick()]);
  expect(avito.reads).toHaveLength(1);
  const [anna, ...others] = await people();
  expect([anna?.applications.length, others]).toEqual([1, []]);
  // The first is dead: what it held runs out.
  await world.db.lanes.updateMany({}, { $set: { until: 0 } });
  avito.respond({ name: 'Борис' });
  await third.tick();
  expect(avito.reads).toHaveLength(2);
  expect(await people()).toHaveLength(2);
  for (const one of [two, three]) await one.close();
});

test('[P-01] killed at any write of ours, the next process loses nobody and doubles nobody', async () => {
  let died = true;
  for (let at = 1; died; at += 1) {
    await clear();
    await sources.put(posting, 'cook', 'head', `k${at}`);
    const mine = scriptedSource();
    mine.respond({ name: 'Анна', phone: '+79165550011' });
    mine.respond({ name: 'Борис' });
    mine.respond({ name: 'Чужой', vacancy: '77' });
    mine.respond({ phone: '+79165550011', call: {} });
    const dying = dieAt(world.db, at, 'before');
    dying.from();
    await open(dying.db, [mine])
      .tick()
      .catch(() => undefined);
    died = dying.died();
    await open(world.db, [mine], minutes(20)).tick();
    await world.quiet();
    const anna = (await people()).find(({ name }) => name === 'Анна');
    expect((await people()).map(({ name }) => name).sort(), `at ${at}`).toEqual(['Анна', 'Борис']);
    const statuses = (await world.db.found.find().toArray()).map(({ status }) => status).sort();
    expect(statuses, `at ${at}`).toEqual(['taken', 'taken', 'taken', 'waiting']);
    const calls = await world.db.ledger.countDocuments({ what: 'callMissed', candidate: anna?._id });
    expect(calls, `at ${at}`).toBe(1);
    // The last time round nothing was left to die at.
    if (!died) expect(at).toBeGreaterThan(8);
  }
});
