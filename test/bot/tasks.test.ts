import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Task } from '../../flows/candidate.ts';
import { label } from '../support/worded.ts';
import { startStaff, type StaffUnderTest, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
const hour = 3_600_000;
const task = (id: string, member: string, due: number): Task => ({
  id,
  kind: 'decision',
  member,
  createdAt: 0,
  due,
  passed: 0,
});
beforeAll(async () => {
  t = await startStaff({ pages: (member, page) => `https://bot.example.com/p/${member}/${page}` });
});
afterAll(() => t.close());
beforeEach(async () => {
  await t.db.candidates.deleteMany({});
  await t.candidate(
    'c1',
    { name: 'Борис' },
    { stage: 'decision', tasks: [task('1', 'recruiter1', tuesday - hour)] },
  );
  await t.candidate(
    'c2',
    { name: 'Анна' },
    { stage: 'review', tasks: [task('2', 'recruiter1', tuesday + hour)] },
  );
  await t.candidate(
    'c3',
    { name: 'Вера' },
    { stage: 'offer', recruiter: 'recruiter2', tasks: [task('3', 'recruiter2', tuesday - 2 * hour)] },
  );
});

describe('/tasks and /control', () => {
  it('[A-22] one’s own tasks by time, by candidate, and what is late; a number opens the card', async () => {
    const anna = t.member('recruiter1');
    await anna.say('/tasks');
    expect(anna.last().text).toMatch(/Борис[\s\S]*Анна/);
    expect(anna.last().text).not.toContain('Вера');
    await anna.tap('По кандидатам');
    expect(anna.last().text).toMatch(/Анна[\s\S]*Борис/);
    await anna.tap('Просроченные');
    expect(anna.last().text).toContain('Борис');
    expect(anna.last().text).not.toContain('Анна');
    await anna.tap('1');
    expect(anna.last().text).toContain('Борис');
  });

  it('[A-22] a recruiter cannot look into another’s list by a button of theirs', async () => {
    const anna = t.member('recruiter1');
    await anna.tapFrom('t:time:0:recruiter2');
    expect(anna.last().text).not.toContain('Вера');
  });

  it('[B-11] the head sees all deals, what is late, each manager, and opens a manager’s list', async () => {
    const head = t.member('head');
    await head.say('/control');
    expect(head.last().text).toContain('Сделок в работе: 3');
    expect(head.last().text).toContain('Оффер: даты 1');
    const page = head
      .last()
      .buttons.flat()
      .find(({ text }) => text.includes('Открыть на странице'));
    expect(page).toMatchObject({ url: 'https://bot.example.com/p/head/control' });
    await head.tap('Просрочено: ');
    expect(head.last().text).toMatch(/Борис|Вера/);
    await head.tap(label('staff.button.back'));
    expect(head.last().text).toContain('Сделок в работе: 3');
    const anna = t.member('recruiter1');
    await anna.say('/control');
    expect(anna.last().text).toContain('руководитель');
  });

  it.each([
    ['recruiter1', '/calendar', 'calendar'],
    ['client', '/interviews', 'calendar'],
    ['client', '/progress', 'progress'],
  ])('[A-21] %s opens it as a page from %s', async (id, command, page) => {
    const member = t.member(id);
    await member.say(command);
    const urls = member
      .last()
      .buttons.flat()
      .flatMap((button) => button.url ?? []);
    expect(urls).toEqual([`https://bot.example.com/p/${id}/${page}`]);
  });

  it('[K-08] [K-01] a client sees how the search goes for their vacancies, and nobody of the staff is asked', async () => {
    await t.db.vacancies.updateOne({ _id: 'cook' }, { $set: { client: 'other' } });
    const client = t.member('client');
    await client.say('/progress');
    const { text } = client.last();
    await t.db.vacancies.updateOne({ _id: 'cook' }, { $set: { client: 'client' } });
    expect(text).toMatch(
      /Водитель категории C.*\nВ работе: 3 · новых за неделю: 3\nНа рассмотрении 1, Ждёт решения 1/,
    );
    expect(text).not.toMatch(/Повар|Борис|Анна|Вера/);
    await t.member('recruiter1').say('/progress');
    expect(t.member('recruiter1').last().text).not.toContain('В работе');
  });

  it('[A-22] pages; an empty list says so', async () => {
    await t.db.candidates.deleteMany({});
    const anna = t.member('recruiter1');
    await anna.say('/tasks');
    expect(anna.last().text).toContain('Задач нет');
    const tasks = Array.from({ length: 13 }, (_none, index) =>
      task(`n${index}`, 'recruiter1', tuesday + index * hour),
    );
    await t.candidate('c4', { name: 'Глеб' }, { tasks });
    await anna.say('/tasks');
    await anna.tap('›');
    expect(anna.last().text).toContain('13. ');
  });
});
