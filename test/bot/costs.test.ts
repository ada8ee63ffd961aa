import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStaff, type StaffUnderTest } from './startStaff.ts';

let t: StaffUnderTest;
beforeAll(async () => {
  t = await startStaff();
});
afterAll(() => t.close());

describe('costs and the terms of a hire', () => {
  it('[A-23] what was spent on a vacancy is typed, summed up by source, and taken off again', async () => {
    const head = t.member('head');
    await t.candidate('w1', {}, { stage: 'work', taken: 1 });
    await head.say('/vacancies');
    const { title } = (await t.db.vacancies.findOne({ _id: 'driver' })) ?? { title: { ru: '' } };
    await head.tap(title.ru);
    await head.tap('💰 Расходы');
    expect(head.last().text).toContain('Расходов пока нет');
    await head.tap('Записать расход');
    await head.say('за рекламу');
    expect(head.last().text).toContain('Начните с суммы');
    await head.say('12 000 hh.ru размещение');
    await t.again();
    expect(head.last().text).toMatch(/12.000 RUB/);
    expect(head.last().text).toMatch(/hh\.ru: 12.000 RUB, наймов: 1, один найм: 12.000 RUB/);
    expect((await t.db.vacancies.findOne({ _id: 'driver' }))?.costs).toMatchObject([
      { amount: 12_000, source: 'hh' },
    ]);
    expect(await t.db.ledger.findOne({ what: 'costAdded' })).toMatchObject({ by: 'head' });
    await head.tap('🗑 1');
    expect(head.last().text).toContain('Расходов пока нет');
  });

  it('[A-23] a recruiter of other vacancies changes nothing', async () => {
    await t.db.vacancies.updateOne({ _id: 'driver' }, { $set: { recruiters: ['recruiter2'] } });
    const anna = t.member('recruiter1');
    await anna.tapFrom('v:costNew:driver');
    await anna.say('100 hh');
    expect((await t.db.vacancies.findOne({ _id: 'driver' }))?.costs).toEqual([]);
    await t.db.vacancies.updateOne({ _id: 'driver' }, { $set: { recruiters: ['recruiter1', 'recruiter2'] } });
  });

  it('[C-05] start date, price, currency and contract from the card, and on it', async () => {
    await t.candidate('h2', { name: 'Нина Нанятая' }, { stage: 'offer', taken: 1 });
    const anna = t.member('recruiter1');
    const fill = async (field: string, value: string) => {
      await anna.say('/candidates Нина');
      await anna.tap('1');
      await anna.tap('Ещё');
      await anna.tap('Условия выхода');
      await anna.tap(`Заполнить: ${field}`);
      await anna.say(value);
    };
    await fill('цена', '1500');
    await fill('валюта', 'USD');
    await fill('ссылка на договор', 'https://example.com/c');
    expect((await t.application('a-h2')).fields).toMatchObject({
      price: { value: 1500 },
      currency: { value: 'USD' },
      contract: { value: 'https://example.com/c' },
    });
    await anna.say('/candidates Нина');
    await anna.tap('1');
    expect(anna.last().text).toContain('Цена: 1500 USD');
    expect(anna.last().text).toContain('https://example.com/c');
  });
});
