import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStaff, type StaffUnderTest, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
let number = 20;
let id = '';
beforeAll(async () => {
  t = await startStaff();
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.member('recruiter1').say('/end');
  await t.db.candidates.deleteMany({});
  id = `c${(number += 1)}`;
  await t.candidate(
    id,
    { name: 'Смирнова Анна' },
    { vacancy: 'cook', stage: 'review', recruiter: 'recruiter1' },
  );
});

const toCandidate = () => t.api.messages.filter(({ chat }) => chat === String(700 + Number(id.slice(1))));
async function openTalk() {
  const anna = t.member('recruiter1');
  await anna.tapFrom(`s:relay:a-${id}`);
  return anna;
}

describe('/t and /templates', () => {
  it('[A-19] a quick answer is shown as the candidate will see it, then sent with one tap', async () => {
    const anna = await openTalk();
    await anna.say('/t');
    await anna.tap('Документы');
    expect(anna.last().text).toContain('Анна, возьмите с собой паспорт');
    expect(toCandidate()).toEqual([]);
    await anna.tap('Отправить');
    expect(toCandidate().at(-1)?.text).toContain('Анна, возьмите с собой паспорт');
  });

  it('[A-19] what is not known yet is named, and the answer cannot be sent', async () => {
    const anna = await openTalk();
    await anna.tap('Быстрый ответ');
    await anna.tap('Как добраться');
    expect(anna.last().text).toContain('Не хватает: время собеседования');
    expect(
      anna
        .last()
        .buttons.flat()
        .map(({ text }) => text),
    ).toEqual(['‹ Назад']);
    await anna.tapFrom('q:send:road');
    expect(toCandidate()).toEqual([]);
    const interview = {
      interviewer: 'recruiter1',
      start: tuesday,
      format: 'office' as const,
      bookedAt: 0,
      reminders: [],
    };
    await t.db.candidates.updateOne({ _id: id }, { $set: { 'applications.0.interview': interview } });
    await anna.tap('Назад');
    await anna.tap('Как добраться');
    expect(anna.last().text).toMatch(/вторник, 24 ноября, 11:00/);
  });

  it('[A-19] an agency writes its own, in both languages; the candidate gets theirs', async () => {
    const anna = t.member('recruiter1');
    await anna.say('/templates');
    await anna.tap('Новый ответ');
    await anna.say('Без текста');
    expect(anna.last().text).toContain('две строки');
    await anna.say('Пропуск\nПропуск выписан на [имя полностью], скажите [имя кому].');
    await anna.tap('Английский');
    await anna.say('There is a pass for [full name].');
    expect(anna.last().text).toContain('There is a pass');
    await openTalk();
    await anna.say('/t');
    await anna.tap('Пропуск');
    expect(anna.last().text).toContain('на Смирнова Анна, скажите Анне.');
    await t.db.candidates.updateOne({ _id: id }, { $set: { lang: 'en' } });
    await anna.tap('Назад');
    await anna.tap('Пропуск');
    await anna.tap('Отправить');
    expect(toCandidate().at(-1)?.text).toContain('There is a pass for Смирнова Анна.');
    await anna.say('/templates');
    await anna.tap('Пропуск');
    await anna.tap('Удалить');
    expect(JSON.stringify(anna.last().buttons)).not.toContain('Пропуск');
  });

  it('[A-19] outside a conversation it is said how to open one', async () => {
    const anna = t.member('recruiter2');
    await anna.say('/t');
    expect(anna.last().text).toContain('Написать');
  });
});
