import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { label, worded } from '../support/worded.ts';
import { type StaffUnderTest, startStaff, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
});
afterEach(() => t.close());

const tokenIn = (text: string) => /start=(inv_[\w-]+)/.exec(text)?.[1] ?? '';

describe('[K-02] /invite', () => {
  it('a recruiter invites the client of their own vacancy, by a link that works once', async () => {
    await t.db.vacancies.updateOne({ _id: 'cook' }, { $unset: { client: 1 } });
    const recruiter = t.member('recruiter1');
    await recruiter.say('/invite');
    await recruiter.tap('Дальше');
    expect(recruiter.last().text).toMatch(worded('staff.wizard.atLeastOne'));
    await recruiter.tap('Повар');
    await recruiter.tap('Дальше');
    await recruiter.say('И');
    expect(recruiter.last().text).toContain('от 2 до 60');
    await recruiter.say('12');
    expect(recruiter.last().text).toMatch(worded('staff.lead.badName'));
    await recruiter.say('Ирина <Сергеевна>');
    await recruiter.say('«Вкусный дом»');
    const made = recruiter.last().text;
    expect(made).toContain('<b>Ирина &lt;Сергеевна&gt;</b>, заказчик');
    await t.again();
    expect(await t.db.invites.countDocuments()).toBe(1);
    // They are the vacancy's client at once, and where another one is, only when the link is opened.
    const prepared = (await t.db.members.findOne({ company: /Вкусный/ }))?._id;
    expect((await t.db.vacancies.findOne({ _id: 'cook' }))?.client).toBe(prepared);

    const guest = t.person(910);
    await guest.say(`/start ${tokenIn(made)}`);
    expect(guest.messages()[0]?.text).toContain('Теперь вы здесь заказчик');
    expect((await t.db.members.findOne({ telegram: '910' }))?._id).toBe(prepared);
    expect(recruiter.last().text).toContain('Приглашение принято');
    await t.person(911).say(`/start ${tokenIn(made)}`);
    expect(t.person(911).last().text).toContain('уже использована');
  });

  it('a new client of a vacancy takes the place of the one before, who is not left without notice', async () => {
    await t.db.vacancies.updateMany({ _id: { $ne: 'cook' } }, { $set: { client: 'other' } });
    const head = t.member('head');
    await head.say('/invite');
    await head.tap('Заказчик');
    await head.tap('Повар');
    await head.tap('Дальше');
    await head.say('Ирина');
    await head.tap('Пропустить');
    expect(head.messages().at(-2)?.text).toMatch(/заказчик: Олег[^]*вместо него будет Ирина/);
    expect((await t.db.vacancies.findOne({ _id: 'cook' }))?.client).toBe('client');
    await t.person(910).say(`/start ${tokenIn(head.last().text)}`);
    expect((await t.db.members.findOne({ _id: 'client' }))?.access?.endsAt).toBe(
      (await t.db.timers.findOne({ _id: 'clientAccess:client' }))?.due,
    );
    // Nothing of theirs says whose they were: the head hears of it.
    expect(head.messages().some(({ text }) => text.includes('Вакансии этого заказчика закрыты'))).toBe(true);
    expect(t.member('recruiter1').messages()).toEqual([]);
  });

  it('the employer is known by the vacancy, and has a contact person more', async () => {
    const made = await t.engine.companies.add({
      id: 'company',
      by: 'head',
      type: 'addCompany',
      set: { name: 'ООО «Вкусный дом»' },
    });
    const company = made.ok ? made.company._id : '';
    await t.db.vacancies.updateOne({ _id: 'cook' }, { $set: { company }, $unset: { client: 1 } });
    const recruiter = t.member('recruiter1');
    await recruiter.say('/invite');
    await recruiter.tap('Повар');
    await recruiter.tap('Дальше');
    await recruiter.say('Ирина Сергеевна');
    expect(recruiter.last().text).toContain('Приглашение готово');
    const client = await t.db.members.findOne({ name: 'Ирина Сергеевна' });
    expect(client?.company).toBe('ООО «Вкусный дом»');
    expect((await t.db.companies.findOne({ _id: company }))?.people).toEqual([client?._id]);
  });

  it('opened by whoever may do more, it is not used up and takes nothing away', async () => {
    const head = t.member('head');
    await head.say('/invite');
    await head.tap('Рекрутер');
    await head.say('Павел');
    const start = `/start ${tokenIn(head.last().text)}`;
    await head.say(start);
    expect(head.last().text).toMatch(worded('staff.start.staff'));
    expect((await t.db.members.findOne({ _id: 'head' }))?.role).toBe('head');
    await t.person(912).say(start);
    expect((await t.db.members.findOne({ telegram: '912' }))?.role).toBe('recruiter');
    // Nobody's leads come to them yet: both are told what to do about it.
    expect(head.last().text).toContain('добавьте этого человека в вакансии');
    await t.person(912).say('/new');
    expect(t.person(912).last().text).toMatch(worded('staff.new.nowhere'));
  });

  it('a client whom we know is not made twice', async () => {
    await t.db.vacancies.updateOne({ _id: 'cook' }, { $unset: { client: 1 } });
    const recruiter = t.member('recruiter1');
    await recruiter.say('/invite');
    await recruiter.tap('Повар');
    await recruiter.tap('Дальше');
    await recruiter.say('Ирина');
    await recruiter.tap('Пропустить');
    await t.member('client').say(`/start ${tokenIn(recruiter.last().text)}`);
    expect((await t.db.vacancies.findOne({ _id: 'cook' }))?.client).toBe('client');
    expect(await t.db.members.countDocuments({ role: 'client' })).toBe(1);
  });

  it('whoever has the mailbox of a client is that client', async () => {
    await t.db.members.updateOne(
      { _id: 'client' },
      { $set: { email: 'oleg@x.test', active: false, access: { ended: 1 } } },
    );
    await t.db.vacancies.updateOne({ _id: 'cook' }, { $unset: { client: 1 } });
    const order = { role: 'client' as const, name: 'Олег', email: 'oleg@x.test', vacancies: ['cook'] };
    const [one, again] = [
      await t.engine.members.invite('e1', 'head', order),
      await t.engine.members.invite('e1', 'head', order),
    ];
    expect(again).toMatchObject({ ok: true, invite: { _id: one.ok && one.invite._id, member: 'client' } });
    expect(await t.db.members.countDocuments({ role: 'client' })).toBe(1);
    expect((await t.db.vacancies.findOne({ _id: 'cook' }))?.client).toBe('client');
    expect((await t.db.members.findOne({ _id: 'client' }))?.active).toBe(true);
  });

  it('is taken back, and its link gives nothing any more', async () => {
    const head = t.member('head');
    await head.say('/invite');
    await head.tap(/^Руководитель/);
    await head.say('Павел');
    const start = `/start ${tokenIn(head.last().text)}`;
    await head.say('/access');
    await head.tap('⏳ Павел');
    expect(head.last().text).toContain(start.slice(7));
    await head.tap('Отозвать');
    await head.tapFrom(`mb:revoke:${(await t.db.invites.findOne({}))?._id.slice(0, 16) ?? ''}`);
    await t.person(913).say(start);
    expect(t.person(913).last().text).toContain('не подошла');
    expect(await t.db.members.countDocuments({ telegram: '913' })).toBe(0);
  });
});

