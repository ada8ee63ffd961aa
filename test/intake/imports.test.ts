import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Mapping } from '../../flows/imports/mapping.ts';
import { makeFetchSheet } from '../../intake/googleSheet.ts';
import { makeImports } from '../../intake/makeImports.ts';
import { makeFiles } from '../../runtime/files.ts';
import type { Imports } from '../../runtime/imports.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { loadWords } from '../../runtime/words.ts';
import { type EngineUnderTest, startEngine } from '../support/startEngine.ts';
import { ownDatabase } from '../support/ownDatabase.ts';

let store: Awaited<ReturnType<typeof ownDatabase>>;
let t: EngineUnderTest;
let imports: Imports;
beforeAll(async () => {
  store = await ownDatabase();
  t = await startEngine(store.uri);
  imports = make('one');
});
afterAll(async () => {
  await t.close();
});
beforeEach(async () => {
  for (const name of ['candidates', 'ledger', 'imports', 'importRows', 'timers'] as const)
    await t.db[name].deleteMany({});
  t.sent.length = 0;
});

/** The imports of one process. */
function make(owner: string, more: Partial<Parameters<typeof makeImports>[0]> = {}): Imports {
  const { db, clock, engine, livePolicy } = t;
  return makeImports({
    db,
    clock,
    desk: engine.desk,
    files: makeFiles({ db, clock, telegram: () => Promise.reject(new Error('not there')) }),
    words: loadWords(join(import.meta.dirname, '../../locales')),
    policy: livePolicy.policy,
    tell: engine.tell,
    owner,
    fetchSheet: makeFetchSheet(),
    log: () => undefined,
    ...more,
  });
}

const table = [
  'ФИО;Телефон;Вакансия;Статус;Рост',
  'Смирнова Анна;8 (916) 123-45-67;Повар;Недозвон;170',
  'КУЗНЕЦОВ ПЁТР ИВАНОВИЧ;12-34;Слесарь;Отказ;',
  'Смирнова А.;+79161234567;;;',
  ';;;;',
  'Орлов Иван;8 916 123 45 67;;;',
  'ФИО;Телефон;Вакансия;Статус;Рост',
  '—;позвонить;;;',
  'Итого: 4;;;;',
].join('\n');
let count = 0;
const open = async (text = table) => {
  const opened = await imports.open(
    'head',
    { bytes: Buffer.from(text), name: 'база.csv' },
    `t${(count += 1)}`,
  );
  if (!opened.ok) throw new Error(opened.fault);
  return opened.import;
};
const people = () => t.db.candidates.find().sort({ name: 1 }).toArray();
const toCook = async (): Promise<Mapping> => {
  const [vacancy] = await t.db.vacancies.find({ 'title.ru': /Повар/ }).toArray();
  const { mapping } = await open();
  return { ...mapping, vacancies: [{ value: 'повар', to: vacancy?._id ?? '' }] };
};

