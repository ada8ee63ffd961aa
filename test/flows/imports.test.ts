import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guessMapping, withValues } from '../../flows/imports/guessMapping.ts';
import { layoutOf } from '../../flows/imports/layout.ts';
import type { ImportField, Mapping } from '../../flows/imports/mapping.ts';
import { matchRow, nameIdentity } from '../../flows/imports/matchRow.ts';
import { phonesIn } from '../../flows/imports/phonesIn.ts';
import { plainText } from '../../flows/imports/plainText.ts';
import { type ReadRow, readRow } from '../../flows/imports/readRow.ts';
import type { RowImported } from '../../flows/imports/rowImported.ts';
import { DateTime } from 'luxon';
import { contextWords, type TableContext } from '../../flows/imports/tableContext.ts';
import { joinSelves } from '../../flows/joining/joinSelves.ts';
import { parsePhone } from '../../runtime/readFacts.ts';
import { candidate, morning, vacancy, words, World } from './factory.ts';

const context: TableContext = {
  now: morning,
  zone: 'Europe/Moscow',
  phone: parsePhone,
  ...contextWords(words.lexicon),
  vacancies: [
    { id: 'cook', names: ['Повар', 'Cook'] },
    { id: 'driver', names: ['Водитель категории C'] },
  ],
  stages: [{ id: 'review', names: ['На рассмотрении'] }],
  recruiters: [
    { id: 'anna', names: ['Анна Орлова'] },
    { id: 'boris', names: ['Борис Орлов'] },
  ],
};
const fieldsOf = (...rows: string[][]): ImportField[] =>
  guessMapping(rows, layoutOf(rows, context.words), context).columns;
const mapped = (...columns: ImportField[]): Mapping => ({
  columns,
  vacancies: [],
  stages: [],
  stage: 'reserve',
});
const read = (cells: string[], columns: ImportField[], more: Partial<Mapping> = {}) =>
  readRow(
    cells,
    { headings: columns.map((field, at) => `${field} ${at}`) },
    { ...mapped(...columns), ...more },
    context,
  );
const readOne = (cell: string, field: ImportField): ReadRow => {
  const row = read(['Анна Смирнова', cell], ['name', field]);
  if (typeof row === 'string') throw new Error(row);
  return row;
};

describe('[B-13] what a column holds is told from its heading', () => {
  test.each<[string, ImportField]>([
    ['ФИО', 'name'],
    ['ФИО кандидата (полностью)', 'name'],
    ['Ф.И.О.', 'name'],
    ['Фамилия', 'surname'],
    ['Имя', 'firstName'],
    ['Отчество', 'patronymic'],
    ['Телефон', 'phone'],
    ['Тел.', 'phone'],
    ['Контактный телефон', 'phone'],
    ['E-mail', 'email'],
    ['Эл. почта', 'email'],
    ['Вакансия', 'vacancy'],
    ['ДОЛЖНОСТЬ', 'vacancy'],
    ['Источник отклика', 'source'],
    ['Статус', 'stage'],
    ['Этап воронки', 'stage'],
    ['Комментарий', 'note'],
    ['Комментарий менеджера', 'note'],
    ['Дата отклика', 'appliedAt'],
    ['Отметка времени', 'appliedAt'],
    ['Дата собеседования', 'interviewAt'],
    ['Причина отказа', 'note'],
    ['Менеджер', 'recruiter'],
    ['Ответственный', 'recruiter'],
    ['Город', 'city'],
    ['Дата рождения', 'birthday'],
    ['Год рождения', 'note'],
    ['ТГ', 'telegram'],
    ['№', 'note'],
    ['Размер одежды', 'note'],
    ['Full name', 'name'],
    ['Phone number', 'phone'],
    ['Status', 'stage'],
  ])('%s: %s', (heading, field) => {
    expect(fieldsOf([heading, 'Фамилия', 'Телефон'], ['', 'Иванов', '89991112233'])[0]).toBe(
      ['surname'].includes(field) ? 'surname' : field,
    );
  });

  test('or from what stands under it, where it has none', () => {
    expect(
      fieldsOf(
        ['Иванов Иван', '+7 (999) 111-22-33', 'a@b.ru', 'любит кошек'],
        ['Петрова Анна Ивановна', '8 999 222 33 44', 'c@d.ru', ''],
      ),
    ).toEqual(['name', 'phone', 'email', 'note']);
  });

  test('of two columns with one name the second is a note, but for phones', () => {
    expect(fieldsOf(['ФИО', 'ФИО', 'Телефон', 'Телефон'], ['А Б', 'В Г', '1', '2'])).toEqual([
      'name',
      'note',
      'phone',
      'phone',
    ]);
  });

  test.each<[string, string[][], string[], number]>([
    ['a title above', [['База 2024'], [], ['ФИО', 'Телефон'], ['А Б', '1']], ['ФИО', 'Телефон'], 3],
    [
      'a merged group above',
      [
        ['ФИО', 'Контакты', '', 'Статус'],
        ['', 'Телефон', 'Почта'],
        ['А Б', '1', 'x', 'y'],
      ],
      ['ФИО', 'Телефон', 'Почта', 'Статус'],
      2,
    ],
    [
      'a column without a heading',
      [
        ['ФИО', '', 'Телефон'],
        ['А Б', 'да', '1'],
      ],
      ['ФИО', 'B', 'Телефон'],
      1,
    ],
    [
      'no headings at all',
      [
        ['Иванов Иван', '89991112233'],
        ['Петров Пётр', '89991112234'],
      ],
      ['A', 'B'],
      0,
    ],
  ])('%s', (_name, rows, headings, first) => {
    expect(layoutOf(rows, context.words)).toEqual({ headings, first });
  });
});