describe('[K-02] /access', () => {
  it('[P-21] the head closes and opens a recruiter’s, whose work goes to colleagues; nobody their own', async () => {
    await t.candidate('c1', {}, { recruiter: 'recruiter1', taken: tuesday });
    const head = t.member('head');
    await head.say('/team');
    await head.tap('Доступ');
    await head.tap(/Мария|recruiter1/u).catch(() => head.tapFrom('mb:open:recruiter1'));
    expect(head.last().text).toContain('В работе 1 отклик');
    // One slip of the finger is not enough.
    await head.tap('Закрыть доступ');
    expect(head.last().text).toContain('перейдут к коллегам');
    expect((await t.db.members.findOne({ _id: 'recruiter1' }))?.active).toBe(true);
    await head.tap(label('staff.button.back'));
    await head.tap('Закрыть доступ');
    await head.tap(label('invite.button.sure'));
    await t.again();
    expect((await t.db.members.findOne({ _id: 'recruiter1' }))?.active).toBe(false);
    await t.member('recruiter1').say('/new');
    expect(t.member('recruiter1').last().text).toContain('доступ закрыт');
    // What was theirs is a colleague's now, who is told once.
    expect(await t.application('a-c1')).toMatchObject({ recruiter: 'recruiter2' });
    const told = t.member('recruiter2').messages();
    expect(told.filter(({ text }) => text.includes('перешли к коллегам'))).toHaveLength(1);
    await head.tap('Открыть доступ');
    expect(t.member('recruiter1').last().text).toContain('снова открыт');
    expect(await t.db.ledger.countDocuments({ what: { $in: ['accessClosed', 'accessOpened'] } })).toBe(2);
    await head.tapFrom('mb:close:head');
    expect((await t.db.members.findOne({ _id: 'head' }))?.active).toBe(true);
  });

  it('a recruiter sees their clients, and no colleague; a client sees nothing of it', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.say('/access');
    const labels = recruiter
      .last()
      .buttons.flat()
      .map(({ text }) => text);
    expect(labels.filter((text) => text.includes('рекрутер'))).toEqual([]);
    expect(labels.some((text) => text.includes('заказчик'))).toBe(true);
    await recruiter.tapFrom('mb:close:recruiter2');
    await t.member('client').tapFrom('mb:close:recruiter2');
    await t.member('client').tapFrom('mb:allow:client');
    expect((await t.db.members.findOne({ _id: 'recruiter2' }))?.active).toBe(true);
  });

  it('ends with the last vacancy a day after the notice, and comes back with a new one', async () => {
    for (const id of ['driver', 'cook', 'operator'])
      await t.engine.vacancies.change(id, { status: 'archived' }, `close:${id}`);
    await t.quiet();
    const recruiter = t.member('recruiter1');
    expect(recruiter.last().text).toContain('Доступ закроется: среда, 25 ноября, 11:0');
    expect(t.member('client').messages()).toEqual([]);
    await t.engine.moveClock(t.clock.offset() + 25 * 3_600_000);
    await eventually(
      () => t.db.members.findOne({ _id: 'client' }),
      (member) => member?.active === false,
    );
    await eventually(
      () => recruiter.last().text,
      (text) => text.includes('закрыт вместе с последней вакансией'),
    );
    await t.engine.vacancies.change('cook', { status: 'open' }, 'open');
    await t.quiet();
    expect((await t.db.members.findOne({ _id: 'client' }))?.access).toBeUndefined();
    expect(t.member('client').last().text).toContain('снова открыт');
    // What the alarm was for is gone.
    await t.engine.moveClock(t.clock.offset() + 48 * 3_600_000);
    expect((await t.db.members.findOne({ _id: 'client' }))?.active).toBe(true);
  });

  it('is kept by a button of the notice, by whoever presses first', async () => {
    await t.db.vacancies.updateMany({ _id: { $ne: 'cook' } }, { $unset: { client: 1 } });
    await t.engine.vacancies.change('cook', { status: 'archived' }, 'close');
    await t.quiet();
    await Promise.all([
      t.member('recruiter1').tap('Не закрывать'),
      t.member('head').tapFrom('mb:keep:client'),
    ]);
    await t.engine.moveClock(t.clock.offset() + 48 * 3_600_000);
    await t.quiet();
    expect((await t.db.members.findOne({ _id: 'client' }))?.active).toBe(true);
    expect(await t.db.ledger.countDocuments({ what: 'accessKept' })).toBe(1);
  });

  it('waits for whoever is on probation there', async () => {
    await t.db.vacancies.updateMany({ _id: { $ne: 'cook' } }, { $unset: { client: 1 } });
    await t.candidate('c1', {}, { vacancy: 'cook', stage: 'work' });
    await t.engine.vacancies.change('cook', { status: 'archived' }, 'close');
    await t.quiet();
    expect((await t.db.members.findOne({ _id: 'client' }))?.access).toBeUndefined();
    await t.db.candidates.updateOne({ _id: 'c1' }, { $set: { 'applications.0.stage': 'hired' } });
    await t.engine.moveClock(t.clock.offset() + 25 * 3_600_000);
    const client = await eventually(
      () => t.db.members.findOne({ _id: 'client' }),
      (member) => member?.access?.endsAt !== undefined,
    );
    expect(client?.active).toBe(true);
  });
});
