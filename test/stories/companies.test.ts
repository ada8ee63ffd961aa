import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProduct, type RunningProduct } from '../support/startProduct.ts';

let product: RunningProduct;
beforeAll(async () => {
  process.env.COMPANY_LOOKUP_KEY = 'c'.repeat(40);
  product = await startProduct();
});
afterAll(async () => {
  delete process.env.COMPANY_LOOKUP_KEY;
  await product.stop();
  product.remove();
});

describe('[B-14] a company, from its INN to a hire’s contract', () => {
  test('[B-14] the register fills it in; requisites are pasted; a vacancy and a contract are put to it', async () => {
    const recruiter = await product.sim.role('recruiter');
    await recruiter.say('/companies');
    await recruiter.tap('Добавить компанию');
    await recruiter.say('9999 0010 17');
    await recruiter.sees('Нашлось в реестре');
    await recruiter.tap('➕ Добавить');
    await recruiter.sees('По реестру действует');
    await recruiter.tap('🏦 Реквизиты');
    await recruiter.tap('Вставить одним сообщением');
    await recruiter.say('р/с 40702810900000005555, ПАО Сбербанк, БИК 044525225');
    await recruiter.sees('Банк: ПАО Сбербанк');
    await recruiter.say('/companies простоквашинский');
    await recruiter.tap('🏢 ООО');
    await recruiter.tap('💼 Вакансии');
    await recruiter.tap('Привязать вакансию');
    await recruiter.tap('🟢');
    await recruiter.sees('вакансии (1)');
    await recruiter.tap('Назад');
    await recruiter.tap('📄 Договоры');
    await recruiter.tap('Добавить договор');
    await recruiter.say('12/26 от 01.02.2026');
    await recruiter.tap('Цена');
    await recruiter.say('150 000 руб');
    await recruiter.sees(/Цена: 150.000 RUB/);
  });

  test('[A-23] all of it is there after a power cut, and the last act is still taken back', async () => {
    await product.kill();
    product = await startProduct(product.dataDir);
    const recruiter = await product.sim.role('recruiter');
    await recruiter.say('/companies');
    await recruiter.tap('🏢 ООО');
    const { text } = await recruiter.sees('Вакансий: 1');
    expect(text).toMatch(/Договор 12\/26 от 1 февраля 2026\s+150.000 RUB/);
    expect(text).toContain('Вакансий: 1, из них открыто: 1');
    await recruiter.tap('Отменить: договор 12/26');
    await recruiter.sees('Договор 12/26');
    const last = await recruiter.last();
    expect(last.text).not.toMatch(/150.000/);
  });

  test('[K-01] the client of that vacancy hears of none of it', async () => {
    const client = await product.sim.role('client');
    await client.say('/companies');
    await client.say('/interviews');
    const all = (await client.messages()).map(({ text }) => text).join('\n');
    expect(all).not.toMatch(/ПРОСТОКВАШИН|12\/26|40702810/);
  });
});