describe('[B-13] vacancies and stages are found by their words', () => {
  test.each([
    ['Повар', 'cook'],
    ['  ПОВАР ', 'cook'],
    ['Повар-кондитер', 'none'],
    ['Пов', 'none'],
    ['водитель', 'driver'],
    ['Водитель категории \u0421', 'driver'],
  ])('vacancy %s: %s', (value, to) => {
    const mapping = withValues(mapped('vacancy'), [[value]], [], context);
    expect(mapping.vacancies).toEqual([{ value: plainText(value), to }]);
  });

  test.each([
    ['Отказ', 'refused'],
    ['отказался сам', 'withdrawn'],
    ['Недозвон (3 раза)', 'call'],
    ['Собеседование назначено', 'invited'],
    ['Принят', 'hired'],
    ['Не принят', 'refused'],
    ['ЧС', 'blacklist'],
    ['в резерве', 'reserve'],
    ['На рассмотрении', 'review'],
    ['ждём справку', 'none'],
  ])('stage %s: %s', (value, to) => {
    expect(withValues(mapped('stage'), [[value]], [], context).stages[0]?.to).toBe(to);
  });
});

describe('[B-13] dirty cells', () => {
  test.each<[string, string[], boolean]>([
    ['8 (999) 123-45-67', ['+79991234567'], true],
    ['8 (999) 123-45-67 доб. 5', ['+79991234567'], false],
    ['+7 999 1234567', ['+79991234567'], true],
    ['9991234567', ['+79991234567'], true],
    ['79991234567.', ['+79991234567'], true],
    ['8-999-123-45-67, 8-999-765-43-21', ['+79991234567', '+79997654321'], true],
    ['89991234567 89997654321', ['+79991234567', '+79997654321'], true],
    ['89991234567 или 89997654321 (муж)', ['+79991234567', '+79997654321'], false],
    ['8.9991234567E+10', ['+79991234567'], true],
    ['1.234E+10', [], false],
    ['7,92E+10', [], false],
    ['+375 29 123-45-67', ['+375291234567'], true],
    ['нет телефона', [], false],
    ['12345', [], false],
  ])('phone %s', (cell, phones, whole) => {
    expect(phonesIn(cell, parsePhone)).toEqual({ phones, whole });
  });

  test.each([
    ['15.03.95', '1995-03-15'],
    ['15.03.1995', '1995-03-15'],
    ['15/3/1995', '1995-03-15'],
    ['1995-03-15', '1995-03-15'],
    ['15 марта 1995 г.', '1995-03-15'],
    ['15.03.1995 г.', '1995-03-15'],
    ['34773', '1995-03-15'],
    ['15.03', undefined],
    ['31.02.1995', undefined],
    ['15.03.2025', undefined],
    ['30 лет', undefined],
  ])('birthday %s: %s', (cell, date) => {
    const row = readOne(cell, 'birthday');
    expect(row.birthday?.value).toBe(date);
    if (date === undefined) expect(row.note).toEqual([{ heading: 'birthday 1', value: cell }]);
  });

  test.each([
    ['15.03.25', '2025-03-15T12:00'],
    ['15.03.2025 10:30', '2025-03-15T10:30'],
    ['15.03.2025 10:30:15', '2025-03-15T10:30'],
  ])('applied %s', (cell, time) => {
    expect(readOne(cell, 'appliedAt').appliedAt?.value).toBe(Date.parse(`${time}+03:00`));
  });

  test.each([
    ['ИВАНОВА АННА-МАРИЯ', 'Иванова Анна-Мария'],
    ['  иванов   иван ', 'Иванов Иван'],
    ['Иванов Иван', 'Иванов Иван'],
    ['Иванов И.И.', 'Иванов И.И.'],
    ['Ли Я', 'Ли Я'],
  ])('name %s: %s', (cell, name) => {
    const row = read([cell, '89991112233'], ['name', 'phone']);
    expect(typeof row === 'string' ? row : row.name?.value).toBe(name);
  });

  test('surname, first name and patronymic make one name', () => {
    const row = read(['Иванов', 'Иван', 'Иванович'], ['surname', 'firstName', 'patronymic']);
    expect(typeof row === 'string' ? row : row.name?.value).toBe('Иванов Иван Иванович');
  });

  test.each<[string, string[], string]>([
    ['nothing in it', ['', ''], 'empty'],
    ['the headings again', ['name 0', 'phone 1'], 'heading'],
    ['sums', ['Итого: 120', ''], 'total'],
    ['nobody', ['—', 'позвонить'], 'nobody'],
    ['a novel', ['Анна', 'x'.repeat(31_000)], 'tooLong'],
  ])('a row with %s', (_name, cells, code) => {
    expect(read(cells, ['name', 'phone'])).toBe(code);
  });

  test('a recruiter is found by the surname, when it is one', () => {
    expect(readOne('Орлова', 'recruiter').recruiter?.value).toBe('anna');
    expect(readOne('орлов борис', 'recruiter').recruiter?.value).toBe('boris');
    expect(readOne('Сидоров', 'recruiter').note).toHaveLength(1);
  });
});

