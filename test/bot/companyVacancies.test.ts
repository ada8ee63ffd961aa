import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStaff, type StaffUnderTest } from './startStaff.ts';

let t: StaffUnderTest;
beforeAll(async () => {
  t = await startStaff();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.db.companies.deleteMany({});
  await t.db.vacancies.deleteMany({ _id: { $nin: ['driver', 'cook', 'operator'] } });
  await t.db.vacancies.updateMany({}, { $unset: { company: 1, costs: 1 } });
});
const anna = () => t.member('recruiter1');
const text = () => anna().last().text;
const labels = () =>
  anna()
    .last()
    .buttons.flat()
    .map((one) => one.text);
let count = 0;
async function make(name: string): Promise<string> {
  const id = `make${(count += 1)}`;
  const made = await t.engine.companies.add({ id, by: 'head', type: 'addCompany', set: { name } });
  if (!made.ok) throw new Error(made.code);
  return made.company._id;
}

/** As far as the question whose vacancy it is. */
async function beginVacancy(): Promise<void> {
  await anna().say('Кладовщик');
  await anna().say('Storekeeper');
  await anna().say('Склад');
  await anna().tap('Пропустить');
  await anna().tap('Без ограничения');
  await anna().tap('Дальше');
  await anna().tap('Дальше');
  await anna().tap('Дальше');
  await anna().tap('Дальше');
}
async function endVacancy(): Promise<void> {
  await anna().tap('Дальше');
  await anna().tap('Нет');
  await anna().tap('Создать');
}

describe('vacancies of a company', () => {
  it('[A-23] the wizard asks whose the vacancy is, finds the company by typing, and proposes its contact person', async () => {
    const company = await make('Ромашка');
    await make('Ландыш');
    const person = { type: 'setContact' as const, member: 'client', on: true };
    await t.engine.companies.perform(company, { id: 'p1', by: 'head', ...person });
    await anna().say('/vacancies');
    await anna().tap('Новая вакансия');
    await beginVacancy();
    expect(text()).toContain('Чья это вакансия?');
    expect(labels()).toContain('Без компании');
    await anna().say('тюльпан');
    expect(text()).toContain('компании нет');
    await anna().say('ромаш');
    await anna().tap('🏢 Ромашка');
    expect(labels().filter((one) => one.startsWith('✅')).length).toBe(1);
    await endVacancy();
    await t.again();
    expect(await t.db.vacancies.find({ 'title.ru': 'Кладовщик' }).toArray()).toMatchObject([
      { company, client: 'client' },
    ]);
    await anna().tap('Открыть вакансию');
    expect(text()).toContain('Компания: Ромашка');
    await anna().tap('🏢 Компания');
    expect(text()).toContain('Вакансий: 1, из них открыто: 1');
  });

  it('[A-23] it may be skipped; a vacancy begun from a company is not asked', async () => {
    const company = await make('Ромашка');
    await anna().say('/vacancies');
    await anna().tap('Новая вакансия');
    await beginVacancy();
    await anna().tap('Без компании');
    await endVacancy();
    expect((await t.db.vacancies.findOne({ 'title.ru': 'Кладовщик' }))?.company).toBeUndefined();
    await anna().say('/companies');
    await anna().tap('🏢 Ромашка');
    await anna().tap('💼 Вакансии');
    await anna().tap('Новая вакансия');
    await beginVacancy();
    expect(text()).not.toContain('Чья это вакансия?');
    await endVacancy();
    expect(await t.db.vacancies.countDocuments({ company })).toBe(1);
  });

  it('[A-23] one without a company is put to it, from either side, and taken off again', async () => {
    const company = await make('Ромашка');
    await t.db.vacancies.updateOne({ _id: 'cook' }, { $set: { recruiters: ['recruiter2'] } });
    await anna().say('/companies');
    await anna().tap('🏢 Ромашка');
    await anna().tap('💼 Вакансии');
    expect(text()).toContain('Вакансий пока нет');
    await anna().tap('Привязать вакансию');
    const driver = (await t.db.vacancies.findOne({ _id: 'driver' }))?.title.ru ?? '';
    const cook = (await t.db.vacancies.findOne({ _id: 'cook' }))?.title.ru ?? '';
    expect(labels().some((one) => one.includes(cook))).toBe(false);
    await anna().tap(driver);
    expect(text()).toContain('вакансии (1)');
    await anna().tapFrom(`co:attached:${company}:cook`);
    expect((await t.db.vacancies.findOne({ _id: 'cook' }))?.company).toBeUndefined();
    await anna().tap(driver);
    await anna().tap('✏️ Изменить');
    await anna().tap('Компания');
    await anna().tap('Без компании');
    expect((await t.db.vacancies.findOne({ _id: 'driver' }))?.company).toBeUndefined();
    await t.db.vacancies.updateOne({ _id: 'cook' }, { $set: { recruiters: ['recruiter1', 'recruiter2'] } });
  });
});
