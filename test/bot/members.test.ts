import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeInvite, useInvite } from '../../models/invites.ts';
import { commands } from '../../bot/commands.ts';
import { type StaffUnderTest, startStaff, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
});
afterEach(() => t.close());

const hour = 3_600_000;

describe('invites', () => {
  it('gives the role once, greets with the menu, and knows the same person again', async () => {
    await makeInvite(t.db, 'secret', { role: 'recruiter', createdAt: tuesday });
    const [first, second] = [t.person(900), t.person(901, 'en')];
    await first.say('/start inv_secret');
    expect((await t.db.members.findOne({ telegram: '900' }))?.role).toBe('recruiter');
    expect(first.messages()[0]?.text).toContain('Здравствуйте, Пётр');
    const menu = t.api.calls.find(({ method }) => method === 'setMyCommands')?.body;
    expect(menu?.scope).toEqual({ type: 'chat', chat_id: 900 });
    expect(JSON.stringify(menu?.commands)).not.toContain('team');
    await t.again();
    expect(await t.db.members.countDocuments({ telegram: '900' })).toBe(1);
    await first.say('/start inv_secret');
    const said = first.messages().map(({ text }) => text);
    expect(said.filter((text) => text.includes('Теперь вы здесь'))).toHaveLength(1);
    await second.say('/start inv_secret');
    expect(second.last().text).toContain('was used already');
    await second.say('/start inv_nothing');
    expect(second.last().text).toContain('did not work');
    expect(await t.db.members.countDocuments({ telegram: '901' })).toBe(0);
  });

  it('a prepared member gets the chat; a crash half-way ends the same', async () => {
    await t.db.members.updateOne({ _id: 'client' }, { $unset: { telegram: 1 } });
    await makeInvite(t.db, 'c', {
      role: 'client',
      member: 'client',
      vacancies: ['cook'],
      createdAt: tuesday,
    });
    await t.db.vacancies.updateOne({ _id: 'cook' }, { $unset: { client: 1 } });
    await t.db.members.updateOne({ _id: 'client' }, { $set: { telegram: '902' } });
    await t.person(902).say('/start inv_c');
    expect((await t.db.vacancies.findOne({ _id: 'cook' }))?.client).toBe('client');
    await t.person(903).say('/start inv_c');
    expect(t.person(903).last().text).toContain('уже использована');
  });

  it('twenty people at once: one gets in', async () => {
    await makeInvite(t.db, 'race', { role: 'recruiter', createdAt: tuesday });
    const joiner = (n: number) => ({
      telegram: String(950 + n),
      name: `N${n}`,
      lang: 'ru',
      zone: 'Europe/Moscow',
    });
    const all = await Promise.all(
      Array.from({ length: 20 }, (_none, n) => useInvite(t.db, 'race', joiner(n), tuesday)),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('a member whose access was closed is told so', async () => {
    await t.db.members.updateOne({ _id: 'recruiter1' }, { $set: { active: false } });
    await t.member('recruiter1').say('/new');
    expect(t.member('recruiter1').last().text).toContain('доступ закрыт');
    await t.member('recruiter1').tapFrom('m:today');
    expect(t.toast()).toMatchObject({ text: expect.stringContaining('доступ закрыт'), show_alert: true });
  });

  it('[X-01] /language changes words and menu; every command is described in both languages', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.say('/language');
    await recruiter.tap('English');
    expect(recruiter.last().text).toContain('in English');
    await recruiter.say('/help');
    expect(recruiter.last().text).toContain('/today — today');
    for (const lang of t.words.langs)
      for (const { name } of commands) expect(t.words.has(lang, `staff.command.${name}`)).toBe(true);
  });
});

describe('a client', () => {
  const meeting = {
    stage: 'interview' as const,
    interview: {
      interviewer: 'recruiter1',
      start: tuesday + 5 * hour,
      format: 'office' as const,
      bookedAt: tuesday,
      reminders: [],
    },
    interviewVersion: 1,
  };

  it('[K-01] [K-03] [K-05] sees interviews of their own vacancies, without contacts and notes', async () => {
    await t.db.vacancies.updateOne({ _id: 'cook' }, { $unset: { client: 1 } });
    const notes = [{ at: tuesday, by: 'recruiter1', text: 'Просит больше' }];
    await t.candidate('c1', {}, { ...meeting, notes });
    await t.candidate('c2', { name: 'Чужой', phone: '+79160000002' }, { ...meeting, vacancy: 'cook' });
    const client = t.member('client');
    await client.say('/interviews');
    const { text } = client.last();
    expect(text).toContain('Анна Смирнова');
    expect(text).toContain('16:00</b>, в офисе');
    expect(text).not.toMatch(/Чужой|7916|Казань|Просит/);
  });

  it('[K-09] is heard in their own words, and answered in the same chat', async () => {
    const [client, recruiter, colleague] = ['client', 'recruiter1', 'recruiter2'].map((id) => t.member(id));
    if (!client || !recruiter || !colleague) throw new Error('unreachable');
    await client.say('Можно <двоих> сразу?');
    await t.again();
    expect(client.last().text).toContain('Передали рекрутеру');
    expect(recruiter.messages()).toHaveLength(1);
    expect(recruiter.last().text).toContain('Олег Петрович Волков, ТК «Северный путь»</b>, заказчик:');
    expect(recruiter.last().text).toContain('Можно &lt;двоих&gt; сразу?');
    await recruiter.tap('Ответить');
    await recruiter.say('Да, конечно');
    await t.again();
    expect(recruiter.last().text).toContain('Отправлено заказчику');
    const words = client.messages().filter(({ text }) => text.includes('Да, конечно'));
    expect(words.map(({ text }) => text)).toEqual(['<b>Мария Ковалёва</b>: Да, конечно']);
    expect(colleague.last().text).toMatch(/отвечает Мария Ковалёва:\s+Да, конечно/);
    await client.say('/stop');
    expect(client.last().text).not.toContain('в команде');
    await client.send({ document: { file_id: 'f', file_unique_id: 'u', file_name: 'тз.pdf' } });
    expect(recruiter.messages().at(-1)?.method).toBe('sendDocument');
    await client.send({ sticker: {} });
    expect(client.last().text).toContain('прочитать не получится');
  });

  it('[K-09] of a long text nothing is cut, there and back', async () => {
    const [client, recruiter] = [t.member('client'), t.member('recruiter1')];
    const told = () => recruiter.messages().filter(({ text }) => text.includes('заказчик:'));
    const before = told().length;
    const long = `${'слово '.repeat(670)}конец`;
    await client.say(long);
    expect(told().slice(before)).toHaveLength(2);
    expect(recruiter.last().text).toMatch(/слово конец$/);
    await recruiter.tap('Ответить');
    await recruiter.say(long);
    expect(client.last().text).toMatch(/слово конец$/);
    await client.send({
      document: { file_id: 'f2', file_unique_id: 'u2', file_name: 'тз.pdf' },
      caption: 'слово '.repeat(160),
    });
    expect(recruiter.messages().at(-1)?.method).toBe('sendDocument');
    expect(recruiter.messages().at(-2)?.text).toContain('слово слово');
  });

  it('[K-09] nobody answers another recruiter’s client, nor one whose access is closed', async () => {
    await t.db.vacancies.updateMany({}, { $set: { recruiters: ['recruiter1'] } });
    const other = t.member('recruiter2');
    await other.tapFrom('mb:say:client');
    expect(t.toast()?.show_alert).toBe(true);
    await other.say('Привет');
    await t.member('recruiter1').tapFrom('mb:say:client');
    await t.db.members.updateOne({ _id: 'client' }, { $set: { active: false } });
    await t.member('recruiter1').say('Здравствуйте');
    expect(t.member('recruiter1').last().text).toContain('доступ закрыт');
    expect(t.member('client').messages()).toEqual([]);
  });

  it('[K-01] a hostile client reaches nothing of the staff’s side', async () => {
    await t.candidate('c1');
    const client = t.member('client');
    for (const { name, roles } of commands) if (!roles.includes('client')) await client.say(`/${name}`);
    for (const data of [
      's:card:a-c1',
      's:history:a-c1',
      's:take:a-c1',
      's:relay:a-c1',
      'v:open:driver',
      'v:archive:driver',
      'm:find',
      'm:new',
      'm:team',
      'h:show:head',
      'v:new',
    ])
      await client.tapFrom(data);
    const all = client
      .messages()
      .map(({ text }) => text)
      .join('\n');
    expect(all).not.toMatch(/Анна|7916|hh\.ru|Водитель/);
    expect((await t.application('a-c1')).taken).toBeUndefined();
    expect((await t.db.vacancies.findOne({ _id: 'driver' }))?.status).toBe('open');
    expect(all).toContain('/interviews');
    const member = await t.db.members.findOne({ _id: 'client' });
    expect(member && (await t.staff.views.card?.(member, { application: 'a-c1' }))).toBeUndefined();
  });
});

describe('working hours', () => {
  it('are typed, shown, and wrong ones are explained', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.say('/hours');
    await recruiter.tap('Другие часы');
    await recruiter.say('пн-вс 25-30');
    expect(recruiter.last().text).toContain('Не понял часы');
    await recruiter.say('пн-чт 10:00-18:00, пт 10-13, 14-17; сб выходной');
    const week = (await t.db.members.findOne({ _id: 'recruiter1' }))?.hours.week ?? {};
    expect(week['1']).toEqual([['10:00', '18:00']]);
    expect(week['5']).toEqual([
      ['10:00', '13:00'],
      ['14:00', '17:00'],
    ]);
    expect(recruiter.last().text).toMatch(/Записал[\s\S]*10:00–13:00, 14:00–17:00/);
    await recruiter.tap('Добавить выходной');
    await recruiter.say('30.12-02.01');
    expect((await t.db.members.findOne({ _id: 'recruiter1' }))?.hours.off).toEqual([
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
    ]);
    await recruiter.tap('Перерыв 20');
    expect((await t.db.members.findOne({ _id: 'recruiter1' }))?.hours.buffer).toBe(20);
    await recruiter.tap('Часовой пояс');
    await recruiter.say('Екатеринбург');
    expect(recruiter.last().text).toContain('Часовой пояс: Екатеринбург');
    expect((await t.db.members.findOne({ _id: 'recruiter1' }))?.zone).toBe('Asia/Yekaterinburg');
  });

  it('of others only the head changes', async () => {
    const head = t.member('head');
    await head.say('/hours');
    await head.tap('Часы коллег');
    await head.tap('Игорь');
    await head.tap('9–18');
    expect((await t.db.members.findOne({ _id: 'recruiter2' }))?.hours.week['1']).toEqual([
      ['09:00', '18:00'],
    ]);
    await t.member('recruiter1').tapFrom('h:nine:recruiter2');
    expect(t.api.calls.at(-1)?.body.show_alert).toBe(true);
  });
});