describe('[B-13] a known person is joined, never doubled', () => {
  const known = candidate({ _id: 'k', name: 'Смирнова Анна', phone: '+79991234567', email: 'a@b.ru' });
  const row = (name: string, phone: string, ...more: [string, ImportField][]) => {
    const result = read(
      [name, phone, ...more.map(([cell]) => cell)],
      ['name', 'phone', ...more.map(([, field]) => field)],
    );
    if (typeof result === 'string') throw new Error(result);
    return result;
  };
  test.each<[string, ReadRow, boolean, number]>([
    ['the phone in another spelling', row('Анна Смирнова', '8 (999) 123 45 67'), true, 0],
    ['the second phone of a cell', row('Анна Смирнова', '89990000000, 89991234567'), true, 0],
    ['a slip of the pen in the name', row('Смирнва Анна', '89991234567'), true, 0],
    ['no name', row('', '89991234567'), true, 0],
    ['the e-mail', row('Анна', '', ['A@B.ru', 'email']), true, 0],
    ['the phone, and quite another name', row('Кузнецов Пётр', '89991234567'), false, 1],
    ['another phone', row('Смирнова Анна', '89990000000'), false, 0],
  ])('%s', (_name, one, joined, alike) => {
    const match = matchRow(one, [known]);
    expect(match.same?._id).toBe(joined ? 'k' : undefined);
    expect(match.alike).toHaveLength(alike);
  });

  test('by birthday only with a name of two words', () => {
    const born = candidate({ _id: 'k', name: 'Смирнова Анна', birthday: '1995-03-15' });
    const named = (name: string) => row(name, '', ['15.03.1995', 'birthday']);
    expect(matchRow(named('Смирнова Анна Петровна'), [born]).same?._id).toBe('k');
    expect(matchRow(named('Анна'), [born]).same).toBeUndefined();
    const whole = candidate({ _id: 'w', name: 'Смирнова Анна Петровна', birthday: '1995-03-15' });
    for (const same of ['Анна Смирнова', 'Смирнова Анна Петровна', 'Смирнова Анна Петровнa'])
      expect(matchRow(named(same), [whole]).same?._id).toBe('w');
    // A first name and a patronymic many have: not the surname of either.
    expect(matchRow(named('Орлова Анна Петровна'), [whole])).toEqual({ same: undefined, alike: [] });
    const married = { names: ['Орлова Анна Петровна'], phones: [], emails: [] };
    expect(matchRow(named('Орлова Анна Петровна'), [{ ...whole, also: married }]).same?._id).toBe('w');
    expect(matchRow(named('Кузнецов Пётр'), [born])).toEqual({ same: undefined, alike: [] });
  });

  test('a whole name alone is one person; a short one is nobody in particular', () => {
    expect(nameIdentity(row('СМИРНОВА Анна  Петровна', ''))).toBe('смирнова анна петровна');
    expect(nameIdentity(row('Смирнова Анна', ''))).toBeUndefined();
    expect(nameIdentity(row('Смирнова Анна Петровна', '89991234567'))).toBeUndefined();
  });
});

