import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../flows/candidate.ts';
import type { Event } from '../../flows/event.ts';
import { noCounts } from '../../flows/imports/tableImport.ts';
import { personalData } from '../../models/forgetting/personalData.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { makeFiles } from '../../runtime/files.ts';
import { makeMyData } from '../../runtime/makeMyData.ts';
import { loadWords } from '../../runtime/words.ts';
import { dieAt } from '../support/dieAt.ts';
import { dumpOf, foundIn } from '../support/dumpOf.ts';
import { holdCall } from '../support/holdCall.ts';
import type { EngineUnderTest } from '../support/startEngine.ts';
import { worldsOverOneStore } from '../support/worldsOverOneStore.ts';

const tuesday = Date.UTC(2026, 10, 24, 9);
const start = worldsOverOneStore(tuesday);

let lives = 0;

/** What nobody else is called, reached by, or wrote. */
interface Marks {
  id: string;
  name: string;
  phone: string;
  chat: string;
  words: string[];
}

function marks(): Marks {
  lives += 1;
  const id = `p${lives}x`;
  const name = `Зинаида Неповторимая${lives}`;
  const phone = `+791677${String(lives).padStart(5, '0')}`;
  const chat = `chat77${lives}`;
  return { id, name, phone, chat, words: [name, phone, chat, `тайна${lives}`, `zina${lives}@mail.ru`] };
}

