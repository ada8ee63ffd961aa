import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { worded } from '../support/worded.ts';
import { type StaffUnderTest, startStaff } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
});
afterEach(() => t.close());

const phone = '+79161234567';
/** Two with one number, one of whom has just given an e-mail that a third has. */
async function three(): Promise<void> {
  await t.candidate('c1', { name: 'Анна Смирнова', marks: [`p:${phone}`], duplicates: ['c2'] });
  await t.candidate('c2', { name: 'Смирнова А.', marks: [`p:${phone}`] });
  await t.candidate('c3', { name: 'Олег', phone: '+79160000003', email: 'a@b.ru', marks: ['e:a@b.ru'] });
}

describe('[A-26] likely duplicates', () => {
  it('stand on the card of both, and are compared there', async () => {
    await three();
    const recruiter = t.member('recruiter1');
    for (const [id, other] of [
      ['c1', 'Смирнова А.'],
      ['c2', 'Анна Смирнова'],
    ]) {
      await recruiter.tapFrom(`s:card:a-${id}`);
      expect(recruiter.last().text).toContain(`Похоже, это один человек: <b>${other}`);
    }
    await recruiter.tap('Сравнить');
    expect(recruiter.last().text).toMatch(/тот же телефон/);
  });

  it('are listed, and are gone when somebody says that they are two', async () => {
    await three();
    const head = t.member('head');
    await head.say('/duplicates');
    expect(head.last().text).toMatch(/1\. <b>Анна Смирнова<\/b> и <b>Смирнова А\.<\/b>/);
    await head.tap('Сравнить 1');
    await head.tap('Это разные люди: 1');
    await t.again();
    expect(head.last().text).toMatch(worded('same.none'));
    await head.say('/duplicates');
    expect(head.last().text).toMatch(worded('same.listNone'));
    await head.tapFrom('s:card:a-c2');
    expect(head.last().text).not.toContain('Похоже');
  });

  it('are found when something new becomes known, and the recruiter is told by what', async () => {
    await three();
    await t.db.candidates.updateOne({ _id: 'c1' }, { $set: { email: 'a@b.ru' }, $inc: { version: 1 } });
    await t.member('recruiter1').tapFrom('s:take:a-c1');
    await eventually(
      () => t.member('recruiter1').messages(),
      (list) => list.some(({ text }) => text.includes('та же почта')),
    );
    expect((await t.db.candidates.findOne({ _id: 'c1' }))?.duplicates).toEqual(['c2', 'c3']);
  });
});
