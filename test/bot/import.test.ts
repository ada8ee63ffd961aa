import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStaff, type StaffUnderTest } from './startStaff.ts';

let t: StaffUnderTest;
beforeAll(async () => {
  t = await startStaff();
});
afterAll(() => t.close());
beforeEach(async () => {
  for (const name of ['candidates', 'ledger', 'imports', 'importRows', 'timers', 'sessions'] as const)
    await t.db[name].deleteMany({});
});

const csv = [
  'ФИО;Телефон;Вакансия;Статус;Рост',
  'Смирнова Анна;8 (916) 123-45-67;Водитель;Недозвон;170',
  'Кузнецов Пётр;8 916 222-22-22;Слесарь;Отказ;',
  'Орлов Иван;12-34;;;',
  '—;позвонить;;;',
].join('\n');
let count = 0;
const send = async (who: ReturnType<StaffUnderTest['member']>, text = csv, name = 'база.csv') => {
  const id = `f${(count += 1)}`;
  t.api.files.set(id, Buffer.from(text));
  await who.send({ document: { file_id: id, file_unique_id: id, file_name: name } });
};
const people = () => t.db.candidates.find().sort({ name: 1 }).toArray();
const screen = (who: ReturnType<StaffUnderTest['member']>) =>
  who.messages().findLast(({ text, method }) => method === 'sendMessage' && text.includes('база.csv'))
    ?.text ?? '';

