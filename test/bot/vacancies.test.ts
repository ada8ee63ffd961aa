import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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
    t.restart();
    await recruiter.say('Склад\nОт 70 000 ₽\n2/2');
    await recruiter.tap('Медкнижка');
    await recruiter.tap('Медкнижка');
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
    });
    expect(made[0]?.questions.map(({ id }) => id)).toEqual(['experience', 'medical', 'city', 'phone']);
    expect(made[0]?.questions[1]?.rule).toEqual({ expect: ['yes'], knockOut: true });
    expect(made[0]?.questions[1]?.text.en).toContain('medical');
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
    expect(recruiter.last().text).toContain('Описание');
  });

  it('links per source come with a QR code, one per source', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.say('/vacancies');
    await recruiter.tap('Повар');
    await recruiter.tap('Ссылки');
    await recruiter.tap('Новая ссылка');
    await recruiter.tap('Авито');
    const [link] = await t.db.links.find({ vacancy: 'cook' }).toArray();
    expect(recruiter.last()).toMatchObject({ method: 'sendPhoto' });
    expect(recruiter.last().text).toContain(`https://t.me/agency_bot?start=${link?._id}`);
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
    await t.again();
    expect(recruiter.messages().some(({ text }) => text.includes('Добавлено'))).toBe(true);
    await add('В. Сомов', 'Повар');
    expect(recruiter.messages().some(({ text }) => text.includes('уже есть в базе'))).toBe(true);
    const people = await t.db.candidates.find({ phone: '+79165554433' }).toArray();
    expect(people.map(({ applications }) => applications.length)).toEqual([2]);
  });
});