const columns: ImportField[] = [
  'name',
  'phone',
  'email',
  'city',
  'birthday',
  'vacancy',
  'stage',
  'source',
  'recruiter',
  'appliedAt',
  'telegram',
  'note',
  'interviewAt',
];
const choices: Partial<Mapping> = {
  vacancies: [{ value: 'повар', to: 'cook' }],
  stages: [
    { value: 'отказ', to: 'refused' },
    { value: 'недозвон', to: 'call' },
    { value: 'принят', to: 'hired' },
    { value: 'чс', to: 'blacklist' },
  ],
};
const imported = (row: ReadRow, more: Partial<RowImported> = {}): RowImported => ({
  type: 'rowImported',
  by: 'head',
  import: 'i1',
  file: 'база.xlsx',
  number: 2,
  key: 'k1',
  row,
  alike: [],
  ...(row.vacancy && {
    deal: { vacancy: row.vacancy.value, stage: row.stage?.value ?? 'reserve', later: 0 },
  }),
  ...more,
});
const nobody = () => new World([vacancy()], candidate({ channels: [] }));
const whole = (cells: string[], of = columns) => {
  const row = read(cells, of, choices);
  if (typeof row === 'string') throw new Error(row);
  return row;
};
const anna = ['Смирнова Анна', '89991234567', '', '', '', 'Повар'];

