import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Task } from '../../flows/candidate.ts';
import { startStaff, type StaffUnderTest, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
const hour = 3_600_000;
const task = (more: Partial<Task> = {}): Task => ({
  id: 't1',
  kind: 'review',
  stage: 'review',
  member: 'recruiter1',
  createdAt: 0,
  due: tuesday + hour,
  passed: 0,
  ...more,
});
let count = 0;
const person = () => `c${count}`;
const application = () => t.application(`a-${person()}`);
const theTask = async () => (await application()).tasks[0];
const inHouse = { id: 'inHouse', version: 1 };

beforeAll(async () => {
  t = await startStaff();
});
afterAll(() => t.close());
beforeEach(async () => {
  count += 1;
  await t.db.candidates.deleteMany({});
  await t.candidate(
    person(),
    { name: 'Борис' },
    { stage: 'review', taken: tuesday - hour, recruiter: 'recruiter1', pipeline: inHouse, tasks: [task()] },
  );
});

describe('one task', () => {
  it('[B-10] opens from the list with its hint and check-list, which is ticked in place', async () => {
    const anna = t.member('recruiter1');
    await anna.say('/tasks');
    const sent = anna.messages().length;
    await anna.tap('1');
    expect(anna.last().text).toMatch(/проверить резюме[\s\S]*Борис[\s\S]*💡/);
    await anna.tap('⬜️ Сверить город');
    expect(
      anna
        .last()
        .buttons.flat()
        .map(({ text }) => text),
    ).toContain('✅ Сверить город, зарплату и график');
    await anna.tap('✅ Сверить город');
    expect(anna.messages()).toHaveLength(sent);
    expect((await theTask())?.ticked).toEqual([]);
  });

  it('[B-05] is not closed by hand where only a result leads on: the results are offered', async () => {
    const anna = t.member('recruiter1');
    await anna.say('/tasks');
    await anna.tap('1');
    await anna.tap('✓ Сделано');
    expect(anna.last().text).toContain('Чем закончилось?');
    await anna.tap('Ищет работу');
    expect((await application()).stage).toBe('own:test');
  });

  it('[B-05] without its required fields: they are named, each with the button that fills it', async () => {
    await t.db.candidates.deleteMany({});
    count += 100;
    await t.candidate(
      person(),
      {},
      {
        stage: 'offer',
        taken: tuesday,
        recruiter: 'recruiter1',
        tasks: [task({ kind: 'offer', stage: 'offer' })],
      },
    );
    const anna = t.member('recruiter1');
    await anna.say('/tasks');
    await anna.tap('1');
    await anna.tap('✓ Сделано');
    expect(anna.last().text).toContain('дата оффера');
    await anna.tap('Заполнить: дата выхода');
    await anna.say('15.12');
    expect((await application()).fields?.startDate).toBeDefined();
  });

  it('[A-22] is put off by a tap, or until a time that is typed', async () => {
    const anna = t.member('recruiter1');
    await anna.say('/tasks');
    await anna.tap('1');
    await anna.tap('Отложить');
    await anna.tap('Через час');
    const due = (await theTask())?.due ?? 0;
    expect(Math.floor((due - tuesday) / 60_000)).toBe(70);
    await anna.tap('Отложить');
    await anna.tap('Другое время');
    await anna.say('когда-нибудь');
    expect(anna.last().text).toContain('Не понял');
    await anna.say('25.11 15:20');
    expect((await theTask())?.due).toBe(Date.parse('2026-11-25T12:30:00Z'));
    expect(anna.last().text).toContain('15:30');
  });

  it('[A-22] goes to a colleague, who is told and finds it in their own list', async () => {
    const anna = t.member('recruiter1');
    const vera = t.member('recruiter2');
    const colleague = (await t.db.members.findOne({ _id: 'recruiter2' }))?.name ?? '';
    await anna.say('/tasks');
    await anna.tap('1');
    await anna.tap('Передать');
    const old =
      anna
        .last()
        .buttons.flat()
        .find(({ text }) => text === colleague)?.callback_data ?? '';
    await anna.tap(colleague);
    expect(await theTask()).toMatchObject({ member: 'recruiter2', moves: 1 });
    expect(vera.last().text).toContain('передаёт вам задачу');
    await vera.tap('Задача');
    expect(vera.last().text).toContain('проверить резюме');
    await anna.tapFrom(old);
    expect(t.toast()?.text).toContain('уже изменил');
  });

  it('[B-10] takes a comment, which stands on it and on the card', async () => {
    const anna = t.member('recruiter1');
    await anna.say('/tasks');
    await anna.tap('1');
    await anna.tap('Комментарий');
    await anna.say('Жду паспорт');
    expect(anna.last().text).toContain('Жду паспорт');
    await anna.tap('Карточка');
    expect(anna.last().text).toContain('Жду паспорт');
  });

  it('[B-10] the head gives a stage’s task a training link and a share of their own in /pipeline', async () => {
    const head = t.member('head');
    await head.say('/pipeline');
    await head.tap('Подбор в агентстве');
    await head.tap(/^2$/);
    await head.tap('Обучение');
    await head.say('учебник');
    expect(head.last().text).toContain('https://');
    await head.say('https://school.example/1');
    expect(head.last().text).toContain('school.example');
    await head.tap('Задача и руководителю');
    expect(head.last().text).toContain('и руководителю');
  });
});
