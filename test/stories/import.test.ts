import { describe, expect, test } from 'vitest';
import { aStory } from '../support/aStory.ts';
import { auditOf } from '../support/auditOf.ts';
import { makeXlsx } from '../support/makeXlsx.ts';
import type { Person } from '../support/simulator.ts';
import type { RunningProduct } from '../support/startProduct.ts';
import { label, worded } from '../support/worded.ts';

let product: RunningProduct;
let head: Person;
aStory(async (started) => {
  product = started;
  head = await product.sim.role('head');
});

const table = makeXlsx({
  'О файле': [['База агентства']],
  Кандидаты: [
    ['База 2024–2025'],
    ['ФИО', 'Контакты', '', 'Вакансия', 'Статус', 'Дата отклика', 'Комментарий', 'Дата рождения'],
    ['', 'Телефон', 'Почта'],
    [
      'ИВАНОВА АННА ПЕТРОВНА',
      89161112233,
      'anna@mail.test',
      'Водитель категории C',
      'Недозвон',
      { date: 45_731 },
      'просила звонить после 18',
      { date: 34_773 },
    ],
    ['Сидоров Иван', '8 (999) 123-45-67 доб. 5', '', 'Слесарь', 'Отказ', { date: 45_700 }],
    ['Иванова А.П.', '+7 916 111-22-33', '', '', '', '', { formula: 'A1', result: 'вторая строка' }],
    ['Итого: 3'],
  ],
});

describe('[B-13] the agency leaves its tables', () => {
  test('a workbook is looked at, tried, brought in; who writes later is asked for consent and known', async () => {
    await head.say('/import');
    await head.sees(worded('import.title'));
    await head.send({ file: { name: 'База.xlsx', base64: table.toString('base64') } });
    const draft = await head.sees('Лист: Кандидаты');
    expect(draft.text).toContain('ИВАНОВА АННА ПЕТРОВНА; Сидоров Иван');
    expect(draft.text).toContain('15.03.2025');
    await head.tap(label('import.button.check'));
    const plan = await head.sees('что получится');
    expect(plan.text).toContain('2 новых человека');
    expect(plan.text).toContain('1 уже есть в базе');
    await head.tap('Импортировать');
    const done = await head.sees('База.xlsx: готово');
    expect(done.text).toContain('2 новых человека');
    const told = await head.sees('Перенос «База.xlsx» закончен');
    const report = await (await fetch(`${product.url}${told.document?.url}`)).text();
    expect(report.split('\r\n')[1]).toContain('создан;;ИВАНОВА АННА ПЕТРОВНА;89161112233');
    await head.say('/candidates Иванова');
    await head.tap(/^1$/);
    const card = await head.sees('👤 Иванова Анна Петровна');
    expect(card.text).toContain('Комментарий: просила звонить после 18');
    expect(card.text).toContain('вторая строка');

    const anna = await product.sim.newPerson('Анна', 'ru', '+79161112233', 'whatsapp');
    expect(await anna.messages()).toEqual([]);
    await anna.say('Здравствуйте, вы мне звонили?');
    expect((await anna.messages()).filter(({ from }) => from === 'bot').length).toBeGreaterThan(0);
    const people = (await head.messages()).length;
    await head.say('/candidates Иванова');
    const found = (await head.messages()).slice(people).at(-1);
    expect(found?.text.match(/Иванова/g)).toHaveLength(2);
    expect(await auditOf({ DATA_DIR: product.dataDir })).toMatchObject({ code: 0 });
  });
});
