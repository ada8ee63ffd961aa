import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { worded } from '../support/worded.ts';
import type { Application, Candidate } from '../../flows/candidate.ts';
import { type StaffUnderTest, startStaff } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
});
afterEach(() => t.close());

const phone = '+79161234567';
/** What passed over the pressed button. */
const said = () => String(t.toast()?.text ?? '');
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

  it('a namesake of one city is a maybe, after whoever shares a number; no recruiter is told of one', async () => {
    await three();
    await t.candidate('c4', {
      name: 'Смирнова Анна Петровна',
      phone: '+79160000004',
      marks: ['p:+79160000004', 'n:анна смирнова c:казань'],
    });
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    expect(recruiter.last().text).toMatch(
      /Похоже, это один человек: <b>Смирнова А\.[^\n]*\n[^\n]*Возможно, это один человек: <b>Смирнова Анна Петровна<\/b>, \+79160000004 \(те же имя и город\)/,
    );
    await t.member('recruiter1').tapFrom('s:take:a-c1');
    expect((await t.db.candidates.findOne({ _id: 'c1' }))?.duplicates).not.toContain('c4');
    await recruiter.tapFrom('s:same:a-c1');
    await recruiter.tap('Это разные люди: 1');
    expect(recruiter.last().text).toContain('Возможно, это один человек:');
    await recruiter.tap('Это разные люди: 1');
    expect(recruiter.last().text).toMatch(worded('same.none'));
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
      (list) =>
        list.some(({ text }) => text.includes('уже есть в базе (Олег)') && text.includes('та же почта')),
    );
    expect((await t.db.candidates.findOne({ _id: 'c1' }))?.duplicates).toEqual(['c2', 'c3']);
  });
});

describe('[A-26] two who are on no vacancy', () => {
  /** The first is a minute older; both came with a table. */
  async function two(): Promise<void> {
    const free = { applications: [], notes: [] };
    await t.candidate('c1', { ...free, createdAt: t.clock.now() - 60_000, marks: [`p:${phone}`] });
    await t.candidate('c2', {
      ...free,
      name: 'Смирнова А.',
      marks: [`p:${phone}`],
      duplicates: ['c1'],
    });
  }
  const card = async (id: string) => await t.db.candidates.findOne({ _id: id });

  it('are listed, compared, and told apart', async () => {
    await two();
    const recruiter = t.member('recruiter1');
    await recruiter.say('/duplicates');
    await recruiter.tap('Сравнить 1');
    expect(recruiter.last().text).toMatch(/Смирнова А\..*тот же телефон.*Откликов: 0/s);
    await recruiter.tap('Карточка 1');
    expect(recruiter.last().text).toMatch(/Смирнова А\..*Ни на одной вакансии.*Похоже, это один человек/s);
    await recruiter.tap('Сравнить');
    await recruiter.tap('Это разные люди: 1');
    await t.again();
    expect(recruiter.last().text).toMatch(worded('same.none'));
    await recruiter.tap('Назад');
    expect(recruiter.last().text).toContain('Ни на одной вакансии');
    expect(recruiter.last().text).not.toContain('Похоже');
    expect((await card('c2'))?.notSame).toEqual(['c1']);
  });

  it('become one card, and two again; a client may not', async () => {
    await two();
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('c:same:c2');
    await recruiter.tap('Объединить: 1');
    expect(recruiter.last().text).toContain('Объединить две карточки в одну?');
    await recruiter.tap(/^✅ Объединить$/);
    expect(recruiter.last().text).toMatch(/<b>Анна Смирнова<\/b>.*Также: Смирнова А\./s);
    expect(await card('c2')).toMatchObject({ merged: { into: 'c1' } });
    await recruiter.tap('Отменить объединение');
    expect((await card('c2'))?.merged).toBeUndefined();
    expect(recruiter.last().text).toContain('Похоже, это один человек');
    await t.member('client').tapFrom('c:joinNow:c2:x');
    expect((await card('c2'))?.merged).toBeUndefined();
  });

  it('are found however many others were looked at before', async () => {
    const many = Array.from({ length: 501 }, (_, index) => ({
      ...newCandidate(`a${String(index).padStart(4, '0')}`, t.livePolicy.policy, t.clock.now()),
      duplicates: ['gone'],
    }));
    await t.db.candidates.insertMany(many);
    await two();
    const head = t.member('head');
    await head.say('/duplicates');
    expect(head.last().text).toContain('1. <b>Смирнова А.</b> и <b>Анна Смирнова</b>');
  });
});

