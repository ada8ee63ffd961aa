import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { label } from '../support/worded.ts';
import { type StaffUnderTest, startStaff } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
});
afterEach(() => t.close());

describe('vacancies', () => {
  it('a wizard makes one, across a restart, with wrong input explained, once', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.say('/vacancies');
    await recruiter.tap('Новая вакансия');
    await recruiter.say('Ы');
    expect(recruiter.last().text).toContain('от 3 до 80');
    await recruiter.say('Кладовщик <ночь>');
    await recruiter.say('Storekeeper (nights)');
    t.restart();
    await recruiter.say('Склад\nОт 70 000 ₽\n2/2');
    await recruiter.tap('Пропустить');
    await recruiter.say('4');
    await recruiter.tap('Медкнижка');
    await recruiter.tap('Медкнижка');
    await recruiter.tap('Дальше');
    await recruiter.tap('Свой вопрос');
    await recruiter.tap('несколько вариантов');
    await recruiter.say('Какая техника вам знакома?');
    await recruiter.tap('Пропустить');
    await recruiter.say('Погрузчик');
    expect(recruiter.last().text).toContain('от 2 до 12');
    await recruiter.say('Погрузчик / Forklift\nРичтрак');
    await recruiter.tap('Обязательное условие');
    await recruiter.say('3');
    expect(recruiter.last().text).toContain('номера из списка');
    await recruiter.say('1');
    await recruiter.tap('Свой вопрос');
    await recruiter.tap('число');
    await recruiter.say('Сколько смен в неделю?');
    await recruiter.say('How many shifts a week?');
    await recruiter.tap(/^смен$/);
    await recruiter.say('9-1');
    expect(recruiter.last().text).toContain('границы через дефис');
    await recruiter.say('1-7');
    await recruiter.tap('Даёт балл');
    await recruiter.say('5-');
    await recruiter.tap('Дальше');
    await recruiter.tap('в офисе');
    await recruiter.tap('Дальше');
    await recruiter.say('Москва, ул. Складская, 1');
    await recruiter.tap('Дальше');
    await recruiter.tap('Олег');
    await recruiter.tap('Дальше');
    await recruiter.tap('Да, сразу');
    expect(recruiter.last().text).toMatch(
      /Кладовщик &lt;ночь&gt;[\s\S]*медицинская книжка\? \(обязательное\)/,
    );
    await recruiter.tap('Создать');
    await t.again();
    const made = await t.db.vacancies.find({ 'title.ru': 'Кладовщик <ночь>' }).toArray();
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({
      status: 'open',
      formats: ['phone', 'office'],
      address: 'Москва, ул. Складская, 1',
      interviewers: ['recruiter1'],
      recruiters: ['recruiter1'],
      client: 'client',
      autoInvite: true,
      places: 4,
    });
    expect(made[0]?.questions.map(({ id }) => id)).toEqual([
      'experience',
      'medical',
      expect.stringMatching(/^own_/),
      expect.stringMatching(/^own_/),
      'city',
      'phone',
    ]);
    expect(made[0]).toMatchObject({
      title: { en: 'Storekeeper (nights)' },
      text: { ru: expect.any(String) },
    });
    expect(made[0]?.questions[2]).toMatchObject({
      kind: 'several',
      options: [
        { id: 'o1', text: { ru: 'Погрузчик', en: 'Forklift' } },
        { id: 'o2', text: { ru: 'Ричтрак' } },
      ],
      rule: { expect: ['o1'], knockOut: true },
    });
    expect(made[0]?.questions[3]).toMatchObject({
      kind: 'number',
      text: { ru: 'Сколько смен в неделю?', en: 'How many shifts a week?' },
      unit: { ru: 'смен', en: 'shifts' },
      min: 1,
      max: 7,
      rule: { min: 5, points: 1 },
    });
    expect(made[0]?.questions[1]?.rule).toEqual({ expect: ['yes'], knockOut: true });
    expect(made[0]?.questions[1]?.text.en).toContain('medical');
  });

  it('[B-04] what stands is changed afterwards, piece by piece', async () => {
    const head = t.member('head');
    await head.tapFrom('v:edit:driver');
    await head.tap(/^Название$/);
    await head.say('Водитель-экспедитор');
    await head.tap('Пропустить');
    expect(head.last().text).toContain('Сохранено');
    await head.tapFrom('v:editing:driver:notes');
    await head.say('Возьмите права');
    await head.tapFrom('v:questions:driver');
    const before = (await t.db.vacancies.findOne({ _id: 'driver' }))?.questions.map(({ id }) => id) ?? [];
    await head.tapData(`v:qUp:driver:${before[1]}`);
    await head.tapData(`v:qDrop:driver:${before[2]}`);
    await head.tapData(`v:qMust:driver:${before[0]}`);
    await head.tap('Свой вопрос');
    await head.tap('да или нет');
    await head.say('Есть своя машина?');
    await head.tap('Пропустить');
    await head.tap('Просто узнать');
    const after = await t.db.vacancies.findOne({ _id: 'driver' });
    expect(after).toMatchObject({ title: { ru: 'Водитель-экспедитор' }, notes: 'Возьмите права' });
    expect(after?.questions.map(({ id }) => id)).toEqual([
      before[1],
      before[0],
      ...before.slice(3),
      expect.stringMatching(/^own_/),
    ]);
    expect(after?.questions.at(-1)).not.toHaveProperty('rule');
  });

  it('a wizard lets other commands through and /cancel ends it', async () => {
    await t.candidate('c1');
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('v:new');
    await recruiter.say('/today');
    expect(recruiter.last().text).toContain('🗓');
    await recruiter.tapFrom('s:card:a-c1');
    expect(recruiter.last().text).toContain('Анна');
    await recruiter.say('Сварщик');
    await recruiter.say('/cancel');
    expect(recruiter.last().text).toContain('отменено');
    await recruiter.say('Описание');
    expect(recruiter.last().text).toContain('Не понял');
    expect(await t.db.vacancies.countDocuments({ 'title.ru': 'Сварщик' })).toBe(0);
  });

  it('[X-06] an answer that comes twice is not taken for the next one', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('v:new');
    await recruiter.say('Сварщик');
    const asked = recruiter.messages().length;
    await t.again();
    expect(recruiter.messages()).toHaveLength(asked);
    expect(recruiter.last().text).toContain('другом языке');
  });

  it('links per source come with a QR code, one per source', async () => {
    const recruiter = t.member('recruiter1');
    const names = { whatsapp: '79990000000', max: 'agency_max_bot' };
    await t.db.settings.insertOne({ _id: 'messengerNames', value: names });
    await recruiter.say('/vacancies');
    await recruiter.tap('Повар');
    await recruiter.tap('Ссылки');
    await recruiter.tap('Новая ссылка');
    await recruiter.tap('Авито');
    const [link] = await t.db.links.find({ vacancy: 'cook' }).toArray();
    expect(recruiter.last()).toMatchObject({ method: 'sendPhoto' });
    expect(recruiter.last().text).toContain(`https://t.me/agency_bot?start=${link?._id}`);
    // The same start in the other messengers; WhatsApp's ends with the code that is read back.
    expect(recruiter.last().text).toContain(`https://max.ru/agency_max_bot?start=${link?._id}`);
    const [, greeting = ''] = /https:\/\/wa\.me\/79990000000\?text=(\S+)/.exec(recruiter.last().text) ?? [];
    expect(decodeURIComponent(greeting)).toBe(`Здравствуйте! [${link?._id}]`);
    await recruiter.tap('Авито');
    expect(await t.db.links.countDocuments({ vacancy: 'cook' })).toBe(1);
    await recruiter.tapFrom('v:ownSource:cook');
    await recruiter.say('Газета');
    expect(await t.db.links.countDocuments({ vacancy: 'cook', source: 'Газета' })).toBe(1);
  });

  it('is archived and opened again; who may not, is told', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('v:open:driver');
    await recruiter.tap('В архив');
    expect((await t.db.vacancies.findOne({ _id: 'driver' }))?.status).toBe('archived');
    await recruiter.tap('Открыть снова');
    expect((await t.db.vacancies.findOne({ _id: 'driver' }))?.status).toBe('open');
    await recruiter.tap('Вопросы');
    expect(recruiter.last().text).toContain('обязательное условие');
    await t.db.vacancies.updateOne({ _id: 'driver' }, { $set: { recruiters: ['recruiter1'] } });
    await t.member('recruiter2').tapFrom('v:archive:driver');
    expect((await t.db.vacancies.findOne({ _id: 'driver' }))?.status).toBe('open');
    await t.member('head').tapFrom('v:open:driver');
    await t.member('head').tap('Рекрутеры');
    await t.member('head').tap('Игорь');
    expect((await t.db.vacancies.findOne({ _id: 'driver' }))?.recruiters).toEqual([
      'recruiter1',
      'recruiter2',
    ]);
  });

  it('[P-01] [P-04] /add makes a lead; a known number finds the person', async () => {
    const recruiter = t.member('recruiter1');
    const add = async (name: string, vacancy: string) => {
      await recruiter.say('/add');
      await recruiter.say(name);
      await recruiter.say('номер');
      expect(recruiter.last().text).toContain('Не похоже на номер');
      await recruiter.say('8 916 555-44-33');
      await recruiter.tap(vacancy);
    };
    await add('Виктор Сомов', 'Водитель');
    const asked = recruiter.messages().map(({ text }) => text);
    expect(asked.filter((text) => text.includes('Имя и фамилия'))).toHaveLength(1);
    expect(asked.filter((text) => text.includes('Не похоже на номер'))).toHaveLength(1);
    await t.again();
    expect(recruiter.messages().some(({ text }) => text.includes('Добавлено'))).toBe(true);
    await add('В. Сомов', 'Повар');
    expect(recruiter.messages().some(({ text }) => text.includes('уже есть в базе'))).toBe(true);
    const people = await t.db.candidates.find({ phone: '+79165554433' }).toArray();
    expect(people.map(({ applications }) => applications.length)).toEqual([2]);
  });

  it('[P-02] whoever has added somebody takes them with one press, whosever turn it is', async () => {
    await t.db.vacancies.updateOne({ _id: 'driver' }, { $set: { recruiters: ['recruiter2', 'recruiter1'] } });
    const recruiter = t.member('recruiter1');
    await recruiter.say('/add');
    await recruiter.say('Виктор Сомов');
    await recruiter.tap('Без телефона');
    await recruiter.tap('Водитель');
    await recruiter.tap(label('notice.button.take'));
    const [application] = (await t.db.candidates.findOne({ name: 'Виктор Сомов' }))?.applications ?? [];
    expect(application).toMatchObject({ recruiter: 'recruiter1', taken: expect.any(Number) });
  });
});