/** A person who has been everywhere: talked, joined, likened, met, called, imported, filed. */
async function live(world: EngineUnderTest): Promise<Marks> {
  const { db, clock, engine } = world;
  const own = marks();
  const { id, name, phone, chat, words } = own;
  const [, , , secret = '', email = ''] = words;
  const kept = makeFiles({ db, clock, telegram: () => Promise.reject(new Error('not there')) });
  const cv = await kept.keep(Buffer.from(`резюме ${secret}`), `${secret}.txt`, 'document', `cv:${id}`);
  const table = await kept.keep(Buffer.from(`${name};${phone}`), 'base.csv', 'document', `table:${id}`);
  const start = tuesday + lives * 86_400_000 + 3_600_000;
  const person: Candidate = {
    _id: id,
    version: 0,
    createdAt: tuesday,
    channels: [{ channel: 'telegram', address: chat }],
    lang: 'ru',
    zone: 'Europe/Moscow',
    name,
    phone,
    email,
    also: { names: [], phones: [], emails: [] },
    consent: { version: '1', at: tuesday },
    joined: [`${id}-younger`],
    duplicates: [`${id}-like`],
    notes: [
      {
        at: tuesday,
        by: 'head',
        text: secret,
        from: { import: `i${id}`, key: 'k', event: 'e', file: 'base.csv', number: 1, filled: [] },
      },
    ],
    applications: [
      {
        id: `app-${id}`,
        vacancy: 'cook',
        source: 'hh',
        createdAt: tuesday,
        stage: 'interview',
        stageAt: tuesday,
        recruiter: 'recruiter1',
        taken: tuesday,
        answers: {
          q: { kind: 'text', value: secret, text: secret, at: tuesday, asked: 'вопрос', file: cv },
          y: { kind: 'yesno', value: 'yes', text: 'yes', at: tuesday, asked: 'есть ли' },
        },
        interview: { interviewer: 'recruiter1', start, format: 'office', bookedAt: tuesday, reminders: [] },
        interviewVersion: 1,
        tasks: [],
        notes: [{ at: tuesday, by: 'recruiter1', text: `заметка: ${secret}` }],
        files: [{ ...cv, at: tuesday, by: 'candidate' }],
      },
    ],
    decided: [],
    outbox: [],
  };
  const blank = { createdAt: tuesday, lang: 'ru', zone: 'Europe/Moscow', channels: [], applications: [] };
  const others = { ...blank, version: 0, decided: [], outbox: [] };
  const keep = { name: 'elder', phone: 'elder' } as const;
  const was = [{ channel: 'telegram' as const, address: `${chat}0` }];
  const merged = { into: id, at: tuesday, by: 'head', event: 'm', keep, channels: was };
  await db.candidates.insertMany([
    person,
    { ...others, _id: `${id}-younger`, merged },
    {
      ...others,
      _id: `${id}-like`,
      name: 'Другая',
      duplicates: [id],
      outbox: [{ type: 'fact', key: 'x', what: name }],
    },
  ]);
  const slot = { interviewer: 'recruiter1', start, candidate: id, application: `app-${id}`, at: tuesday };
  await db.slots.insertOne({ _id: `recruiter1:${start}`, ...slot });
  await db.ledger.insertMany([
    { _id: `l1${id}`, kind: 'in', at: tuesday, candidate: `${id}-younger`, text: secret },
    {
      _id: `l2${id}`,
      kind: 'out',
      at: tuesday,
      candidate: `${id}-like`,
      to: { member: 'recruiter1' },
      message: { key: 'same.found', params: { names: name } },
      status: 'sent',
    },
    {
      _id: `posting:hh:${id}:1:head`,
      kind: 'out',
      at: tuesday,
      to: { member: 'head' },
      message: { key: 'sites.unknown', params: { name } },
      status: 'sent',
    },
    {
      _id: `plan${id}:1`,
      kind: 'out',
      at: tuesday,
      to: { member: 'client1' },
      message: { key: 'clientCall.client.planned', params: { people: name } },
      status: 'sent',
    },
  ]);
  await db.timers.insertOne({
    _id: `reminder:${id}`,
    candidate: id,
    due: start,
    timer: { kind: 'relayEnd', application: `app-${id}`, until: 0 },
    status: 'armed',
    version: 1,
  });
  await db.choices.insertOne({ _id: `telegram:${chat}`, at: new Date(tuesday), messages: [] });
  await db.windows.insertOne({ _id: `telegram:${chat}`, at: new Date(tuesday), wrote: tuesday });
  await db.topics.insertOne({ _id: id, chat: '-100', thread: lives });
  await db.places.insertOne({ _id: `dialog:${id}`, chat, messageId: 1, hash: 'h' });
  await db.found.insertMany([
    { _id: `hh:${id}`, source: 'hh', posting: `hh:${id}`, status: 'taken', at: tuesday, candidate: id },
    {
      _id: `hh:${id}w`,
      source: 'hh',
      posting: 'hh:9',
      status: 'waiting',
      at: tuesday,
      lead: { id: '1', at: new Date(tuesday), name, phone },
    },
  ]);
  await db.sessions.insertOne({ _id: `search:${id}`, value: { query: name } });
  const failed = { lane: `tg:${chat}`, seq: lives, attempts: 5, at: new Date(tuesday) };
  await db.inbox.insertMany([
    { _id: `f${id}`, ...failed, status: 'failed', body: { source: 'telegram', update: { text: secret } } },
    { _id: `d${id}`, ...failed, status: 'done' },
  ]);
  await db.clientCalls.insertOne({
    _id: `call-${id}`,
    version: 0,
    kind: 'interview',
    start,
    manager: 'recruiter1',
    company: 'ООО Ромашка',
    people: [{ candidate: id, application: `app-${id}` }],
    moves: 0,
    result: {
      at: tuesday,
      by: 'recruiter1',
      mark: 'results',
      answers: { nextStep: `Позвонить: ${name}` },
      people: [{ application: `app-${id}`, summary: secret, result: secret, verdict: 'open' }],
    },
    todo: [{ id: 'agreed', text: `Позвонить: ${name}` }],
    createdAt: tuesday,
    by: 'recruiter1',
    decided: [`plan${id}`],
    outbox: [{ what: name }],
  });
  await db.imports.insertOne({
    _id: `i${id}`,
    by: 'head',
    createdAt: tuesday,
    file: table,
    sheets: [''],
    sheet: 0,
    layout: { heading: 0, columns: [] },
    mapping: {},
    rows: 1,
    samples: [[name, phone]],
    status: 'done',
    counts: noCounts,
    version: 0,
  } as never);
  await db.importRows.insertOne({
    _id: `i${id}:0`,
    import: `i${id}`,
    row: 0,
    outcome: { what: 'made', name, candidate: id, doubts: [], alike: [name] },
  });
  await world.happen(chat, { type: 'messageArrived', kind: 'text', text: secret });
  await engine.desk.perform(id, {
    id: `note:${id}`,
    type: 'addNote',
    application: `app-${id}`,
    by: 'recruiter1',
    text: secret,
  });
  await world.quiet();
  return own;
}

const forgetPerson = (id: string): Event => ({ id: `forget:${id}`, type: 'forgetPerson', by: 'head' });

