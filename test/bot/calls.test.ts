import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Application, Candidate } from '../../flows/candidate.ts';
import { startStaff, type StaffUnderTest, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
const hour = 3_600_000;
beforeAll(async () => {
  t = await startStaff();
});
afterAll(() => t.close());
beforeEach(async () => {
  run += 1;
  await t.db.candidates.deleteMany({});
  await t.db.ledger.deleteMany({});
});
/** Ids are new in each test: the product remembers people by them. */
let run = 0;
const toRing = (id: string, more: Partial<Candidate> = {}, application: Partial<Application> = {}) =>
  t.candidate(`${id}${run}`, more, { stage: 'call', taken: tuesday, ...application });
const anna = () => t.member('recruiter1');
const alerted = () => t.toast()?.text;
const calls = async (id: string) => (await t.application(`a-${id}${run}`)).calls;

describe('/calls', () => {
  it('[A-10] all one needs on one screen', async () => {
    await toRing(
      'c1',
      { name: 'Борис' },
      {
        answers: {
          x: { value: 'B', text: 'Права категории B', kind: 'text', at: tuesday, asked: 'Какие права?' },
        },
        notes: [{ at: tuesday, by: 'recruiter1', text: 'Работал в такси' }],
        calls: {
          attempts: [{ at: tuesday - 24 * hour, by: 'recruiter1', result: 'missed' }],
          missed: 1,
        },
      },
    );
    await anna().say('/calls');
    const { text, buttons } = anna().last();
    for (const words of [
      'Борис',
      '+79161234567',
      'hh',
      'Казань',
      'Какие права?',
      'Права категории B',
      'нет ответа',
      'Работал в такси',
      '💡',
    ])
      expect(text).toContain(words);
    expect(buttons.flat().map((button) => button.text)).toEqual([
      'Есть согласие',
      'Не интересно',
      'Нет ответа',
      'Перезвонить в…',
      'Неверный номер',
      'Пропустить',
      'Скопировать номер',
      expect.any(String),
      expect.any(String),
    ]);
  });

  it('[P-05] agreed: invited in the chat, and the next person is shown at once', async () => {
    await toRing('c1', { name: 'Борис' }, { stageAt: tuesday - 2 * hour });
    await toRing('c2', { name: 'Вера' }, { stageAt: tuesday - hour });
    await anna().say('/calls');
    expect(anna().last().text).toContain('Ещё в списке: 1');
    await anna().tap('Есть согласие');
    expect(anna().last().text).toContain('Вера');
    expect((await t.application(`a-c1${run}`)).stage).toBe('invited');
    expect(await calls('c1')).toMatchObject({ attempts: [{ by: 'recruiter1', result: 'agreed' }] });
    expect(await t.db.ledger.findOne({ what: 'called' })).toMatchObject({ by: 'recruiter1' });
    await anna().tap('Есть согласие');
    expect(anna().last().text).toContain('Сейчас звонить некому');
  });

  it('[A-10] two recruiters are given two people; the second cannot ring whom the first rings', async () => {
    await toRing('c1', { name: 'Борис' }, { stageAt: tuesday - 2 * hour });
    await toRing('c2', { name: 'Вера' }, { stageAt: tuesday - hour });
    const boris = t.member('head');
    await anna().say('/calls');
    await boris.say('/calls');
    expect(anna().last().text).toContain('Борис');
    expect(boris.last().text).toContain('Вера');
    await boris.tapFrom(`d:again:a-c1${run}:later`);
    expect(alerted()).toContain('сейчас говорит');
    expect(await calls('c1')).toBeUndefined();
    await boris.tapFrom(`d:open:a-c1${run}`);
    expect(alerted()).toContain('сейчас говорит');
    expect(boris.last().text).not.toContain('Борис');
    // Asked again, each still has their own.
    await anna().say('/calls');
    expect(anna().last().text).toContain('Борис');
  });

  it('[A-10] no answer: again in two hours, by one more tap', async () => {
    await toRing('c1');
    await anna().say('/calls');
    await anna().tap('Нет ответа');
    expect(anna().last().text).toContain('Когда позвонить ещё раз?');
    await anna().tap('Назад');
    await anna().tap('Нет ответа');
    await anna().tap('Через 2 ч');
    expect(await calls('c1')).toMatchObject({ missed: 1 });
    expect(anna().last().text).toMatch(/Следующий звонок: .*13:0/);
    expect(
      anna()
        .messages()
        .some(({ text }) => text.includes('нет ответа. Следующий звонок')),
    ).toBe(true);
    await anna().say('/today');
  });

  it('[A-10] call back at, as it is typed; what is not a time is said', async () => {
    await toRing('c1');
    await anna().say('/calls');
    await anna().tap('Перезвонить в…');
    await anna().say('как-нибудь потом');
    expect(anna().last().text).toContain('День и час понять не получилось');
    await anna().say('завтра');
    expect(anna().last().text).toContain('в котором часу');
    await anna().say('завтра к 9');
    expect(await calls('c1')).toMatchObject({
      promisedBy: 'recruiter1',
      after: Date.parse('2026-11-25T06:00:00Z'),
      attempts: [{ result: 'callBack' }],
    });
    expect(anna().last().text).toContain('Следующий звонок');
    await anna().say('/calls');
    expect(anna().last().text).toContain('25 ноября, 09:00');
  });

  it('[P-05] without a number and without a chat nothing is promised: the number is put down there', async () => {
    await t.candidate(`c1${run}`, { channels: [] }, { stage: 'call', taken: tuesday });
    await t.db.candidates.updateOne({ _id: `c1${run}` }, { $unset: { phone: 1 } });
    await anna().say('/calls');
    expect(anna().last().text).toContain('в чат не написать');
    await anna().tap('Записать номер');
    await anna().say('8 916 000-00-02');
    expect((await t.db.candidates.findOne({ _id: `c1${run}` }))?.phone).toBe('+79160000002');
  });

  it('[P-05] wrong number: out of the list until another is known; the recruiter may note it', async () => {
    await toRing('c1', { name: 'Борис', channels: [] });
    await anna().say('/calls');
    await anna().tap('Неверный номер');
    expect(anna().last().text).toContain('Сейчас звонить некому');
    await anna().tap('Записать номер');
    await anna().say('пять');
    expect(anna().last().text).toContain('не похоже на номер');
    await anna().say('8 916 000-00-02');
    expect((await t.db.candidates.findOne({ _id: `c1${run}` }))?.phone).toBe('+79160000002');
    await anna().say('/calls');
    expect(anna().last().text).toContain('+79160000002');
  });

  it('[A-10] skipped: the next one, and this one later', async () => {
    await toRing('c1', { name: 'Борис' }, { stageAt: tuesday - 2 * hour });
    await toRing('c2', { name: 'Вера' }, { stageAt: tuesday - hour });
    await anna().say('/calls');
    await anna().tap('Пропустить');
    expect(anna().last().text).toContain('Вера');
    expect(await calls('c1')).toMatchObject({ attempts: [] });
  });

  it('[P-19] not interested: the terms can be noted at once', async () => {
    await toRing('c1');
    await anna().say('/calls');
    await anna().tap('Не интересно');
    expect((await t.application(`a-c1${run}`)).stage).toBe('withdrawn');
    await anna().tap('Записать условия');
    await anna().say('От 120 тысяч');
    expect((await t.application(`a-c1${run}`)).fields?.terms?.value).toBe('От 120 тысяч');
  });

  it('[P-05] whoever has no chat agreed by word of mouth: the time is set at once', async () => {
    await toRing('c1', { channels: [] });
    await anna().say('/calls');
    await anna().tap('Есть согласие');
    await anna().tap('Назначить время');
    const cards = anna()
      .messages()
      .filter(({ text }) => text.includes('Анна Смирнова'));
    expect(cards.some(({ text }) => /Как пройд|Выберите день/.test(text))).toBe(true);
  });

  it('[A-10] from the card; the card says what came of the calls', async () => {
    await toRing('c1');
    await anna().say('/candidates Анна');
    await anna().tap('1');
    await anna().tap('📞 Позвонить');
    await anna().tap('Нет ответа');
    await anna().tap('Завтра утром');
    await anna().say('/candidates Анна');
    await anna().tap('1');
    expect(anna().last().text).toContain('Звонков: 1, последний: нет ответа');
    expect(anna().last().text).toMatch(/Следующий звонок: .*10:00/);
  });

  it('[X-06] the same press again changes nothing; an old screen says it is over', async () => {
    await toRing('c1');
    await anna().say('/calls');
    await anna().tap('Есть согласие');
    await t.again();
    expect((await calls('c1'))?.attempts).toHaveLength(1);
    await anna().tapFrom(`d:give:a-c1${run}:agreed`);
    expect((await calls('c1'))?.attempts).toHaveLength(1);
  });

  it('[P-01] [A-10] whoever rang in vain stands in the list and is rung back; the card says when it was', async () => {
    await toRing('c1', { name: 'Борис' }, { stage: 'review' });
    await anna().say('/calls');
    expect(anna().last().text).toBe('Сейчас звонить некому.');
    const call = { at: t.clock.now() - 60_000, record: 'https://media.example/1' };
    await t.engine.desk.perform(`c1${run}`, { id: `call${run}`, type: 'callCame', call });
    await t.quiet();
    expect(anna().last().text).toContain('пропущенный звонок');
    await anna().tap('📞 Позвонить');
    expect(anna().last().text).toContain('Ждёт, что перезвонят');
    expect(anna().last().text).toContain('https://media.example/1');
    await anna().say('/calls');
    const labels = anna()
      .last()
      .buttons.flat()
      .map(({ text }) => text);
    expect(labels.slice(0, 2)).toEqual(['Поговорили', 'Нет ответа']);
    await anna().tap('Поговорили');
    expect(
      anna()
        .messages()
        .some(({ text }) => text.includes('Борис') && text.includes(': поговорили')),
    ).toBe(true);
    const { tasks } = await t.application(`a-c1${run}`);
    expect(tasks.find(({ kind }) => kind === 'ringBack')?.done).toBeDefined();
    expect(anna().last().text).toBe('Сейчас звонить некому.');
    await anna().say('/candidates Борис');
    await anna().tap('1');
    expect(anna().last().text).toContain('Пропущенный звонок');
  });

  it('[P-01] whoever only rang is called by the number, until somebody writes down the name', async () => {
    await t.candidate(`c1${run}`, { channels: [] }, { stage: 'call', taken: tuesday });
    await t.db.candidates.updateOne({ _id: `c1${run}` }, { $unset: { name: 1 } });
    await anna().say('/calls');
    expect(anna().last().text).toContain('📞 <b>Имя неизвестно</b>\n+79161234567');
    await anna().tap('Карточка');
    expect(anna().last().text).toContain('Имя неизвестно');
    await anna().tap('✏️ Имя');
    await anna().say(`Вера Павлова ${'я'.repeat(200)}`);
    expect(anna().last().text).toContain('Имя длиннее 100 знаков');
    await anna().say('  Вера   Павлова ');
    await t.again();
    const found = await t.db.candidates.findOne({ _id: `c1${run}` });
    expect(found?.name).toBe('Вера Павлова');
    expect(anna().last().text).toContain('Записал: <b>Вера Павлова');
    expect(await t.db.ledger.countDocuments({ what: 'nameSet' })).toBe(1);
    await anna().say('/candidates Вера');
    await anna().tap('1');
    expect(anna().last().text).toMatch(/👤 (<b>)?Вера Павлова/);
    expect(
      anna()
        .last()
        .buttons.flat()
        .map(({ text }) => text),
    ).not.toContain('✏️ Имя');
  });

  it('[A-10] nobody to ring; a client has no list', async () => {
    await anna().say('/calls');
    expect(anna().last().text).toBe('Сейчас звонить некому.');
    await toRing('c1');
    const client = t.member('client');
    await client.say('/calls');
    expect(client.last().text).not.toContain('Смирнова');
  });
});
