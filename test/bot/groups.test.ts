import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type StaffUnderTest, startStaff, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
});
afterEach(() => t.close());

const start = Date.parse('2026-11-27T14:00:00+03:00');
const hour = 3_600_000;

/** A group made in the chat; its id. */
async function makes(places = 2, what = 'Собеседование'): Promise<string> {
  const recruiter = t.member('recruiter1');
  await recruiter.say('/groups');
  await recruiter.tap(what);
  await recruiter.tap('Водитель');
  await recruiter.say(`27.11 14:00\n90, ${places}`);
  const [group] = await t.db.groups.find().sort({ createdAt: -1 }).toArray();
  return group?._id ?? '';
}

let taps = 0;
/** A candidate presses a button of theirs. */
async function presses(id: string, data: string): Promise<void> {
  const person = await t.db.candidates.findOne({ _id: id });
  const address = person?.channels[0]?.address ?? '';
  await t.engine.desk.perform(id, {
    id: `tap${(taps += 1)}`,
    type: 'buttonTapped',
    reach: { channel: 'telegram', address },
    person: {},
    data,
  });
  await t.quiet();
}
const seats = () => t.db.slots.countDocuments();
const lastOf = async (chat: number) =>
  t.api.messages.filter((message) => message.chat === String(chat)).at(-1);

