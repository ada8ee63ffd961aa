import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { makeCompanyLookup } from '../../runtime/companyLookup.ts';
import { type Running, startSimulator } from '../simulator/support/startSimulator.ts';
import { startStaff, type StaffUnderTest } from './startStaff.ts';

let sim: Running;
let t: StaffUnderTest;
beforeAll(async () => {
  sim = await startSimulator();
  const companyLookup = makeCompanyLookup({
    key: 'b'.repeat(40),
    root: `${sim.url}/dadata`,
    patience: 300,
    log: () => undefined,
  });
  t = await startStaff({ companyLookup });
});
afterAll(async () => {
  await t.close();
  await sim.stop();
});
beforeEach(async () => {
  await t.db.companies.deleteMany({});
});
const anna = () => t.member('recruiter1');
const text = () => anna().last().text;
const labels = () =>
  anna()
    .last()
    .buttons.flat()
    .map((one) => one.text);
const fault = (kind: string) => sim.call('POST', '/sim/registry/faults', { kind });
async function type(inn: string): Promise<void> {
  await anna().say('/companies');
  await anna().tap('Добавить компанию');
  await anna().say(inn);
}

describe('a new company by its INN, with a register at hand', () => {
  it('[B-14] is shown as the register has it, and added by one press, once', async () => {
    await type('9999 0010 17');
    expect(text()).toContain('Нашлось в реестре');
    expect(text()).toContain('КПП: 999901001');
    expect(text()).toContain('Компания действует');
    expect(await t.db.companies.countDocuments({})).toBe(0);
    await anna().tap('➕ Добавить');
    expect(text()).toContain('Готово, компания добавлена');
    expect(text()).toContain('По реестру действует');
    expect(text()).toContain('Полностью: ОБЩЕСТВО С');
    await t.again();
    expect(await t.db.companies.find().toArray()).toMatchObject([
      { state: 'active', owner: 'recruiter1', fields: { inn: '9999001017', ogrn: '1129900000010' } },
    ]);
  });

  it('[B-14] a liquidated one is told before it is added, and stays marked', async () => {
    await type('9999001024');
    expect(text()).toContain('По реестру: ликвидирована');
    expect(labels()).toEqual(['Всё равно добавить', 'Другой ИНН']);
    await anna().tap('Другой ИНН');
    await anna().say('9999001024');
    await anna().tap('Всё равно добавить');
    await anna().say('/companies');
    expect(labels()).toContain('⚠️ АО "РОГА И КОПЫТА"');
  });

  test.each([
    ['7707083893', undefined, 'в реестре по нему никого нет'],
    ['9999001017', 'no-money', 'Скажите, пожалуйста, руководителю'],
    ['9999001017', 'silent', 'Реестр сейчас не отвечает'],
  ])('[B-14] %s, %s: %s; it is typed by hand then', async (inn, kind, said) => {
    if (kind) await fault(kind);
    await type(inn);
    expect(text()).toContain(said);
    await anna().say('Своё название');
    expect(text()).toContain('Готово, компания добавлена');
    expect(await t.db.companies.find().toArray()).toMatchObject([{ fields: { name: 'Своё название', inn } }]);
  });

  it('[B-14] after a number nobody has another one may be typed; what is there is compared later', async () => {
    await type('7707083893');
    await anna().say('9999001049');
    expect(text()).toContain('По реестру: реорганизуется');
    await fault('html');
    await type('9999001049');
    await anna().say('Северный склад');
    await anna().tap('🔄 Сверить с реестром');
    expect(text()).toContain('Сверено с реестром');
    expect(await t.db.companies.find().toArray()).toMatchObject([
      {
        state: 'reorganizing',
        fields: { name: 'Северный склад', shortName: 'ООО "СЕВЕРНЫЙ СКЛАД"', kpp: '999901001' },
      },
    ]);
    await anna().tap('Отменить: данные по ИНН');
    expect((await t.db.companies.find().toArray())[0]?.fields).toEqual({
      name: 'Северный склад',
      inn: '9999001049',
    });
  });
});
