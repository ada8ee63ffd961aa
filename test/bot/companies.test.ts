import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Company } from '../../flows/companies/company.ts';
import { startStaff, type StaffUnderTest } from './startStaff.ts';

let t: StaffUnderTest;
beforeAll(async () => {
  t = await startStaff();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.db.companies.deleteMany({});
  await t.db.ledger.deleteMany({});
});
const anna = () => t.member('recruiter1');
const head = () => t.member('head');
const text = () => anna().last().text;
const toasted = () => String(t.toast()?.text ?? '');
const company = async (): Promise<Company> => {
  const [found] = await t.db.companies.find().sort({ createdAt: -1, _id: 1 }).toArray();
  if (!found) throw new Error('no company');
  return found;
};
/** By name, from the list. */
async function add(name: string, phone = anna()): Promise<void> {
  await phone.say('/companies');
  await phone.tap('Добавить компанию');
  await phone.say(name);
}

/** A new one, with one contract that ends then. */
async function withContract(name: string, until: string): Promise<void> {
  await add(name);
  await anna().tap('📄 Договоры');
  await anna().tap('Добавить договор');
  await anna().say('5 от 01.01.2026');
  await anna().tap('Действует до');
  await anna().say(until);
}

describe('/companies', () => {
  it('[A-23] [B-14] by INN: a slip is named, the right one asks for the name, and there is one company', async () => {
    await anna().say('/companies');
    expect(text()).toContain('Компаний пока нет');
    await anna().tap('Добавить компанию');
    await anna().say('ИНН 7707 083 894');
    expect(text()).toContain('10-я цифра по контрольной сумме должна быть 3, а стоит 4');
    await anna().say('77070838');
    expect(text()).toContain('а здесь 8');
    await anna().say('7707 083 893');
    expect(text()).toContain('Как называется компания?');
    await anna().say('ООО «Ромашка»');
    expect(text()).toContain('Готово, компания добавлена');
    expect(text()).toContain('ИНН 7707083893');
    await t.again();
    expect(await company()).toMatchObject({ owner: 'recruiter1', fields: { name: 'ООО «Ромашка»' } });
    await add('7707083893', head());
    expect(head().last().text).toContain('Компания с этим ИНН уже есть');
    expect(await t.db.companies.countDocuments({})).toBe(1);
  });

  it('[A-23] one of much the same name is shown first; pressed twice, the new one is made once', async () => {
    await add('ООО Ромашка');
    await add('Ромашка плюс');
    expect(text()).toContain('Похожая компания уже есть');
    expect(
      anna()
        .last()
        .buttons.flat()
        .map((one) => one.text),
    ).toContain('🏢 ООО Ромашка');
    const [data] = anna()
      .last()
      .buttons.flat()
      .map((one) => one.callback_data ?? '')
      .filter((one) => one.includes('anyway'));
    await anna().tapFrom(data ?? '');
    expect(text()).toContain('Готово, компания добавлена');
    await anna().tapFrom(data ?? '');
    expect(toasted()).toContain('уже не действует');
    expect(await t.db.companies.countDocuments({})).toBe(2);
  });

  it('[B-14] a field by typing, a dash takes it off, a wrong one is told and asked again; undo', async () => {
    await add('Ромашка');
    await anna().tap('✏️ Изменить');
    await anna().tap('КПП');
    await anna().say('12');
    expect(text()).toContain('В КПП 9 знаков');
    await anna().say('773601001');
    expect(text()).toContain('Записано');
    expect(text()).toContain('КПП: 773601001');
    await anna().tap('Назад');
    await anna().tap('Отменить: поле «КПП»');
    expect((await company()).fields.kpp).toBeUndefined();
    await anna().tap('✏️ Изменить');
    await anna().tap('Сайт');
    await anna().say('romashka.ru');
    await anna().tap('Сайт');
    await anna().say('-');
    expect((await company()).fields).toEqual({ name: 'Ромашка' });
    await anna().tap('Название');
    await anna().say('-');
    expect(text()).toContain('Название: здесь пусто');
    await anna().say('/cancel');
  });

  it('[B-14] requisites in one message; they are copied from there; nothing of them is in the log', async () => {
    await add('Ромашка');
    await anna().tap('🏦 Реквизиты');
    await anna().tap('Вставить одним сообщением');
    await anna().say('пришлём завтра');
    expect(text()).toContain('найти не получилось');
    await anna().say(
      'ИНН 7707083893 КПП 773601001\nр/с 40702810900000005555\nПАО Сбербанк\nБИК 044525225, к/с 30101810400000000225, тел. 8 916 123-45-67',
    );
    expect(text()).toContain('Записано');
    expect((await company()).fields).toMatchObject({
      inn: '7707083893',
      account: '40702810900000005555',
      bank: 'ПАО Сбербанк',
    });
    const copied = anna()
      .last()
      .buttons.flat()
      .find(({ copy_text: copy }) => copy)?.copy_text?.text;
    expect(copied).toContain('Расчётный счёт 40702810900000005555');
    await anna().tap('Вставить одним сообщением');
    await anna().say('ИНН 7707329152');
    expect(text()).toContain('реквизиты другой компании');
    await anna().say('/cancel');
    await anna().say('/companies Ромашка');
    await anna().tap('🏢 Ромашка');
    await anna().tap('🕓 История');
    expect(text()).toContain('…5555');
    expect(text()).not.toContain('40702810900000005555');
    expect(JSON.stringify([t.logged, await t.db.ledger.find({ kind: 'fact' }).toArray()])).not.toContain(
      '40702810900000005555',
    );
  });

  it('[A-23] contracts: number with its date, price, end; the one in force stands on the card', async () => {
    await add('Ромашка');
    await anna().tap('📄 Договоры');
    await anna().tap('Добавить договор');
    await anna().say('Договор № 12/26 от 01.02.2026');
    expect(text()).toContain('Номер: 12/26');
    expect(text()).toContain('Дата: 1 февраля 2026');
    await anna().tap('Цена');
    await anna().say('дорого');
    expect(text()).toContain('сумму и валюту');
    await anna().say('150 000 руб');
    expect(text()).toMatch(/Цена: 150.000 RUB/);
    await anna().tap('Действует до');
    await anna().say('31.12.2025');
    expect(text()).toContain('не может закончиться раньше');
    await anna().say('31.12.2026');
    await anna().tap('Дата');
    await anna().say('1 марта');
    expect(text()).toContain('Дата: 1 марта 2026');
    await anna().tap('Дата');
    await anna().say('1 февраля 2026');
    await anna().tap('Ссылка');
    await anna().say('https://example.com/c');
    await anna().tap('Назад');
    await anna().tap('Назад');
    expect(text()).toMatch(
      /Договор <b>12\/26<\/b> от 1 февраля 2026\nдействует до 31 декабря 2026\n150.000 RUB/,
    );
    await anna().tap('📄 Договоры');
    await anna().tap('📄 12/26');
    await anna().tap('Убрать договор');
    expect(text()).toContain('Договоров пока нет');
    await anna().tap('Назад');
    await anna().tap('Отменить: удаление договора 12/26');
    expect((await company()).contracts).toMatchObject([{ number: '12/26', price: 150_000, currency: 'RUB' }]);
  });

  it('[A-23] contact persons, who is responsible, a note; undo does not take back a colleague’s act', async () => {
    await add('Ромашка');
    await anna().tap('👤 Контактные лица');
    await anna().tap('▫️');
    expect((await company()).people).toEqual(['client']);
    await anna().tap('Назад');
    const stale = anna()
      .last()
      .buttons.flat()
      .find((one) => one.text.includes('Отменить: контактное лицо'));
    await head().say('/companies');
    await head().tap('🏢 Ромашка');
    await head().tap('🙋 Ответственный');
    await head().tap(/^▫️ /);
    expect((await company()).owner).not.toBe('recruiter1');
    await anna().tapFrom(stale?.callback_data ?? '');
    expect(toasted()).toContain('изменил кто-то из коллег');
    expect(text()).toContain('👤 ');
    expect((await company()).people).toEqual(['client']);
    await anna().tap('📝 Заметка');
    await anna().say('Звонить после 15');
    expect(text()).toContain('Звонить после 15');
    expect((await company()).notes).toMatchObject([{ by: 'recruiter1' }]);
  });

  it('[A-23] what is put away leaves the list, and is found again by a search', async () => {
    await add('Ромашка');
    await anna().tap('🗄 В архив');
    expect(text()).toContain('В архиве');
    await anna().say('/companies');
    expect(text()).toContain('Компаний пока нет');
    await anna().say('/companies ромаш');
    await anna().tap('🗄 Ромашка');
    await anna().tap('Вернуть из архива');
    await anna().say('/companies');
    expect(text()).toContain('Компании</b>: 1');
    await anna().say('/companies ландыш');
    expect(text()).toContain('ничего не нашлось');
    await anna().tap('Добавить «ландыш»');
    expect(text()).toContain('Готово, компания добавлена');
    await anna().say('/companies 7707083894');
    await anna().tap('Добавить «7707083894»');
    expect(text()).toContain('10-я цифра');
    await anna().tap('🔎 Найти');
    await anna().say('РОМАШКА');
    expect(text()).toContain('нашлось: 1');
  });

  it('[A-23] a long list is turned page by page; odd names and buttons do no harm', async () => {
    for (let number = 10; number < 30; number += 1)
      await t.engine.companies.add({
        id: `many${number}`,
        by: 'head',
        type: 'addCompany',
        set: { name: `${'Ы'.repeat(number)} <b>&` },
        anyway: true,
      });
    await anna().say('/companies');
    expect(
      anna()
        .last()
        .buttons.flat()
        .filter((one) => one.text.startsWith('🏢')).length,
    ).toBe(8);
    await anna().tap('›');
    await anna().tap('›');
    expect(
      anna()
        .last()
        .buttons.flat()
        .filter((one) => one.text.startsWith('🏢')).length,
    ).toBe(4);
    await anna().tap('🏢');
    expect(text()).toContain('&lt;b&gt;&amp;');
    for (const data of [
      'co:open:nobody',
      'co:contract:nobody:1',
      'co:boom:nobody',
      'co:make:1',
      'co:field:x:y',
    ]) {
      await anna().tapFrom(data);
      expect(toasted()).not.toBe('');
    }
    await add('я'.repeat(300));
    expect(text()).toContain('не больше 250 знаков');
    await anna().say('/cancel');
  });

  it('[A-23] companies whose contract ends are one press away', async () => {
    await withContract('Ромашка', '10.12.2026');
    await anna().tap('Назад');
    await anna().tap('Назад');
    expect(text()).toContain('Договор скоро закончится: 10 декабря 2026');
    await add('Ландыш');
    await anna().say('/companies');
    await anna().tap('Заканчиваются договоры: 1');
    expect(
      anna()
        .last()
        .buttons.flat()
        .map((one) => one.text),
    ).toContain('🏢 Ромашка');
    expect(
      anna()
        .last()
        .buttons.flat()
        .map((one) => one.text),
    ).not.toContain('🏢 Ландыш');
  });

  it('[A-23] to prolong a contract that ends is a task of whoever is responsible, until it is prolonged', async () => {
    await withContract('Ромашка', '10.12.2026');
    await anna().say('/tasks');
    expect(text()).toMatch(/10 декабря.*: продлить договор\n<b>Ромашка<\/b>/);
    await t.member('recruiter2').say('/tasks');
    expect(t.member('recruiter2').last().text).not.toContain('Ромашка');
    await anna().tap(/^1$/);
    await anna().tap('5');
    await anna().tap('Действует до');
    await anna().say('10.12.2027');
    await anna().say('/tasks');
    expect(text()).not.toContain('Ромашка');
  });

  it('[K-01] a client reaches none of it', async () => {
    await add('Ромашка');
    const { _id } = await company();
    const client = t.member('client');
    const before = client.messages().length;
    await client.say('/companies');
    for (const data of [
      `co:open:${_id}`,
      `co:bank:${_id}`,
      'm:companies::0',
      'co:new',
      `co:contracts:${_id}`,
    ])
      await client.tapFrom(data);
    const shown = client
      .messages()
      .slice(before)
      .map((one) => one.text)
      .join('\n');
    expect(shown).not.toContain('Ромашка');
    await client.say('/help');
    expect(client.last().text).not.toContain('/companies');
    await anna().say('/help');
    expect(text()).toContain('/companies — компании');
  });
});