describe('[X-02] a person who asked for it is forgotten', () => {
  test('every collection of the database says whether a person stands in it', async () => {
    const { db } = await start();
    const known = Object.keys(personalData);
    for (const name of (await dumpOf(db)).keys()) expect(known, `collection ${name}`).toContain(name);
  });

  test('after a whole life nothing of them is found in a dump of the database', async () => {
    const world = await start();
    const own = await live(world);
    const before = await foundIn(world.db, own.words);
    // The life is one that leaves traces: otherwise nothing would be proved.
    expect(new Set(before.map((found) => found.split(':')[0]))).toEqual(
      new Set([
        'candidates',
        'ledger',
        'attachments',
        'pieces',
        'imports',
        'importRows',
        'found',
        'clientCalls',
        'sessions',
        'inbox',
        'choices',
        'windows',
        'places',
      ]),
    );
    world.sent.length = 0;
    expect((await world.engine.desk.perform(own.id, forgetPerson(own.id))).ok).toBe(true);
    await world.quiet();
    expect(await foundIn(world.db, own.words)).toEqual([]);
    const { db } = world;
    for (const left of [
      db.timers.countDocuments({ candidate: own.id }),
      db.topics.countDocuments({ _id: own.id }),
    ])
      expect(await left).toBe(0);
    expect(await db.slots.countDocuments({ candidate: own.id })).toBe(0);
    // Told, last, in the chat that is nobody's now; the proof stays.
    expect(world.sent.at(-1)).toMatchObject({ to: own.chat });
    expect(world.sent.at(-1)?.text).toContain(own.id);
    expect(await db.ledger.countDocuments({ candidate: own.id, what: 'forgotten' })).toBe(1);
    expect(await db.candidates.findOne({ _id: own.id })).toMatchObject({
      forgotten: { by: 'head' },
      outbox: [],
    });
    // Of the others everything is there.
    expect(await db.candidates.countDocuments({ _id: `${own.id}-like`, name: 'Другая' })).toBe(1);
    expect(await db.clientCalls.findOne({ _id: `call-${own.id}` })).toMatchObject({
      result: { answers: { nextStep: 'Позвонить: …' }, people: [{ verdict: 'open', summary: '' }] },
    });
  });

  test("before that they can have all of it in a file: their own words, and nobody's notes", async () => {
    const world = await start();
    const own = await live(world);
    const words = loadWords(join(import.meta.dirname, '../../locales'));
    const draw = makeMyData({ db: world.db, words, clock: world.clock });
    const text = Buffer.from((await draw(`mydata:${own.id}`))?.bytes ?? []).toString();
    const [, , , secret = ''] = own.words;
    for (const said of [
      own.name,
      own.phone,
      `вы: ${secret}`,
      'вопрос',
      `• ${secret}.txt`,
      'версия 1',
      'hh.ru',
      'есть ли\n    Да',
    ])
      expect(text).toContain(said);
    expect(text).not.toMatch(/заметка:|\b(?:mydata|candidate)\.|[{}]|undefined/);
    await world.engine.desk.perform(own.id, forgetPerson(own.id));
    expect(await draw(`mydata:${own.id}`)).toBeUndefined();
  });

  test('killed at any write of it, the next process brings it to its end, and says so once', async () => {
    let deaths = 0;
    for (const side of ['before', 'after'] as const)
      for (let at = side === 'before' ? 2 : 5; ; at += 9) {
        let doomed: ReturnType<typeof dieAt> | undefined;
        const world = await start({ around: (db) => (doomed = dieAt(db, at, side)).db });
        const own = await live(world);
        doomed?.from();
        await world.engine.desk.perform(own.id, forgetPerson(own.id)).catch(() => undefined);
        const died = doomed?.died() === true;
        await world.engine.stop();
        const next = await start();
        await next.engine.desk.perform(own.id, forgetPerson(own.id));
        await next.quiet();
        expect(await foundIn(next.db, own.words), `killed at write ${at}, ${side}`).toEqual([]);
        const told = [...world.sent, ...next.sent].filter(
          ({ to, text }) => to === own.chat && text.includes(own.id),
        );
        expect(told.length).toBeLessThanOrEqual(1);
        if (!died) break;
        deaths += 1;
      }
    expect(deaths).toBeGreaterThan(3);
  }, 60_000);

  test('nor is anything found of whoever said no before anything was kept', async () => {
    const world = await start();
    const chat = 'chat-of-no-one';
    for (const text of ['/start', 'Повар', 'нет']) {
      await world.happen(chat, { type: 'messageArrived', text });
      await world.quiet();
    }
    expect(world.sent.at(-1)?.text).toContain('мы ничего не сохранили');
    expect(await foundIn(world.db, [chat])).toEqual([]);
  });

  test('nor is anybody dropped who has begun anew before the last word left', async () => {
    const world = await start();
    const chat = 'chat-of-a-second-thought';
    for (const text of ['/start', 'Повар']) {
      await world.happen(chat, { type: 'messageArrived', text });
      await world.quiet();
    }
    world.answers.push({ outcome: 'notArrived', error: 'away', retryAfter: 300 });
    for (const text of ['нет', '/start']) await world.happen(chat, { type: 'messageArrived', text });
    await world.quiet();
    expect(world.sent.at(-2)?.text).toContain('мы ничего не сохранили');
    expect((await world.db.candidates.findOne({ 'channels.address': chat }))?.dialog).toBeDefined();
  });
  test('killed at any write of that, the next process keeps nothing either', async () => {
    const said = async (world: EngineUnderTest, chat: string, text: string) => {
      await world.happen(chat, { type: 'messageArrived', text }).catch(() => undefined);
    };
    let deaths = 0;
    for (const side of ['before', 'after'] as const)
      for (let at = 1; ; at += side === 'before' ? 1 : 3) {
        const chat = `chat-of-no-one-${side}-${at}`;
        let doomed: ReturnType<typeof dieAt> | undefined;
        const world = await start({ around: (db) => (doomed = dieAt(db, at, side)).db });
        for (const text of ['/start', 'Повар']) await said(world, chat, text);
        await world.quiet();
        doomed?.from();
        await said(world, chat, 'нет');
        await world.engine.stop();
        const next = await start();
        // What was not decided comes again.
        const person = await next.db.candidates.findOne({ 'channels.address': chat });
        if (person?.dialog) await said(next, chat, 'нет');
        await next.quiet();
        expect(await foundIn(next.db, [chat]), `killed at write ${at}, ${side}`).toEqual([]);
        if (!doomed?.died()) break;
        deaths += 1;
      }
    expect(deaths).toBeGreaterThan(5);
  }, 30_000);

  test('whoever said no is told so once, however late one of two processes publishes it', async () => {
    const chat = 'chat-of-no-one-twice';
    let slow: ReturnType<typeof holdCall> | undefined;
    const one = await start({ alone: false, around: (db) => (slow = holdCall(db, 'insertMany')).db });
    for (const text of ['/start', 'Повар']) {
      await one.happen(chat, { type: 'messageArrived', text });
      await one.quiet();
    }
    const candidate = (await one.db.candidates.findOne({ 'channels.address': chat }))?._id ?? '';
    slow?.from();
    const said = one.happen(chat, { type: 'messageArrived', text: 'нет' });
    await slow?.held;
    // The other takes up what was decided, says it, and keeps nothing: not even the key of what it said.
    const other = await start({ alone: false });
    await other.quiet();
    expect(await one.db.ledger.findOne({ candidate })).toBeNull();
    slow?.letGo();
    await said;
    await one.quiet();
    const told = [one, other].map(({ sent }) =>
      sent.filter(({ text }) => text.includes('ничего не сохранили')),
    );
    expect(told.map(({ length }) => length)).toEqual([0, 1]);
    expect(await one.db.ledger.findOne({ candidate })).toBeNull();
    expect(await foundIn(one.db, [chat])).toEqual([]);
  });

  test('nor does its row stay when the process that saw so ended before it erased it', async () => {
    const { db } = await start();
    const row = {
      _id: 'no:1',
      kind: 'out',
      at: tuesday,
      candidate: 'no-one',
      to: { candidate: 'no-one' },
    } as const;
    await db.ledger.insertOne({ ...row, status: 'superseded', forget: true });
    await start();
    expect(await db.ledger.findOne({ _id: row._id })).toBeNull();
  });

  test('whoever writes again begins anew; two processes at once forget once', async () => {
    const [one, two] = [await start({ alone: false }), await start({ alone: false })];
    const own = await live(one);
    const ends = await Promise.all(
      [one, two].map(({ engine }, index) =>
        engine.desk.perform(own.id, { ...forgetPerson(own.id), id: `forget:${own.id}:${index}` }),
      ),
    );
    expect(ends.map((end) => (end.ok ? 'done' : end.code)).sort()).toEqual(['done', 'forgotten']);
    await one.quiet();
    await one.happen(own.chat, { type: 'messageArrived', text: '/start' });
    await one.quiet();
    const anew = await one.db.candidates.findOne({ 'channels.address': own.chat });
    expect(anew?._id).not.toBe(own.id);
    expect(anew).toMatchObject({ applications: [] });
    expect(anew?.consent).toBeUndefined();
  });
});

