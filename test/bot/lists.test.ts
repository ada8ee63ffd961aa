import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StaffUnderTest, startStaff, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
});
afterEach(() => t.close());

const hour = 3_600_000;
const meeting = (start: number) => ({
  stage: 'interview' as const,
  taken: tuesday,
  interview: { interviewer: 'recruiter1', start, format: 'phone' as const, bookedAt: tuesday, reminders: [] },
  interviewVersion: 1,
});
const task = (due: number, member = 'recruiter1') => ({
  id: 't',
  kind: 'review' as const,
  member,
  createdAt: tuesday,
  due,
  passed: 0,
});

describe('lists', () => {
  it('[A-04] [P-02] /new shows leads in pages of five, the head sees all, a taken one is gone', async () => {
    for (let n = 1; n <= 7; n += 1)
      await t.candidate(`c${n}`, { name: `Имя${n}`, phone: `+7916000000${n}` }, { createdAt: tuesday + n });
    await t.candidate('c8', { name: 'Взятый', phone: '+79160000008' }, { taken: tuesday });
    const head = t.member('head');
    await head.say('/new');
    expect(head.last().text).toContain('7 новых откликов');
    expect(head.last().text).toContain('Имя5');
    expect(head.last().text).not.toContain('Имя6');
    await head.tap('›');
    expect(head.last().text).toContain('Имя7');
    await t.db.candidates.deleteMany({});
    await head.say('/new');
    expect(head.last().text).toContain('Новых откликов нет');
  });

  it('/today: late first, then by time; others’ work only for the head; tomorrow when it is empty', async () => {
    await t.candidate('c1', { name: 'Встреча' }, meeting(tuesday + 3 * hour));
    await t.candidate('c2', { name: 'Просрочка', phone: '+79160000002' }, { tasks: [task(tuesday - hour)] });
    await t.candidate(
      'c3',
      { name: 'Чужая', phone: '+79160000003' },
      { recruiter: 'recruiter2', tasks: [task(tuesday + hour, 'recruiter2')] },
    );
    await t.candidate('c4', { name: 'Завтра', phone: '+79160000004' }, meeting(tuesday + 24 * hour));
    const recruiter = t.member('recruiter1');
    await recruiter.say('/today');
    expect(recruiter.last().text).toMatch(/1\. ❗️[^\n]*Просрочка[\s\S]*2\. <b>14:00<\/b> Встреча/);
    expect(recruiter.last().text).not.toMatch(/Чужая|Завтра/);
    await t.member('head').say('/today');
    expect(t.member('head').last().text).toContain('Чужая');
    await recruiter.tap(/^2$/);
    expect(recruiter.last().text).toContain('<b>Встреча</b>');
    await t.db.candidates.deleteMany({ _id: { $in: ['c1', 'c2'] } });
    await recruiter.say('/today');
    expect(recruiter.last().text).toMatch(/ничего не осталось[\s\S]*Завтра:[\s\S]*Завтра/);
  });

  it('[P-21] /today: however much is late, today’s meetings are on it, and the rest is said where to find', async () => {
    await t.candidate('c1', { name: 'Встреча' }, meeting(tuesday + 3 * hour));
    const late = Array.from({ length: 25 }, (_none, index) => ({
      ...task(tuesday - hour),
      id: `late${index}`,
    }));
    await t.candidate('c2', { name: 'Просрочка', phone: '+79160000002' }, { tasks: late });
    const recruiter = t.member('recruiter1');
    await recruiter.say('/today');
    expect(recruiter.last().text).toMatch(/19\. ❗️[^\n]*Просрочка[^\n]*\n20\. <b>14:00<\/b> Встреча/);
    expect(recruiter.last().text).toContain('и ещё 6. Все задачи: /tasks');
  });

  it('[A-05] a whole page pasted after /candidates is looked for and answered', async () => {
    await t.candidate('c1', { name: 'Алёна Королёва' });
    const recruiter = t.member('recruiter1');
    await recruiter.say(`/candidates ${'Алёна Королёва '.repeat(100)}`);
    expect(recruiter.last().text).toContain('<b>Алёна Королёва</b>');
    const words = Array.from({ length: 300 }, (_none, index) => `слово${index}`);
    await recruiter.say(`/candidates ${words.join(' ')}`);
    expect(recruiter.last().text).toContain('никого не нашлось');
  });

  it('[A-05] /candidates finds by name, phone in any spelling, its last digits, and vacancy', async () => {
    await t.candidate('c1', { name: 'Алёна Королёва', phone: '+79161112233' });
    await t.candidate('c2', { name: 'Борис Иванов', phone: '+79260000000' }, { vacancy: 'cook' });
    const recruiter = t.member('recruiter1');
    const finds = async (query: string) => {
      await recruiter.say(`/candidates ${query}`);
      const { text } = recruiter.last();
      return [text.includes('Алёна'), text.includes('Борис')];
    };
    expect(await finds('королева')).toEqual([true, false]);
    expect(await finds('8 (916) 111-22-33')).toEqual([true, false]);
    expect(await finds('2233')).toEqual([true, false]);
    expect(await finds('111 22')).toEqual([true, false]);
    expect(await finds('Иван БОР')).toEqual([false, true]);
    expect(await finds('орис')).toEqual([false, false]);
    expect(await finds('повар')).toEqual([false, true]);
    expect(await finds('')).toEqual([true, true]);
    expect(await finds('.*')).toEqual([false, false]);
    await recruiter.say('иванов');
    await recruiter.tap('Искать «иванов»');
    expect(recruiter.last().text).toContain('Борис');
  });

  it('[B-11] /team is for the head', async () => {
    await t.candidate('c1', {}, { tasks: [task(tuesday - hour)] });
    await t.member('recruiter1').say('/team');
    expect(t.member('recruiter1').last().text).toContain('только для руководителя');
    await t.member('head').say('/team');
    expect(t.member('head').last().text).toMatch(/Мария[^\n]*\nНе взято: 1 · задач: 1, просрочено: 1/);
  });

  it('[X-06] unknown commands and old buttons are answered kindly', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.say('/fly');
    expect(recruiter.last().text).toContain('Такой команды');
    expect(recruiter.last().buttons.length).toBeGreaterThan(0);
    await recruiter.tapData('zzz');
    expect(t.api.calls.at(-1)?.body.text).toContain('не действует');
    await recruiter.tapData('s:card:gone');
    expect(t.api.calls.at(-1)?.body.text).toContain('Такого отклика нет');
  });

  it('429 and 502 of Telegram are waited out, and the answer comes once', async () => {
    const recruiter = t.member('recruiter1');
    t.api.fail('sendMessage', {
      status: 429,
      body: { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 0 } },
    });
    t.api.fail('sendMessage', { status: 502, body: '<html>502</html>' });
    await recruiter.say('/today');
    expect(recruiter.messages()).toHaveLength(1);
    t.api.fail('sendMessage', {
      status: 403,
      body: { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' },
    });
    await recruiter.say('/today');
    expect(t.logged.some((line) => 'refused' in line)).toBe(true);
  });
});