describe('[A-11] groups in the chat', () => {
  it('a group is made by one message; what is wrong with it is said', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.say('/groups');
    expect(recruiter.last().text).toContain('Ближайших групп нет');
    await recruiter.tap('Собеседование');
    await recruiter.tap('Водитель');
    await recruiter.say('когда-нибудь');
    expect(recruiter.last().text).toContain('Первая строка');
    await recruiter.say('27.11 14:00\nмного');
    expect(recruiter.last().text).toContain('Вторая строка');
    await recruiter.say('27.11 14:00\n90, 12\nСкладская, 5');
    expect(recruiter.last().text).toContain('Группа готова');
    expect(recruiter.last().text).toContain('Складская, 5');
    await t.again();
    expect(await t.db.groups.countDocuments()).toBe(1);
    expect(await t.db.groups.findOne()).toMatchObject({ start, minutes: 90, places: 12, host: 'recruiter1' });
    await recruiter.say('/groups');
    expect(recruiter.last().text).toContain('мест занято: 0 из 12');
  });

  it('people are invited from its screen and answer; the last place goes once, the third waits', async () => {
    for (const id of ['c1', 'c2', 'c3'])
      await t.candidate(id, { name: `Человек ${id}`, phone: `+7916000000${id[1]}` });
    const id = await makes(2);
    const recruiter = t.member('recruiter1');
    await recruiter.tap('Добавить людей');
    await recruiter.tap('Пригласить всех');
    expect((await lastOf(701))?.text).toContain('Приглашаем вас! Групповое собеседование');
    for (const who of ['c1', 'c2', 'c3']) await presses(who, `u:a-${who}:${id}:yes`);
    expect(await seats()).toBe(2);
    expect((await t.application('a-c3')).group?.state).toBe('waiting');
    await recruiter.tapFrom(`u:open:${id}`);
    expect(recruiter.last().text).toContain('Мест занято: 2 из 2');
    expect(recruiter.last().text).toContain('Человек c3 – ждёт места');
    // Somebody calls off: the place is offered on.
    await recruiter.tapFrom('s:refuse:a-c1:other');
    await t.engine.desk.perform('c1', {
      id: 'off',
      type: 'refuse',
      application: 'a-c1',
      by: 'head',
      reason: 'other',
    });
    await eventually(
      () => t.application('a-c3'),
      ({ offer }) => offer?.asked !== undefined,
    );
    await t.quiet();
    expect((await lastOf(703))?.text).toContain('Освободилось место');
    await presses('c3', `w:a-c3:${(start / 60_000).toString(36)}:yes`);
    expect((await t.application('a-c3')).group?.state).toBe('booked');
  });

  it('two recruiters at once give the last place once', async () => {
    for (const id of ['c1', 'c2']) await t.candidate(id);
    const id = await makes(1);
    const add = (who: string, by: string) =>
      t.engine.desk.perform(who, {
        id: `add-${who}`,
        type: 'addToGroup',
        application: `a-${who}`,
        by,
        group: id,
      });
    await Promise.all([add('c1', 'recruiter1'), add('c2', 'recruiter2')]);
    await t.quiet();
    const states = await Promise.all(
      ['a-c1', 'a-c2'].map(async (one) => (await t.application(one)).group?.state),
    );
    expect([states.sort(), await seats()]).toEqual([['booked', 'waiting'], 1]);
  });

  it('from a card; who came is told by one tap each, and stands in the history', async () => {
    await t.candidate('c1', {}, { taken: tuesday });
    const id = await makes();
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('Ещё');
    await recruiter.tap('В группу');
    await recruiter.tap('Групповое собеседование');
    await recruiter.tap('Записать сразу');
    expect((await t.application('a-c1')).stage).toBe('interview');
    await recruiter.tapFrom(`u:attendance:${id}`);
    expect(t.api.calls.at(-1)?.body.text ?? '').toContain('после начала');
    await t.engine.moveClock(start + hour - Date.now());
    await t.quiet();
    expect(recruiter.messages().some(({ text }) => text.includes('Кто пришёл?'))).toBe(true);
    await recruiter.tap('Отметить явку');
    await recruiter.tap('❌');
    await recruiter.tap('✅ Анна');
    expect(recruiter.last().text).toContain('Отмечено: 1 из 1');
    expect(await t.application('a-c1')).toMatchObject({
      stage: 'decision',
      interview: { attendance: 'came' },
    });
    const facts = await t.db.ledger.find({ kind: 'fact', application: 'a-c1' }).toArray();
    expect(facts.map(({ what }) => what)).toEqual(expect.arrayContaining(['groupJoined', 'attendance']));
  });

  it('moved, written to, called off: everybody hears', async () => {
    await t.candidate('c1');
    const id = await makes();
    await t.engine.desk.perform('c1', {
      id: 'a',
      type: 'addToGroup',
      application: 'a-c1',
      by: 'recruiter1',
      group: id,
    });
    await t.quiet();
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom(`u:open:${id}`);
    await recruiter.tap('Перенести');
    await recruiter.say('28.11 12:00');
    const moved = Date.parse('2026-11-28T12:00:00+03:00');
    await eventually(
      () => t.application('a-c1'),
      ({ interview }) => interview?.start === moved,
    );
    await recruiter.tap('Написать всем');
    await recruiter.say('Берите сменную обувь');
    await recruiter.tap('Заметка всем');
    await recruiter.say('Первая группа');
    await t.quiet();
    const said = () => t.api.messages.filter(({ chat }) => chat === '701').map(({ text }) => text);
    expect(said().filter((text) => text.includes('Берите сменную обувь'))).toHaveLength(1);
    expect((await t.application('a-c1')).notes).toMatchObject([{ text: 'Первая группа' }]);
    await t.member('recruiter2').tapFrom(`u:cancel:${id}`);
    expect((await t.db.groups.findOne({ _id: id }))?.cancelled).toBeUndefined();
    await recruiter.tap('Отменить группу');
    await recruiter.tap('Да, отменить');
    await t.quiet();
    expect(said().at(-1)).toContain('не состоится');
    expect([await seats(), (await t.application('a-c1')).stage]).toEqual([0, 'invited']);
    expect((await t.db.groups.findOne({ _id: id }))?.untold).toBeUndefined();
  });

  it('its places are changed by a number; fewer than are taken is kindly refused, others cannot', async () => {
    for (const id of ['c1', 'c2']) await t.candidate(id);
    const id = await makes(2);
    const recruiter = t.member('recruiter1');
    await recruiter.tap('Добавить людей');
    await recruiter.tap('Записать 1');
    await recruiter.tap('Записать 1');
    await t.quiet();
    await recruiter.tapFrom(`u:open:${id}`);
    await recruiter.tap('Места');
    expect(recruiter.last().text).toContain('Сейчас 2, занято 2');
    await recruiter.say('много');
    await recruiter.say('0');
    expect(recruiter.last().text).toContain('число от 1 до 100');
    await recruiter.say('1');
    expect(recruiter.last().text).toContain('мест уже занято или предложено 2');
    await recruiter.say('12');
    expect(recruiter.last().text).toContain('Мест занято: 2 из 12');
    await t.again();
    await t.member('recruiter2').tapFrom(`u:places:${id}`);
    expect(t.toast()?.text).toContain('кто её ведёт');
    await recruiter.tap('Места');
    await recruiter.say('2');
    expect(await t.db.groups.findOne({ _id: id })).toMatchObject({ places: 2, numbered: 12 });
  });

  it('[A-20] a training takes whom the pipeline leads there', async () => {
    await t.candidate('c1', {}, { stage: 'offer' });
    await t.candidate('c2');
    const id = await makes(5, 'Обучение');
    const recruiter = t.member('recruiter1');
    await recruiter.tap('Добавить людей');
    expect(recruiter.last().text).toContain('1. ');
    expect(recruiter.last().text).not.toContain('2. ');
    await recruiter.tap('Записать 1');
    expect(await t.application('a-c1')).toMatchObject({ stage: 'training', group: { id, state: 'booked' } });
    await recruiter.tapFrom('s:card:a-c1');
    expect(recruiter.last().text).toContain('Обучение');
  });

  it('nobody is met by the host while the group is held', async () => {
    await makes();
    const vacancy = await t.db.vacancies.findOne({ _id: 'driver' });
    const free = await t.engine.free(vacancy ?? expect.fail());
    const during = free.filter((slot) => slot.start >= start && slot.start < start + 1.5 * hour);
    expect(during.filter(({ interviewer }) => interviewer === 'recruiter1')).toEqual([]);
  });
});
