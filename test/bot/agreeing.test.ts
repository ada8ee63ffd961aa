import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStaff, type StaffUnderTest, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
beforeAll(async () => {
  t = await startStaff();
});
afterAll(() => t.close());
/** Until then a proposal can be taken back. */
const minuteLater = async () => {
  await t.engine.moveClock(t.clock.offset() + 61_000);
  await t.quiet();
};

describe('the client’s interview is agreed in the chat', () => {
  it('[P-11] [P-12] the recruiter types times, a note and an address; the client types times of their own', async () => {
    await t.candidate('c1', {}, { stage: 'agreeing', recruiter: 'recruiter1', taken: tuesday });
    const recruiter = t.member('recruiter1');
    const client = t.member('client');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('Встреча с заказчиком');
    await recruiter.tap('в офисе');
    await recruiter.say('завтра в 14, 26.11 11:20\nСпросить Ольгу\nАдрес: Лесная, 7');
    expect((await t.application('a-c1')).agreement).toMatchObject({
      notes: 'Спросить Ольгу',
      address: 'Лесная, 7',
      windows: [{}, {}],
    });
    await minuteLater();
    expect(client.last().text).toContain('Какое время вам подходит');
    await client.tap('Другое время');
    await client.say('не знаю');
    expect(client.last().text).toContain('Не понял');
    await client.say('27.11 в 12, 27.11 в 15:20');
    expect(client.last().text).toContain('Предложили кандидату');
    const { agreement } = await t.application('a-c1');
    expect(agreement).toMatchObject({ waitsFor: 'candidate', windows: [{ ok: true }, { ok: true }] });
    expect(agreement?.windows[0]?.start).toBe(Date.parse('2026-11-27T09:00:00Z'));
  });

  it('[P-11] or leaves it to the recruiter', async () => {
    await t.candidate('c2', {}, { stage: 'agreeing', recruiter: 'recruiter1', taken: tuesday });
    const recruiter = t.member('recruiter1');
    const client = t.member('client');
    await recruiter.tapFrom('s:card:a-c2');
    await recruiter.tap('Встреча с заказчиком');
    await recruiter.tap('в офисе');
    await recruiter.say('завтра в 16');
    await minuteLater();
    await client.tap('Другое время');
    await client.tap('Пусть предложит рекрутер');
    expect((await t.application('a-c2')).agreement).toBeUndefined();
    expect(recruiter.last().text).toContain('просит другое время');
  });
});