describe('[X-02] [A-26] whose card was joined to another one by mistake', () => {
  test('leaves no name, number or chat in the history of that one, which is as it was', async () => {
    const world = await start();
    const { db, engine } = world;
    const card = (id: string, at: number, name: string, phone: string): Candidate => ({
      ...newCandidate(id, defaultPolicy, at),
      name,
      phone,
      consent: { version: '1', at },
      channels: [{ channel: 'telegram', address: `chat-${id}` }],
      applications: [
        {
          ...{ id: `app-${id}`, vacancy: 'cook', source: 'hh', createdAt: at, stage: 'review', stageAt: at },
          ...{
            recruiter: 'recruiter1',
            taken: at,
            answers: {},
            interviewVersion: 0,
            tasks: [],
            notes: [],
            files: [],
          },
        },
      ],
    });
    await db.candidates.insertMany([
      // The last application, under which the elder's history has it, is the elder's own.
      card('elder', tuesday - 2, 'Вера Старшая', '+79168800001'),
      { ...card('mistaken', tuesday - 1, 'Нина Ошибочная', '+79168800002'), applications: [] },
    ]);
    const by = 'head';
    const keep = { name: 'elder', phone: 'elder' } as const;
    const done = async (id: string, event: Event) => {
      expect(await engine.desk.perform(id, event)).toMatchObject({ ok: true });
      await world.quiet();
    };
    await done('mistaken', { id: 'mistake', type: 'joinInto', by, into: 'elder', keep });
    await done('mistaken', { id: 'mended', type: 'partFrom', by });
    const words = ['Нина Ошибочная', '+79168800002', 'chat-mistaken'];
    expect(await db.candidates.findOne({ _id: 'mistaken' })).toMatchObject({
      name: words[0],
      apart: ['elder'],
    });
    const rows = { candidate: 'elder', what: { $in: ['joined', 'parted'] } };
    const named = async () => (await db.ledger.find(rows).toArray()).map(({ params }) => params?.name);
    expect(await named()).toEqual([words[0], words[0]]);
    await done('mistaken', { id: 'forget:mistaken', type: 'forgetPerson', by });
    expect(await foundIn(db, words)).toEqual([]);
    expect(await named()).toEqual(['…', '…']);
    const elder = await db.candidates.findOne({ _id: 'elder' });
    expect(elder).toMatchObject({
      name: 'Вера Старшая',
      applications: [{ id: 'app-elder', stage: 'review' }],
    });
  });
});

