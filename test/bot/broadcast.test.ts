import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStaff, type StaffUnderTest, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
beforeAll(async () => {
  t = await startStaff();
});
afterAll(() => t.close());
beforeEach(async () => {
  text = `В субботу открытый день №${(number += 1)}. Приходите!`;
  await t.db.candidates.deleteMany({});
  await t.db.broadcasts.deleteMany({});
  await t.db.ledger.deleteMany({});
  const more = { adsConsent: tuesday };
  await t.candidate(person('1'), { name: 'Борис', ...more }, { vacancy: 'cook', stage: 'reserve' });
  await t.candidate(person('2'), { name: 'Анна' }, { vacancy: 'cook', stage: 'review' });
  await t.candidate(person('3'), { name: 'Вера', city: 'Москва' }, { vacancy: 'driver', stage: 'refused' });
  await t.candidate(person('4'), { name: 'Глеб', stopped: true }, { vacancy: 'cook', stage: 'reserve' });
});

/** Its own in each test: what was sent before stays where it was sent. */
let number = 0;
let text = '';
const person = (which: string) => `c${number}${which}`;
const chatOf = (which: string) => String(700 + Number(`${number}${which}`));
const heard = (which: string) =>
  t.api.messages.filter((message) => message.chat === chatOf(which) && message.text.includes(text));
const deliver = async () => {
  for (let times = 0; times < 3; times += 1) await t.engine.broadcasts.tick();
  await t.quiet();
};

/** The head writes a draft and comes as far as "Send". */
async function draft(): Promise<ReturnType<typeof t.member>> {
  const head = t.member('head');
  await head.say('/broadcast');
  await head.tap('Новая рассылка');
  await head.tap('Текст');
  await head.say(text);
  return head;
}

describe('/broadcast', () => {
  it('[X-09] a draft’s people are counted once a minute, and for another filter at once', async () => {
    const head = await draft();
    expect(head.last().text).toContain('Получат: <b>3</b>');
    await t.candidate(person('5'), { name: 'Пётр' }, { vacancy: 'cook', stage: 'reserve' });
    await head.tap('Стадия');
    await head.tap('Назад');
    expect(head.last().text).toContain('Получат: <b>3</b>');
    await head.tap('Вакансия');
    await head.tap('Повар');
    expect(head.last().text).toContain('Получат: <b>3</b>');
    await head.tap('Вакансия');
    await head.tap('вся база');
    expect(head.last().text).toContain('Получат: <b>4</b>');
  });

  it('[X-09] the filter is shown with its count, and narrows who gets it', async () => {
    const head = await draft();
    expect(head.last().text).toContain('Получат: <b>3</b>');
    await head.tap('Вакансия');
    await head.tap('Повар');
    expect(head.last().text).toContain('Получат: <b>2</b>');
    await head.tap('Стадия');
    await head.tap('резерв');
    expect(head.last().text).toContain('Получат: <b>1</b>');
    await head.tap('реклама');
    expect(head.last().text).toContain('Получат: <b>1</b>');
    await head.tap('Стадия');
    await head.tap('в работе');
    expect(head.last().text).toContain('Получат: <b>0</b>');
    expect(
      head
        .last()
        .buttons.flat()
        .map((button) => button.text),
    ).not.toContain('Отправить (0)');
  });

  it('[X-09] preview to oneself, then a second yes, then each gets it once, and the result says so', async () => {
    const head = await draft();
    await head.tap('Показать мне');
    expect(head.last().text).toBe(text);
    expect([heard('1'), heard('2'), heard('3')].flat()).toEqual([]);
    await head.tap(/^Отправить/);
    await head.tap('Да, отправить (3)');
    await deliver();
    await deliver();
    expect([heard('1').length, heard('2').length, heard('3').length, heard('4').length]).toEqual([
      1, 1, 1, 0,
    ]);
    await head.tap('Обновить');
    const shown = head.messages().find(({ text: one }) => one.includes('Рассылка: завершена'));
    expect(shown?.text).toMatch(/завершена[\s\S]*Отправлено: 3[\s\S]*В очереди: 0/);
  });

  it('[X-09] a city that was typed, a time that was typed; before it nothing leaves', async () => {
    const head = await draft();
    await head.tap('Город');
    await head.say('москва');
    expect(head.last().text).toContain('Получат: <b>1</b>');
    await head.tap('Когда');
    await head.say('вчера');
    expect(head.last().text).not.toContain('📣');
    await head.say('завтра в 10');
    expect(head.last().text).toContain('10:00');
    await head.tap(/^Отправить/);
    await head.tap('Да, отправить');
    await deliver();
    expect(heard('3')).toEqual([]);
    await t.engine.moveClock(t.clock.offset() + 24 * 3_600_000);
    await deliver();
    expect(heard('3')).toHaveLength(1);
    await t.engine.moveClock(t.clock.offset() - 24 * 3_600_000);
  });

  it('[X-09] a tap opts out; the next broadcast leaves them out, and /news brings them back', async () => {
    const reach = { channel: 'telegram' as const, address: chatOf('2') };
    const tap = (id: string, data: string) =>
      t.engine.desk.perform(person('2'), { id, type: 'buttonTapped', reach, person: {}, data });
    await tap('off', 'n:off');
    const head = await draft();
    expect(head.last().text).toContain('Получат: <b>2</b>');
    await tap('on', 'n:ads');
    await head.tap('реклама');
    expect(head.last().text).toContain('Получат: <b>2</b>');
    expect((await t.db.candidates.findOne({ _id: person('2') }))?.adsConsent).toBeGreaterThan(0);
  });

  it('[X-09] paused, nobody else gets it; stopped, it does not go on', async () => {
    const head = await draft();
    await head.tap(/^Отправить/);
    await head.tap('Да, отправить');
    const id = (await t.db.broadcasts.findOne({}))?._id ?? '';
    expect(await t.engine.broadcasts.turn(id, 'paused')).toBe(false);
    await t.db.broadcasts.updateOne(
      { _id: id },
      { $set: { status: 'running', people: [person('1'), person('2')], next: 1 } },
    );
    expect(await t.engine.broadcasts.turn(id, 'paused')).toBe(true);
    await deliver();
    expect([...heard('1'), ...heard('2')]).toEqual([]);
    await head.tap('Обновить');
    await head.tap('Продолжить');
    await deliver();
    // Whom a process that died had taken gets it by the last look at everybody.
    expect([heard('1').length, heard('2').length]).toEqual([1, 1]);
    expect(await t.engine.broadcasts.turn(id, 'stopped')).toBe(false);
  });

  it('[X-09] a recruiter writes to people of their own vacancies alone, and sees their own broadcasts alone', async () => {
    await draft();
    const id = (await t.db.broadcasts.findOne({}))?._id ?? '';
    const anna = t.member('recruiter1');
    await anna.say('/broadcast');
    expect(anna.last().text).toContain('Рассылок пока не было');
    await anna.tapFrom(`bc:go:${id}`);
    expect((await t.db.broadcasts.findOne({}))?.status).toBe('draft');
    await anna.tap('Новая рассылка');
    await anna.tap('Текст');
    await anna.say(text);
    expect(JSON.stringify(anna.last().buttons)).not.toContain('Отправить');
    // …and why is said.
    expect(anna.last().text).toContain('Всей базе пишет руководитель');
  });
});