describe('[B-13] an imported person stands in the base, and hears nothing', () => {
  test.each([
    ['Отказ', 'refused', 0],
    ['Недозвон', 'call', 1],
    ['Принят', 'hired', 0],
    ['', 'reserve', 0],
    ['ЧС', 'blacklist', 0],
  ])('with the stage "%s" they are at %s with %i tasks', (stage, at, tasks) => {
    const world = nobody();
    world.happens(imported(whole([...anna, stage])), 'import:i1:k1');
    const [application] = world.state.applications;
    expect(application?.stage).toBe(at);
    expect(application?.tasks.filter(({ done }) => done === undefined)).toHaveLength(tasks);
    expect(world.last.filter(({ type }) => type === 'notify')).toEqual([]);
    expect(world.last.some(({ type }) => type === 'countPlaces')).toBe(false);
  });

  test('a meeting that is to come is set by a task: an hour before it at the latest, its words beside it', () => {
    const meets = (text: string) => {
      const world = nobody();
      const row = whole([...anna, 'Недозвон', '', '', '', '', '', text]);
      world.happens(imported(row), 'import:i1:k1');
      const task = world.application.tasks.find(({ done }) => done === undefined);
      const note = world.application.notes.find((one) => one.task === task?.id);
      return { due: task?.due ?? 0, note: note?.text, said: world.state.notes?.[0]?.text };
    };
    const at = (hours: number) => DateTime.fromMillis(morning, { zone: 'Europe/Moscow' }).plus({ hours });
    const soon = at(3).toFormat('dd.MM.yyyy HH:mm');
    expect(meets(soon)).toMatchObject({
      due: at(2).startOf('minute').toMillis(),
      note: `interviewAt 12: ${soon}`,
      said: expect.stringContaining(soon),
    });
    const usual = meets('').due;
    expect(meets(at(2_000).toFormat('dd.MM.yyyy')).due).toBe(usual);
    expect(meets(at(0.2).toFormat('dd.MM.yyyy HH:mm')).due).toBe(morning + 15 * 60_000);
    for (const past of [at(-24).toFormat('dd.MM.yyyy'), 'в среду', '31.02.2027'])
      expect(meets(past)).toMatchObject({ due: usual, note: undefined, said: expect.stringContaining(past) });
  });

  test('without a vacancy they are in the base all the same, with every word', () => {
    const world = nobody();
    world.happens(imported(whole(['Смирнова Анна', '89991234567', '', '', '', 'Слесарь', 'Недозвон', 'hh'])));
    expect(world.state).toMatchObject({ name: 'Смирнова Анна', phone: '+79991234567', applications: [] });
    expect(world.state.notes?.[0]?.text).toBe('vacancy 5: Слесарь\nstage 6: Недозвон\nsource 7: hh');
  });

  test('what is known here is not overwritten, and what the table says is not lost', () => {
    const world = new World([vacancy()], candidate({ name: 'Анна Смирнова', city: 'Казань', version: 3 }));
    world.happens(imported(whole(['Смирнова А.', '89991234567', '', 'Москва'])));
    expect(world.state).toMatchObject({ name: 'Анна Смирнова', city: 'Казань', phone: '+79991234567' });
    expect(world.state.notes?.[0]?.text).toContain('Москва');
    expect(world.state.notes?.[0]?.text).toContain('Смирнова А.');
  });

  test('the same row again changes nothing', () => {
    const world = nobody();
    world.happens(imported(whole(anna)), 'import:i1:k1');
    world.happens(imported(whole(anna), { import: 'i2' }), 'import:i2:k1');
    expect(world.state.notes).toHaveLength(1);
    expect(world.state.applications).toHaveLength(1);
  });

  test('a table puts nobody who is in work on the black list', () => {
    const world = nobody();
    world.happens(imported(whole([...anna, 'Недозвон'])));
    world.happens(imported(whole(['Смирнова Анна', '89991234567', '', '', '', '', 'ЧС']), { key: 'k2' }));
    expect(world.state.blacklisted).toBeUndefined();
    expect(world.state.notes?.[1]?.text).toContain('ЧС');
  });
});

describe('[B-13] two cards become one', () => {
  test('and what the tables said of both stays, in order of time', () => {
    const note = (at: number, text: string) => ({ at, by: 'head', text });
    const elder = candidate({ _id: 'a', notes: [note(1, 'раз'), note(3, 'три')] });
    const younger = candidate({ _id: 'b', createdAt: morning + 1, notes: [note(2, 'два')] });
    const { notes } = joinSelves(elder, younger, { name: 'elder', phone: 'elder' });
    expect(notes?.map(({ text }) => text)).toEqual(['раз', 'два', 'три']);
  });
});