describe('[A-26] two cards become one', () => {
  const second = '+79160000002';
  const card = async (id: string) => await t.db.candidates.findOne({ _id: id });
  /** The first is a minute older; they have one mailbox. */
  async function two(
    a: Partial<Candidate> = {},
    b: Partial<Candidate> = {},
    application: Partial<Application> = {},
  ): Promise<void> {
    const one = { email: 'a@b.ru', marks: ['e:a@b.ru'] };
    await t.candidate('c1', { ...one, createdAt: t.clock.now() - 60_000, ...a });
    const other = { ...one, name: 'Смирнова А.', phone: second, duplicates: ['c1'] };
    await t.candidate('c2', { ...other, ...b }, { vacancy: 'cook', ...application });
  }

  it('from the list: what will be joined is shown, which phone stays is one tap, and the card stands after it', async () => {
    await two();
    const recruiter = t.member('recruiter1');
    await recruiter.say('/duplicates');
    await recruiter.tap('Сравнить 1');
    await recruiter.tap('Объединить: 1');
    expect(recruiter.last().text).toContain('Объединить две карточки в одну?');
    expect(recruiter.last().text).toContain('Имя: <b>Анна Смирнова</b>');
    expect(recruiter.last().text).toContain(`Телефон: ${phone}`);
    expect(recruiter.last().text).toContain('Отклики: 2');
    await recruiter.tap(`Оставить телефон: ${second}`);
    expect(recruiter.last().text).toContain(`Телефон: ${second}`);
    await recruiter.tap(/^✅ Объединить$/);
    const sent = recruiter.last();
    expect(sent.text).toContain('<b>Анна Смирнова</b>');
    expect(sent.text).toContain(`Также: Смирнова А., ${phone}`);
    expect(sent.text).toContain('Объединены карточки «Анна Смирнова» и «Смирнова А.»');
    expect(await card('c1')).toMatchObject({ phone: second, applications: [{ id: 'a-c1' }, { id: 'a-c2' }] });
    expect(await card('c2')).toMatchObject({ applications: [], merged: { into: 'c1' } });
    expect(t.person(701).messages()).toEqual([]);
    await recruiter.say('/duplicates');
    expect(recruiter.last().text).toMatch(worded('same.listNone'));
  });

  it('it is taken back on the card, until something happens there', async () => {
    await two();
    const head = t.member('head');
    await head.tapFrom('s:same:a-c2');
    await head.tap('Объединить: 1');
    await head.tap(/^✅ Объединить$/);
    await head.tap('Отменить объединение');
    expect(await card('c2')).toMatchObject({ name: 'Смирнова А.', applications: [{ id: 'a-c2' }] });
    expect((await card('c1'))?.applications).toHaveLength(1);
    await head.tap('Сравнить');
    await head.tap('Объединить: 1');
    await head.tap(/^✅ Объединить$/);
    const undo = head
      .last()
      .buttons.flat()
      .find(({ text }) => text.includes('Отменить объединение'))?.callback_data;
    await t.member('recruiter1').tapFrom('s:take:a-c1');
    await head.tapData(undo ?? '');
    expect(said()).toMatch(worded('refusal.joinMovedOn'));
    expect(await card('c2')).toMatchObject({ applications: [], merged: { into: 'c1' } });
    await head.tapFrom('s:card:a-c1');
    expect(
      head
        .last()
        .buttons.flat()
        .some(({ text }) => text.includes('Отменить объединение')),
    ).toBe(false);
  });

  it('a second tap, and two recruiters at once, join them once', async () => {
    await two();
    const [head, recruiter] = [t.member('head'), t.member('recruiter1')];
    await head.tapFrom('s:same:a-c1');
    await head.tap('Объединить: 1');
    await recruiter.tapFrom('s:same:a-c2');
    await recruiter.tap('Объединить: 1');
    const press = (text: string) =>
      head
        .last()
        .buttons.flat()
        .find((one) => one.text === text)?.callback_data ?? '';
    const theirs =
      recruiter
        .last()
        .buttons.flat()
        .find(({ text }) => text === '✅ Объединить')?.callback_data ?? '';
    const mine = press('✅ Объединить');
    await Promise.all([head.tapData(mine), recruiter.tapData(theirs)]);
    await head.tapData(mine);
    expect(said()).toMatch(worded('refusal.alreadyJoined'));
    expect(await card('c1')).toMatchObject({
      joined: ['c2'],
      applications: [{ id: 'a-c1' }, { id: 'a-c2' }],
    });
    expect(await t.db.ledger.countDocuments({ what: 'joined' })).toBe(1);
  });

  it('what ends is said before', async () => {
    const start = t.clock.now() + 48 * 3_600_000;
    const interview = {
      interviewer: 'recruiter1',
      start,
      format: 'office' as const,
      bookedAt: 0,
      reminders: [],
    };
    await two(
      { applications: [], blacklisted: { at: 1, by: 'head', reason: 'подделал документы' } },
      { stopped: true },
      { stage: 'interview', interview },
    );
    const head = t.member('head');
    await head.tapFrom('s:join:a-c2:none');
    await head.tapFrom('s:same:a-c2');
    await head.tap('Объединить: 1');
    expect(head.last().text).toContain('в чёрном списке (подделал документы)');
    expect(head.last().text).toContain('открытые отклики закроются: 1');
    expect(head.last().text).toContain('просили больше не писать');
    await head.tap('Не объединять');
    expect(head.last().text).toContain('Похоже, это один человек');
    expect((await card('c2'))?.merged).toBeUndefined();
  });

  it('of two applications on one vacancy the one that ends is named, with its meeting', async () => {
    const start = t.clock.now() + 48 * 3_600_000;
    const interview = {
      interviewer: 'recruiter1',
      start,
      format: 'office' as const,
      bookedAt: 0,
      reminders: [],
    };
    await two({}, {}, { vacancy: 'driver', stage: 'interview', interview });
    await t.db.candidates.updateOne(
      { _id: 'c1' },
      { $set: { 'applications.0.stage': 'decision' }, $inc: { version: 1 } },
    );
    const head = t.member('head');
    await head.tapFrom('s:same:a-c2');
    await head.tap('Объединить: 1');
    expect(head.last().text).toMatch(/Останется тот, что дальше: «[^»]+»\. Другой закроется/);
    expect(head.last().text).toContain('снимется собеседование');
    await head.tap(/^✅ Объединить$/);
    // The work goes on with the one that stays: its card stands.
    expect(JSON.stringify(head.last().buttons)).toContain('s:history:a-c1');
    expect((await card('c1'))?.applications.map(({ stage }) => stage).sort()).toEqual([
      'decision',
      'withdrawn',
    ]);
    expect(t.person(702).messages()).toEqual([]);
  });

  it('a recruiter who works with one of the two only is told who may', async () => {
    await two({}, {}, { recruiter: 'recruiter2', taken: 1, vacancy: 'cook' });
    await t.db.vacancies.updateOne({ _id: 'cook' }, { $set: { recruiters: ['recruiter2'] } });
    await t.again();
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:same:a-c1');
    await recruiter.tap('Объединить: 1');
    expect(said()).toMatch(worded('same.toast.notYours'));
    expect((await card('c2'))?.merged).toBeUndefined();
  });

  it('old links, the search by either name and number, and the history lead to the one card', async () => {
    await two();
    await t.db.ledger.insertOne({
      _id: 'old',
      kind: 'in',
      at: 5,
      candidate: 'c2',
      application: 'a-c2',
      text: 'из старого чата',
    });
    const head = t.member('head');
    await head.tapFrom('s:same:a-c1');
    await head.tap('Объединить: 1');
    await head.tap(/^✅ Объединить$/);
    for (const query of ['Смирнова А.', '916 000 00 02', 'Анна']) {
      await head.say(`/candidates ${query}`);
      expect(head.last().text).toContain('<b>Анна Смирнова</b>');
    }
    await head.say('/start card_a-c2');
    expect(head.last().text).toContain('<b>Анна Смирнова</b>');
    await head.tapFrom('s:history:a-c1');
    expect(head.last().text).toMatch(/🔗 ← .*из старого чата/);
    expect(head.last().text).toContain('из карточки, которую сюда добавили');
    await head.tapFrom('c:person:c2');
    expect(head.last().text).toContain('Анна Смирнова');
  });

  it('three cards become one, one after the other', async () => {
    await two();
    await t.candidate(
      'c3',
      {
        createdAt: t.clock.now() + 1,
        name: 'А. Смирнова',
        phone: '+79160000003',
        email: 'a@b.ru',
        marks: ['e:a@b.ru'],
      },
      { vacancy: 'driver', stage: 'refused' },
    );
    const head = t.member('head');
    await head.tapFrom('s:same:a-c3');
    for (const _ of [1, 2]) {
      await head.tap('Объединить: 1');
      await head.tap(/^✅ Объединить$/);
      await head.tapFrom('s:same:a-c3');
    }
    expect(head.last().text).toMatch(worded('same.none'));
    expect((await card('c1'))?.applications.map(({ id }) => id).sort()).toEqual(['a-c1', 'a-c2', 'a-c3']);
  });
});
