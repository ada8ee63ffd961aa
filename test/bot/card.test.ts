import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { label } from '../support/worded.ts';
import { type StaffUnderTest, startStaff, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
});
afterEach(() => t.close());

const hour = 3_600_000;

describe('the card', () => {
  it('[B-04] shows the answers in order with what fits, the score, and the deadline', async () => {
    const answer = (kind: 'yesno' | 'number', value: string | number) => ({
      kind,
      value,
      text: String(value),
      at: 1,
      asked: '?',
    });
    await t.candidate(
      'c1',
      {},
      {
        answers: { experience: answer('number', 5), licence: answer('yesno', 'no') },
        score: {
          points: 2,
          of: 3,
          fits: false,
          rules: [
            { question: 'licence', fits: false, points: 0, of: 0, knockOut: true },
            { question: 'experience', fits: true, points: 2, of: 2, knockOut: false },
          ],
        },
        tasks: [
          {
            id: 't1',
            kind: 'take',
            member: 'recruiter1',
            createdAt: tuesday,
            due: tuesday + 2 * hour,
            passed: 0,
          },
        ],
        notes: [{ at: tuesday, by: 'head', text: 'Позвонить <после обеда>' }],
      },
    );
    const recruiter = t.member('recruiter1');
    await recruiter.say('/new');
    await recruiter.tap(/Карточка 1/);
    const { text, buttons } = recruiter.last();
    expect(text).toContain('Анна Смирнова');
    expect(text).toContain('+79161234567');
    expect(text).toContain('2 из 3');
    expect(text.indexOf('✗ Есть ли у вас права')).toBeLessThan(text.indexOf('✓ Сколько лет'));
    expect(text).toContain('5 лет');
    expect(text).toContain('13:00');
    expect(text).toContain('&lt;после обеда&gt;');
    expect(buttons.length).toBeLessThanOrEqual(8);
  });
});