describe('[X-02] whoever nothing has happened with for as long as data is kept', () => {
  const dayLong = 86_400_000;
  const threeYears = 3 * 365 * dayLong;

  test('is forgotten by itself, a week after the head has heard of it; one word keeps them', async () => {
    const world = await start();
    const { db, engine, clock } = world;
    const closed = async (id: string, at: number, stage: 'refused' | 'review' = 'refused') => {
      const person = newCandidate(id, defaultPolicy, at);
      const base = { source: 'hh', createdAt: at, stageAt: at, answers: {}, interviewVersion: 0 };
      const application = { ...base, id: `a-${id}`, vacancy: 'cook', stage, tasks: [], notes: [], files: [] };
      const more = { name: `Старый ${id}`, consent: { version: '1', at }, applications: [application] };
      await db.candidates.insertOne({ ...person, ...more });
    };
    await closed('old', tuesday - threeYears - 10 * dayLong);
    await closed('kept', tuesday - threeYears - 10 * dayLong);
    await closed('working', tuesday - threeYears - 10 * dayLong, 'review');
    await closed('young', tuesday - threeYears + 300 * dayLong);
    const days = async (count: number) => {
      await engine.moveClock(clock.offset() + count * dayLong);
      await engine.retention.rings();
      await world.quiet();
      const gone = await db.candidates.find({ 'forgotten.by': 'bot' }).toArray();
      return gone.map(({ _id }) => _id);
    };
    world.sent.length = 0;
    expect(await days(0)).toEqual([]);
    const told = () => world.sent.filter(({ text }) => text.includes('начнём удалять данные'));
    expect(told().map(({ to, text }) => [to, /данные (\d+) человек/.exec(text)?.[1]])).toEqual([
      ['m-head', '2'],
    ]);
    expect(await days(6)).toEqual([]);
    expect(told()).toHaveLength(1);
    const note = { id: 'kept:note', type: 'addNote' as const, application: 'a-kept', by: 'head' };
    await engine.desk.perform('kept', { ...note, text: 'позвонили, ждёт смены' });
    expect(await days(2)).toEqual(['old']);
    expect(await foundIn(db, ['Старый old'])).toEqual([]);
    expect(world.sent.filter(({ text }) => text.includes('Готово: ваши данные'))).toEqual([]);
    expect(await db.ledger.countDocuments({ candidate: 'old', what: 'keptLongEnough' })).toBe(1);
    // A number that is lowered deletes nobody of whom nobody has heard.
    await world.livePolicy.change({ consent: { keepYears: 1 } }, 'head');
    expect(await days(0)).toEqual(['old']);
  });
});