describe('[B-13] a table comes into the base', () => {
  test('its columns and stages are guessed, nobody is made yet', async () => {
    const { mapping, rows, samples } = await open();
    expect(mapping.columns).toEqual(['name', 'phone', 'vacancy', 'stage', 'note']);
    expect(mapping.stages).toEqual([
      { value: 'недозвон', to: 'call' },
      { value: 'отказ', to: 'refused' },
    ]);
    expect([rows, samples[4]]).toEqual([8, ['170']]);
    expect(await people()).toEqual([]);
  });

  test('the dry run says what the import does', async () => {
    const { _id } = await open();
    await imports.change(_id, { mapping: await toCook() });
    const plan = await imports.check(_id);
    const { made, joined, problem, passed, applications, tasks, doubtful, alike } = plan?.counts ?? {};
    expect({ made, joined, problem, passed, applications, tasks, doubtful, alike }).toEqual({
      made: 3,
      joined: 1,
      problem: 1,
      passed: 3,
      applications: 1,
      tasks: 1,
      doubtful: 1,
      alike: 1,
    });
    expect(await people()).toEqual([]);
    const problems = new TextDecoder().decode(plan?.problems);
    expect(problems.split('\r\n').filter(Boolean)).toHaveLength(4);
    expect(problems).toContain(
      '"не перенесено: нет ни имени, ни телефона, ни почты";;—;позвонить'.replaceAll('"', ''),
    );
    await imports.begin(_id);
    await imports.tick();
    const done = await t.db.imports.findOne({ _id });
    expect(done?.status).toBe('done');
    expect(done?.counts).toEqual(plan?.counts);
  });

  test('whoever has the mailbox is found among hundreds who are born on one day', async () => {
    const others = Array.from({ length: 600 }, (_, index) => ({
      ...newCandidate(`a${index}`, t.livePolicy.policy, t.clock.now()),
      name: `Человек ${index}`,
      birthday: '1990-05-01',
      marks: ['b:1990-05-01'],
    }));
    const anna = { name: 'Смирнова Анна', email: 'a@b.ru', marks: ['e:a@b.ru'] };
    await t.db.candidates.insertMany(others);
    await t.db.candidates.insertOne({ ...newCandidate('z', t.livePolicy.policy, t.clock.now()), ...anna });
    const rows = ['Смирнова Анна;01.05.1990;a@b.ru', 'Смирнова Ольга;01.05.1990;'];
    const { _id } = await open(['ФИО;Дата рождения;Почта', ...rows].join('\n'));
    const plan = await imports.check(_id);
    expect(plan?.counts).toMatchObject({ joined: 1, made: 1 });
    await imports.begin(_id);
    await imports.tick();
    expect((await t.db.candidates.findOne({ _id: 'z' }))?.birthday).toBe('1990-05-01');
    expect((await t.db.imports.findOne({ _id }))?.counts).toEqual(plan?.counts);
  });

  test('[P-07] who is to be met is invited, by a task to set it here; the dry run counts them', async () => {
    const day = (ahead: number) =>
      new Date(t.clock.now() + ahead * 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('.');
    const rows = [
      `Смирнова Анна;89161234567;Повар;${day(40)} 15:00`,
      `Орлов Иван;89161234568;Повар;${day(-40)}`,
    ];
    const { _id, mapping } = await open(['ФИО;Телефон;Вакансия;Дата собеседования', ...rows].join('\n'));
    expect(mapping.columns[3]).toBe('interviewAt');
    const [vacancy] = await t.db.vacancies.find({ 'title.ru': /Повар/ }).toArray();
    await imports.change(_id, {
      mapping: { ...mapping, vacancies: [{ value: 'повар', to: vacancy?._id ?? '' }] },
    });
    const plan = await imports.check(_id);
    expect(plan?.counts).toMatchObject({ made: 2, applications: 2, tasks: 1, meetings: 1 });
    await imports.begin(_id);
    await imports.tick();
    expect((await t.db.imports.findOne({ _id }))?.counts).toEqual(plan?.counts);
    const [ivan, anna] = await people();
    expect(ivan?.applications).toMatchObject([{ stage: 'reserve', tasks: [] }]);
    expect(anna?.applications).toMatchObject([{ stage: 'invited', tasks: [{ kind: 'reschedule' }] }]);
    expect(t.sent.filter(({ to }) => to !== 'm-head')).toEqual([]);
  });

  test('people stand in the base with every word, and hear nothing', async () => {
    const { _id } = await open();
    await imports.change(_id, { mapping: await toCook() });
    await imports.begin(_id);
    await imports.tick();
    await t.quiet();
    const [peter, ivan, anna] = await people();
    expect(anna).toMatchObject({ name: 'Смирнова Анна', phone: '+79161234567', channels: [] });
    expect(anna?.applications).toMatchObject([{ stage: 'call', source: 'import' }]);
    expect(anna?.notes?.map(({ text }) => text)).toEqual([
      'Вакансия: Повар\nСтатус: Недозвон\nРост: 170',
      'ФИО: Смирнова А.',
    ]);
    expect(peter).toMatchObject({ name: 'Кузнецов Пётр Иванович', applications: [] });
    expect(peter?.notes?.[0]?.text).toBe('Телефон: 12-34\nВакансия: Слесарь\nСтатус: Отказ');
    expect(ivan).toMatchObject({ name: 'Орлов Иван', phone: '+79161234567', duplicates: [anna?._id] });
    expect(t.sent.filter(({ to }) => !to.startsWith('m-'))).toEqual([]);
  });

  test('the same file again, or with its columns in another order, makes nobody twice', async () => {
    const mapping = await toCook();
    for (const text of [table, table]) {
      const { _id } = await open(text);
      await imports.change(_id, { mapping });
      await imports.begin(_id);
      await imports.tick();
    }
    const swapped = table
      .split('\n')
      .map((line) => line.split(';').reverse().join(';'))
      .join('\n');
    const { _id } = await open(swapped);
    await imports.begin(_id);
    await imports.tick();
    expect(await people()).toHaveLength(3);
    const done = await t.db.imports.findOne({ _id });
    expect(done?.counts).toMatchObject({ made: 0, joined: 0, repeated: 4 });
    expect((await people()).flatMap(({ notes }) => notes)).toHaveLength(4);
  });

  test('a crash in the middle, and two processes at once, end as one import', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => `Петров Пётр;89991110${String(at).padStart(3, '0')}`);
    const { _id } = await open(['ФИО;Телефон', ...rows].join('\n'));
    await imports.begin(_id);
    let left = 30;
    const { desk } = t.engine;
    const dying = make('dying', {
      desk: {
        ...desk,
        perform: (...args) => {
          if ((left -= 1) < 0) throw new Error('killed');
          return desk.perform(...args);
        },
      },
    });
    await expect(dying.tick()).rejects.toThrow('killed');
    expect(await people()).toHaveLength(32);
    // Its time is over: anybody may go on.
    await t.db.imports.updateOne({ _id }, { $set: { until: 0 } });
    await Promise.all([imports.tick(), make('two').tick()]);
    await imports.tick();
    const done = await t.db.imports.findOne({ _id });
    expect(done).toMatchObject({ status: 'done', counts: { made: 60, joined: 0, repeated: 0 } });
    expect(await people()).toHaveLength(60);
    expect((await people()).every(({ notes }) => notes?.length === 1)).toBe(true);
  });

  test('taken back, those nobody has touched are gone, the others as before', async () => {
    const { _id } = await open();
    await imports.change(_id, { mapping: await toCook() });
    await imports.begin(_id);
    await imports.tick();
    const anna = await t.db.candidates.findOne({ name: 'Смирнова Анна' });
    const application = anna?.applications[0]?.id ?? '';
    await t.engine.desk.perform(anna?._id ?? '', {
      id: 'n1',
      type: 'addNote',
      application,
      by: 'head',
      text: 'ждём',
    });
    await imports.undo(_id);
    await imports.tick();
    expect((await people()).map(({ name }) => name)).toEqual(['Смирнова Анна']);
    expect(await t.db.imports.findOne({ _id })).toMatchObject({
      status: 'undone',
      counts: { undone: 2, kept: 1 },
    });
    const again = await open();
    await imports.begin(again._id);
    await imports.tick();
    expect(await people()).toHaveLength(3);
    await imports.undo(again._id);
    await imports.tick();
    expect(await people()).toHaveLength(1);
    const there = await t.db.ledger.distinct('candidate', { candidate: { $exists: true } });
    expect(there).toEqual([anna?._id]);
  });

  test('a change on an old screen changes nothing', async () => {
    const { _id, mapping, version } = await open();
    const note = { ...mapping, columns: mapping.columns.map(() => 'note' as const) };
    expect(await imports.change(_id, { mapping: note }, version + 1)).toBeUndefined();
    expect((await imports.change(_id, { mapping: note }, version))?.mapping.columns[0]).toBe('note');
    await imports.begin(_id);
    expect(await imports.change(_id, { mapping })).toBeUndefined();
    expect(await imports.begin(_id)).toBe(false);
  });

  test('the report is a table Excel opens, and runs nothing in it', async () => {
    const { _id } = await open(
      'ФИО;Телефон;О себе\n=1+1;89161110001;"-2+3;""x"""\nАнна Ли;+7 916 111-00-02;@SUM(A1)\n',
    );
    await imports.begin(_id);
    await imports.tick();
    const done = await t.db.imports.findOne({ _id });
    if (!done?.result) throw new Error('no report');
    const files = makeFiles({ db: t.db, clock: t.clock, telegram: () => Promise.reject(new Error()) });
    const { bytes } = await files.read(done.result);
    expect(Buffer.from(bytes).toString()).toBe(
      '\ufeffСтрока;Результат;На что взглянуть;ФИО;Телефон;О себе\r\n2;создан;;\'=1+1;89161110001;"\'-2+3;""x"""\r\n3;создан;;Анна Ли;+7 916 111-00-02;\'@SUM(A1)\r\n',
    );
  });
});