describe('[B-13] an import is taken back', () => {
  const undo = (world: World) => world.happens({ type: 'importUndone', by: 'head', import: 'i1' });

  test('somebody it made is gone', () => {
    const world = nobody();
    world.happens(imported(whole([...anna, 'Недозвон'])), 'import:i1:k1');
    expect(world.alarms.size).toBeGreaterThan(0);
    expect(undo(world).ok).toBe(true);
    expect(world.last.some(({ type }) => type === 'erase')).toBe(true);
    expect(world.alarms.size).toBe(0);
  });

  test('somebody it was joined to is as before', () => {
    const world = new World([vacancy()], candidate({ name: 'Анна Смирнова', version: 3 }));
    const before = structuredClone(world.state);
    const twoPhones = ['Смирнова Анна', '89991234567, 89997654321', 'a@b.ru', '', '', 'Повар', 'Недозвон'];
    world.happens(imported(whole(twoPhones)), 'import:i1:k1');
    expect(world.state.marks).toContain('p:+79997654321');
    undo(world);
    expect(world.last.some(({ type }) => type === 'erase')).toBe(false);
    const { version, decided, outbox, ...after } = world.state;
    expect({ ...after, version: 3, decided: [], outbox: [] }).toEqual(before);
    expect([version, decided.length, outbox.length > 0]).toEqual([5, 2, true]);
  });

  test('whoever was worked with since stays', () => {
    const world = nobody();
    world.happens(imported(whole([...anna, 'Недозвон'])), 'import:i1:k1');
    const application = world.state.applications[0]?.id ?? '';
    world.happens({ type: 'addNote', application, by: 'anna', text: 'говорили' });
    expect(undo(world)).toMatchObject({ ok: false, code: 'touchedSince' });
  });

  test('what a later table said too stays', () => {
    const world = nobody();
    world.happens(imported(whole(anna)), 'import:i1:k1');
    world.happens(imported(whole([...anna, 'Отказ']), { import: 'i2', key: 'k2' }), 'import:i2:k2');
    undo(world);
    expect(world.state).toMatchObject({ name: 'Смирнова Анна', phone: '+79991234567' });
    expect(world.state.notes).toHaveLength(1);
  });
});

describe('[B-13] no word is lost', () => {
  const cell = fc.oneof(
    { weight: 3, arbitrary: fc.constant('') },
    fc.constantFrom(
      'Смирнова Анна',
      'КУЗНЕЦОВ ПЁТР',
      'a@b.ru',
      '8 (999) 123-45-67 доб. 5',
      '89991234567/89997654321',
    ),
    fc.constantFrom(
      '15.03.95',
      '15 марта 2025',
      '15.03.2025 10:30',
      '31.12.2099',
      'Повар',
      'слесарь',
      'Отказ',
      'недозвон!',
    ),
    fc.constantFrom(
      'ЧС',
      'Принят',
      'hh.ru',
      'сосед',
      'Орлова',
      'Орлов',
      'Казань',
      'г. Москва',
      '@anna_s',
      '1.234E+10',
      '=1+1',
    ),
    fc.string({ maxLength: 30, unit: 'binary' }).map((text) => text.trim()),
  );

  test('every cell of every row is found in the person it became', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.shuffledSubarray(columns, { minLength: columns.length }),
        fc.boolean(),
        (rows, order, fresh) => {
          const world = fresh
            ? nobody()
            : new World([vacancy()], candidate({ name: 'Анна', city: 'Омск', version: 2 }));
          for (const [at, cells] of rows.entries()) {
            const row = read(cells, order, choices);
            if (typeof row === 'string') continue;
            world.happens(imported(row, { key: `k${at}` }));
            const { state } = world;
            const all = found(state);
            for (const [index, text] of cells.entries())
              if (text !== '')
                expect(
                  comparable(text).some((one) => all.includes(one)),
                  `${order[index]}: ${text} in ${all}`,
                ).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  /** Everything a person holds, as it is compared: by letters and digits; dates as days. */
  function found(state: World['state']): string {
    const { name, phone, email, city, birthday, username, notes, applications } = state;
    const deals = applications.map(({ vacancy: of, source, stage, recruiter, createdAt }) => [
      context.vacancies.find(({ id }) => id === of)?.names,
      source,
      context.sources.map((one) => one[source]),
      stage,
      context.recruiters.find(({ id }) => id === recruiter)?.names,
      new Date(createdAt + 3 * 3_600_000).toISOString().slice(0, 16),
    ]);
    const texts = [
      name,
      phone?.slice(2),
      email,
      city,
      birthday,
      username,
      ...(notes ?? []).map(({ text }) => text),
      JSON.stringify(deals),
    ];
    return texts.map((text) => plainText(text ?? '')).join('|');
  }

  function comparable(text: string): string[] {
    const date = Object.hasOwn(dates, text) ? dates[text] : undefined;
    const phone = parsePhone(text)?.slice(2);
    return [text, text.replace(/^г\. /, ''), ...(date ? [date] : []), ...(phone ? [phone] : [])].map(
      plainText,
    );
  }
  const dates: Record<string, string> = {
    '15.03.95': '1995-03-15',
    '15 марта 2025': '2025-03-15',
    '15.03.2025 10:30': '2025-03-15T10:30',
  };
});
