import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtInStages } from '../../flows/pipelines/stages.ts';
import { type StaffUnderTest, startStaff, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
});
afterEach(() => t.close());

const hour = 3_600_000;

describe('the card', () => {
  it('[A-27] [B-04] shows the stage, the answers in order with what fits, the score, and the deadline', async () => {
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
    expect(text).toContain('На рассмотрении');
    expect(text).toContain('+79161234567');
    expect(text).toContain('2 из 3');
    expect(text.indexOf('✗ Есть ли у вас права')).toBeLessThan(text.indexOf('✓ Сколько лет'));
    expect(text).toContain('5 лет');
    expect(text).toContain('13:00');
    expect(text).toContain('&lt;после обеда&gt;');
    expect(buttons.length).toBeLessThanOrEqual(8);
  });

  it('stays within Telegram’s limits at every stage, however much was written', async () => {
    const long = '<&">'.repeat(300);
    const answer = (id: number) => ({ kind: 'text' as const, value: long, text: long, at: id, asked: long });
    const person = { name: long, city: long };
    const member = (await t.db.members.findOne({ _id: 'head' })) ?? undefined;
    for (const stage of builtInStages) {
      await t.db.candidates.deleteMany({});
      await t.candidate('c1', person, {
        stage,
        answers: Object.fromEntries(Array.from({ length: 40 }, (_none, id) => [`q${id}`, answer(id)])),
        notes: [1, 2, 3, 4].map((at) => ({ at, by: 'head', text: long })),
        interview: {
          interviewer: 'recruiter1',
          start: tuesday - hour,
          format: 'zoom',
          bookedAt: 1,
          reminders: [{ hours: 24, asked: 2 }],
        },
        undo: { act: 'move', by: 'head', at: 1, stage: 'review' },
        tasks: (['take', 'help', 'undelivered', 'reschedule'] as const).map((kind) => ({
          id: kind,
          kind,
          member: 'head',
          createdAt: 1,
          due: tuesday,
          passed: 0,
        })),
      });
      const card = member && (await t.staff.views.card?.(member, { application: 'a-c1' }));
      expect(card?.text.length).toBeLessThanOrEqual(3500);
      expect(card?.text.replace(/<\/?b>|&(amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
      expect(card?.buttons.length).toBeLessThanOrEqual(8);
      await t.member('head').tapFrom('s:more:a-c1');
      expect(t.member('head').last().buttons.length).toBeLessThanOrEqual(9);
    }
  });

  it('[P-08] shows what the candidate answered to the reminders, and their silence', async () => {
    await t.candidate(
      'c1',
      {},
      {
        stage: 'interview',
        interview: {
          interviewer: 'recruiter1',
          start: tuesday + hour,
          format: 'zoom',
          bookedAt: 1,
          reminders: [
            { hours: 24, asked: 2, confirmed: tuesday },
            { hours: 3, asked: 3 },
          ],
        },
      },
    );
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    expect(recruiter.last().text).toMatch(/за 24 ч: придёт[\s\S]*за 3 ч: пока нет ответа/);
  });

  it('is kept in one place: the outbox edits the card that was opened last', async () => {
    await t.candidate('c1');
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    const place = await t.db.places.findOne({ _id: 'card:a-c1:recruiter1' });
    expect(place).toMatchObject({ chat: '502', messageId: recruiter.last().id });
  });
});
