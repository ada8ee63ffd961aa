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

describe('money of a company', () => {
  /** A company with two vacancies, a contract, and somebody hired on one of them. */
  async function withContract(): Promise<string> {
    const company = await make('Ромашка');
    const set = {
      number: '12/26',
      date: '2026-02-01',
      link: 'https://example.com/c12',
      price: { amount: 150_000, currency: 'RUB' },
    };
    const id = `contract${(count += 1)}`;
    await t.engine.companies.perform(company, { id, by: 'head', type: 'addContract', set });
    await t.db.vacancies.updateMany({ _id: { $in: ['driver', 'cook'] } }, { $set: { company } });
    return company;
  }
  const spend = (vacancy: string, amount: number, source: string) =>
    t.engine.vacancies.addCost(vacancy, {
      id: `cost${(count += 1)}`,
      at: t.clock.now(),
      by: 'head',
      amount,
      currency: 'RUB',
      source,
      what: source,
    });

  it('[A-23] costs are summed up by company, by source and by vacancy; a hire without a price counts by the contract', async () => {
    await withContract();
    await t.candidate('c71', {}, { stage: 'work', taken: 1, vacancy: 'driver' });
    await t.candidate(
      'c72',
      {},
      { stage: 'work', taken: 1, vacancy: 'cook', fields: { price: { value: 90_000, by: 'head', at: 1 } } },
    );
    await spend('driver', 12_000, 'hh');
    await spend('cook', 6_000, 'avito');
    await anna().say('/companies');
    await anna().tap('🏢 Ромашка');
    await anna().tap('💰 Расходы');
    const shown = text().replaceAll('\u00a0', ' ');
    expect(shown).toContain('Потрачено: <b>18 000 RUB</b>');
    expect(shown).toContain('Стоимость одного найма: <b>9 000 RUB</b>');
    expect(shown).toContain('Цена по договорам: 240 000 RUB');
    expect(shown).toContain('hh.ru: 12 000 RUB');
    expect(shown).toMatch(
      /• .+: 12 000 RUB, наймов: 1, один найм: 12 000 RUB, по договорам: 150 000 RUB\n• /,
    );
    await t.db.candidates.deleteMany({ _id: { $in: ['c71', 'c72'] } });
  });

  it('[A-23] a hire goes by the company’s contract until it has its own; one press takes the terms over', async () => {
    await withContract();
    await t.candidate('c73', { name: 'Зоя Золотая' }, { stage: 'offer', taken: 1 });
    await anna().say('/candidates Зоя');
    await anna().tap('1');
    expect(text().replaceAll('\u00a0', ' ')).toContain('Договор компании: 12/26, 150 000 RUB');
    await anna().tap('Ещё');
    await anna().tap('Условия выхода');
    await anna().tap('Взять из договора 12/26');
    await t.again();
    expect((await t.application('a-c73')).fields).toMatchObject({
      contract: { value: 'https://example.com/c12' },
      price: { value: 150_000 },
      currency: { value: 'RUB' },
    });
    expect(text()).toContain('Договор: https://example.com/c12');
    expect(text()).not.toContain('Договор компании');
    await anna().tap('Ещё');
    await anna().tap('Условия выхода');
    expect(labels().some((one) => one.includes('Взять из договора'))).toBe(false);
    await anna().tapFrom('s:fromContract:a-c73');
    expect((await t.application('a-c73')).fields?.price?.value).toBe(150_000);
  });

  it('[C-01] a call is planned with the company its client speaks for, and stands on its card', async () => {
    const company = await make('Василёк');
    const person = { type: 'setContact' as const, member: 'client', on: true };
    await t.engine.companies.perform(company, { id: `p${company}`, by: 'head', ...person });
    await anna().say('/call');
    await anna().tap('Назначить звонок');
    await anna().tap('Первый звонок');
    await anna().tap('Василёк, ');
    await anna().say('завтра в 12');
    expect(text()).toContain('Василёк');
    await anna().say('/companies');
    await anna().tap('🏢 Василёк');
    await anna().tap('📅 Звонок: среда, 25 ноября, 12:00');
    expect(text()).toContain('Первый звонок');
  });

  it('[C-05] the report of a call proposes the contract’s price and link, one press each', async () => {
    await withContract();
    await t.candidate('c75', { name: 'Юрий Юркий' }, { stage: 'clientInterview', taken: 1 });
    const people = [{ candidate: 'c75', application: 'a-c75' }];
    const start = t.clock.now() - 3_600_000;
    const plan = {
      type: 'planCall' as const,
      kind: 'interview' as const,
      manager: 'recruiter1',
      company: 'Р',
      people,
    };
    const planned = await t.engine.clientCalls.plan({ id: 'plan1', by: 'recruiter1', start, ...plan });
    if (!planned.ok) throw new Error(planned.code);
    await anna().tapFrom(`cc:report:${planned.call._id}`);
    await anna().say('Пять лет опыта');
    await anna().say('Берут');
    await anna().tap('нанимают');
    await anna().say('01.12.2026');
    await anna().tap('Как в договоре 12/26');
    await anna().tap('Как в договоре 12/26');
    await anna().tap('Пропустить');
    await t.quiet();
    expect((await t.application('a-c75')).fields).toMatchObject({
      price: { value: 150_000 },
      currency: { value: 'RUB' },
      contract: { value: 'https://example.com/c12' },
    });
  });

  it('[K-01] neither price, contract nor requisites reach the client, whatever they press', async () => {
    const company = await withContract();
    await t.candidate('c74', { name: 'Инна Ищет' }, { stage: 'offer', taken: 1 });
    const client = t.member('client');
    const before = client.messages().length;
    for (const data of [
      `co:costs:${company}`,
      `co:contracts:${company}`,
      `co:vacancies:${company}`,
      's:hire:a-c74',
      's:fromContract:a-c74',
      's:card:a-c74',
      'v:costs:driver',
    ])
      await client.tapFrom(data);
    await client.say('/interviews');
    await client.say('/start card_a-c74');
    const shown = JSON.stringify(client.messages().slice(before)).replaceAll('\u00a0', ' ');
    expect(shown).not.toMatch(/150 000|12\/26|example\.com|Ромашка/);
    expect((await t.application('a-c74')).fields).toBeUndefined();
  });
});