describe('[B-13] /import', () => {
  it('shows the columns, the plan and the progress, and tells at the end with a file', async () => {
    const head = t.member('head');
    await head.say('/import');
    expect(head.last().text).toContain('Пришлите файл CSV или XLSX');
    await send(head);
    expect(head.last().text).toContain(
      '1. <b>ФИО</b> → имя полностью\n<i>Смирнова Анна; Кузнецов Пётр; Орлов Иван</i>',
    );
    expect(head.last().text).toContain('5. <b>Рост</b> → в заметку');
    await head.tap('Проверить');
    expect(screen(head)).toContain('• 3 новых человека');
    expect(screen(head)).toContain('• 1 строка с ошибкой');
    expect(screen(head)).toContain('Строка 4: Орлов Иван — телефон не разобран, он в заметке');
    expect(await people()).toEqual([]);
    await head.tap('Файл с замечаниями');
    expect(head.last().method).toBe('sendDocument');
    await head.tap('Импортировать 3 строки');
    expect(screen(head)).toContain('переношу, 0 из 4');
    await t.imports.tick();
    await t.quiet();
    expect(screen(head)).toMatch(/готово\n\n• 3 новых человека\n• 1 строка с ошибкой/);
    expect(head.last()).toMatchObject({ method: 'sendDocument' });
    expect(head.last().text).toContain('Перенос «база.csv» закончен');
    expect(await people()).toHaveLength(3);
    expect(t.api.messages.filter(({ chat }) => Number(chat) > 600)).toEqual([]);
  });

  it('a column, a vacancy and a stage are changed by buttons', async () => {
    const head = t.member('head');
    await head.say('/import');
    await send(head);
    await head.tap(/^5$/);
    await head.tap('город');
    expect(screen(head)).toContain('<b>Рост</b> → город');
    await head.tap('Вакансии таблицы');
    await head.tap('слесарь → без вакансии');
    await head.tap('Повар');
    expect(
      head
        .last()
        .buttons.flat()
        .map(({ text }) => text),
    ).toContainEqual(expect.stringMatching(/слесарь → Повар/));
    await head.tap('Назад');
    await head.tap('Стадии таблицы');
    await head.tap('недозвон →');
    await head.tap('Резерв');
    await head.tap('Назад');
    await head.tap('Вакансия по умолчанию');
    await head.tap('Повар');
    expect(screen(head)).toMatch(/Вакансия, если в строке её нет: Повар/);
    const [table] = await t.db.imports.find().toArray();
    expect(table?.mapping).toMatchObject({
      columns: ['name', 'phone', 'vacancy', 'stage', 'city'],
      stages: [
        { value: 'недозвон', to: 'reserve' },
        { value: 'отказ', to: 'refused' },
      ],
    });
    await head.tap('Проверить');
    await head.tap('Импортировать');
    await t.imports.tick();
    const [, ivan, anna] = await people();
    expect(anna).toMatchObject({ name: 'Смирнова Анна', city: '170', applications: [{ stage: 'reserve' }] });
    expect(ivan?.applications).toHaveLength(1);
  });

  it('vacancies it names and we do not have are made in the archive by one button, once', async () => {
    const head = t.member('head');
    await head.say('/import');
    await send(head);
    await head.tap('Проверить');
    expect(screen(head)).toContain('Этих вакансий здесь нет: слесарь');
    const press = head
      .last()
      .buttons.flat()
      .find(({ text }) => text.includes('Завести 1 вакансию'))?.callback_data;
    await head.tapData(press ?? '');
    expect(String(t.toast()?.text)).toContain('в архиве');
    await head.tapData(press ?? '');
    expect(String(t.toast()?.text)).toContain('Экран устарел');
    const made = await t.db.vacancies.find({ 'title.ru': 'Слесарь' }).toArray();
    expect(made).toMatchObject([{ status: 'archived', recruiters: ['recruiter1', 'recruiter2'] }]);
    expect(screen(head)).toContain('что получится');
    expect(screen(head)).not.toContain('здесь нет');
    await head.tap('Импортировать');
    await t.imports.tick();
    const peter = (await people()).find(({ name }) => name === 'Кузнецов Пётр');
    expect(peter?.applications).toMatchObject([{ vacancy: made[0]?._id, stage: 'refused' }]);
    await t.db.vacancies.deleteOne({ _id: made[0]?._id ?? '' });
  });

  it('an old screen changes nothing, and a double tap imports once', async () => {
    const head = t.member('head');
    await head.say('/import');
    await send(head);
    const [table] = await t.db.imports.find().toArray();
    const id = table?._id ?? '';
    await head.tap(/^5$/);
    await head.tap('город');
    await head.tapData(`im:setCol:${id}:1:0:14`);
    expect((await t.db.imports.findOne({ _id: id }))?.mapping.columns[0]).toBe('name');
    await head.tapData(`im:go:${id}:1`);
    expect((await t.db.imports.findOne({ _id: id }))?.status).toBe('draft');
    await head.tap('Проверить');
    await head.tap('Импортировать');
    await head.tapData(`im:go:${id}:2`);
    await t.again();
    await t.imports.tick();
    expect(await people()).toHaveLength(3);
  });

  it('is taken back with a word of warning, and begun anew', async () => {
    const head = t.member('head');
    for (const made of [3, 3]) {
      await head.say('/import');
      await send(head);
      await head.tap('Проверить');
      await head.tap('Импортировать');
      await t.imports.tick();
      await t.quiet();
      expect(await people()).toHaveLength(made);
      await head.tap('Отменить импорт');
      expect(head.messages().some(({ text }) => text.includes('Отменить импорт «база.csv»?'))).toBe(true);
      await head.tap('Да, отменить');
      await t.imports.tick();
      await t.quiet();
      expect(screen(head)).toContain('импорт отменён\n\n• убрано 3 человека');
      expect(await people()).toEqual([]);
    }
  });

  it.each([
    ['a picture', '\u0089PNG\r\n\u001a\n\u0000\u0000', 'Это не таблица'],
    ['an empty file', '', 'нет ни одной заполненной строки'],
    ['headings and nobody under them', 'ФИО;Телефон', 'нет ни одной заполненной строки'],
    ['blanks', ';;\n;;', 'нет ни одной заполненной строки'],
  ])('%s is refused kindly, and the next file is taken', async (_name, text, said) => {
    const head = t.member('head');
    await head.say('/import');
    await send(head, text);
    expect(head.last().text).toContain(said);
    await send(head);
    expect(head.last().text).toContain('имя полностью');
  });

  it('words and other links are no table; another command is obeyed', async () => {
    const head = t.member('head');
    await head.say('/import');
    await head.say('вот таблица');
    expect(head.last().text).toContain('Жду файл CSV или XLSX');
    await head.say('http://127.0.0.1/secret');
    expect(head.last().text).toContain('не ссылка на Google-таблицу');
    await head.say('https://docs.google.com/spreadsheets/d/1AbCdEfGhIjKlMnOp/edit');
    expect(head.last().text).toContain('Google не ответил');
    await head.say('/today');
    expect(head.last().text).not.toContain('Google');
  });

  it('a recruiter has their own; a colleague sees nothing of it, the head does', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.say('/import');
    await send(recruiter);
    await recruiter.tap('Проверить');
    await recruiter.tap('Импортировать');
    await t.imports.tick();
    expect(
      (await people())
        .flatMap(({ applications }) => applications)
        .every((one) => one.recruiter === 'recruiter1'),
    ).toBe(true);
    const [table] = await t.db.imports.find().toArray();
    const other = t.member('recruiter2');
    await other.say('/import');
    expect(other.last().buttons).toEqual([]);
    await other.tapData(`im:undoSure:${table?._id}`);
    expect((await t.db.imports.findOne({ _id: table?._id ?? '' }))?.status).toBe('done');
    const head = t.member('head');
    await head.say('/import');
    expect(
      head
        .last()
        .buttons.flat()
        .map(({ text }) => text),
    ).toEqual(['✅ база.csv']);
    const client = t.member('client');
    await client.say('/import');
    expect(client.last()?.text).not.toContain('CSV');
  });

  it('an imported person is found, and their card shows what the table said', async () => {
    const head = t.member('head');
    await head.say('/import');
    await send(head);
    await head.tap('Проверить');
    await head.tap('Импортировать');
    await t.imports.tick();
    await head.say('/candidates Кузнецов');
    await head.tap(/^1$/);
    expect(head.last().text).toContain('из таблицы «база.csv»');
    expect(head.last().text).toContain('Вакансия: Слесарь\nСтатус: Отказ');
  });

  it('a wide table has pages, and long words break nothing', async () => {
    const head = t.member('head');
    await head.say('/import');
    const wide = Array.from(
      { length: 60 },
      (_, at) => `Столбец с длинным названием ${at} ${'я'.repeat(100)}`,
    );
    const row = wide.map(() => `<b>${'ы'.repeat(200)}&`);
    await send(
      head,
      [`ФИО;${wide.join(';')}`, `Анна Ли;${row.join(';')}`, `Пётр Ли;${row.join(';')}`].join('\n'),
    );
    expect(screen(head).length).toBeLessThan(4096);
    for (let page = 0; page < 7; page += 1) await head.tap('›');
    expect(screen(head)).toContain('61. <b>');
    await head.tap('Проверить');
    expect(screen(head)).toContain('2 новых человека');
  });
});
