import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type StaffUnderTest, startStaff, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
});
afterEach(() => t.close());

const hour = 3_600_000;
const alerts = () =>
  t.api.calls.filter(({ method, body }) => method === 'answerCallbackQuery' && body.show_alert === true);

describe('acts on the card', () => {
  it('[P-02] takes a lead from the list and counts it out', async () => {
    await t.candidate('c1', {}, { createdAt: tuesday - 2 });
    await t.candidate('c2', { name: 'Борис', phone: '+79160000000' });
    const recruiter = t.member('recruiter1');
    await recruiter.say('/new');
    expect(recruiter.last().text).toMatch(/2 новых отклика[\s\S]*1\. <b>Анна[\s\S]*2\. <b>Борис/);
    await recruiter.tap('Взять 1');
    expect((await t.application('a-c1')).taken).toBeGreaterThan(0);
    // Whoever presses the next "Take 2" takes the one who was there all the while.
    expect(recruiter.last().text).toMatch(/1 новый отклик[\s\S]*1\. Анна[\s\S]*✅[\s\S]*2\. <b>Борис/);
    await recruiter.tap('Взять 2');
    expect((await t.application('a-c2')).taken).toBeGreaterThan(0);
    expect(recruiter.last().text).toContain('Новых откликов нет');
    expect(recruiter.messages()).toHaveLength(1);
  });

  it('[P-02] what is next after a taken lead leaves none out', async () => {
    for (let n = 1; n <= 7; n += 1)
      await t.candidate(`c${n}`, { name: `Имя${n}`, phone: `+7916000000${n}` }, { createdAt: tuesday + n });
    const head = t.member('head');
    await head.say('/NEW');
    await head.tap('Взять 2');
    expect(head.last().text).toMatch(/1\. <b>Имя1[\s\S]*2\. Имя2[\s\S]*✅[\s\S]*3\. <b>Имя3/);
    await head.tap('›');
    expect(head.last().text).toMatch(/1\. <b>Имя1[\s\S]*2\. <b>Имя3[\s\S]*5\. <b>Имя6/);
    await head.tap('›');
    expect(head.last().text).toMatch(/6\. <b>Имя7/);
  });

  it('[P-03] invites over the card in place; the same update again does nothing twice', async () => {
    await t.candidate('c1');
    const recruiter = t.member('recruiter1');
    await recruiter.say('/candidates');
    await recruiter.tap('1');
    const card = recruiter.last();
    await recruiter.tap('Пригласить');
    expect((await t.application('a-c1')).stage).toBe('invited');
    expect(card.text).toContain('Выбирает время');
    expect(recruiter.last().id).toBe(card.id);
    const told = t.api.messages.length;
    await t.again();
    expect(t.api.messages).toHaveLength(told);
  });

  it('[X-06] an outdated button says why and draws the card as it is', async () => {
    await t.candidate('c1');
    const recruiter = t.member('recruiter1');
    await recruiter.say('/candidates');
    await recruiter.tap('1');
    await t.db.candidates.updateOne({ _id: 'c1' }, { $set: { 'applications.0.stage': 'refused' } });
    await recruiter.tap('Пригласить');
    expect((await t.application('a-c1')).stage).toBe('invited');
    await recruiter.tapData('s:fits:a-c1');
    expect(alerts().at(-1)?.body.text).toContain('Выбирает время');
    expect(recruiter.last().text).toContain('Выбирает время');
  });

  it('[A-12] behind "More" every vacancy can be chosen, and other applications are told apart', async () => {
    await t.candidate('c1');
    const driver = await t.db.vacancies.findOne({ _id: 'driver' });
    if (!driver) throw new Error('unreachable');
    const more = Array.from({ length: 12 }, (_none, n) => ({
      ...driver,
      _id: `v${n}`,
      title: { ru: `Склад ${n}` },
    }));
    await t.db.vacancies.insertMany(more);
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('Ещё');
    expect(recruiter.last().buttons.every((row) => row.length <= 2)).toBe(true);
    await recruiter.tap('На другую вакансию');
    const labels = recruiter
      .last()
      .buttons.flat()
      .map(({ text }) => text);
    expect(more.map(({ title }) => title.ru).filter((title) => !labels.includes(title))).toEqual([]);
    await recruiter.tap('Склад 11');
    await recruiter.tap('Ещё');
    expect(JSON.stringify(recruiter.last().buttons)).toContain('Водитель категории C: На рассмотрении');
  });

  it('[P-17] [P-20] whoever has gone back or on refuses and blacklists nobody by the next words', async () => {
    await t.candidate('c1');
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:blacklist:a-c1');
    await recruiter.tap('Назад');
    await recruiter.say('Иванов');
    await recruiter.tapFrom('s:refuse:a-c1');
    await recruiter.tap('Мало опыта');
    await recruiter.say('/today');
    await recruiter.say('Иванов');
    expect(recruiter.last().text).toContain('никому не отправил');
    expect((await t.application('a-c1')).stage).toBe('review');
  });

  it('[A-04] [P-17] [P-18] refuses with a reason, words and evidence, and takes it back', async () => {
    await t.candidate('c1');
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('Отказать');
    await recruiter.tap('Мало опыта');
    await recruiter.say('Нужно от трёх лет');
    const { refusal } = await t.application('a-c1');
    expect(refusal).toMatchObject({ reason: 'experience', text: 'Нужно от трёх лет', by: 'recruiter1' });
    expect(recruiter.last().text).toContain('через 12 ч');
    await recruiter.send({ document: { file_id: 'f1', file_unique_id: 'u', file_name: 'чат.png' } });
    expect((await t.application('a-c1')).refusal?.evidence).toHaveLength(1);
    await recruiter.tap('Отменить: отказ');
    const undone = await t.application('a-c1');
    expect([undone.stage, undone.refusal]).toEqual(['review', undefined]);
  });

  it('[P-17] [P-20] from the reasons, and from a refusal, straight to the blacklist; it is taken back', async () => {
    await t.candidate('c1');
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('Отказать');
    await recruiter.tap('В чёрный список');
    await recruiter.tap('Грубость');
    expect((await t.application('a-c1')).stage).toBe('blacklist');
    await recruiter.tap('Отменить: чёрный список');
    await recruiter.tap('Отказать');
    await recruiter.tap('Мало опыта');
    await recruiter.tap('Отказать без пояснения');
    const { refusal } = await t.application('a-c1');
    await recruiter.tapFrom('s:more:a-c1');
    await recruiter.tap('Чёрный список');
    await recruiter.say('угрожал охране');
    const { stage } = await t.application('a-c1');
    expect([stage, (await t.db.candidates.findOne({ _id: 'c1' }))?.blacklisted?.reason]).toEqual([
      'blacklist',
      'угрожал охране',
    ]);
    await recruiter.tapFrom('s:undo:a-c1');
    const undone = await t.application('a-c1');
    expect([undone.stage, undone.refusal]).toEqual(['refused', refusal]);
    await recruiter.tap('Отменить: отказ');
    expect((await t.application('a-c1')).stage).toBe('review');
  });

  it('[X-06] [P-17] a second tap on a refusal without words says what the first one did', async () => {
    await t.candidate('c1');
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('Отказать');
    await recruiter.tap('Мало опыта');
    await recruiter.tap('Отказать без пояснения');
    const told = recruiter.messages().length;
    await recruiter.tapData('s:refuseNow:a-c1:0');
    expect([alerts(), recruiter.messages().length]).toEqual([[], told]);
    expect(t.toast()?.text).toBe('Отказ записан');
    // What was to follow the first one still does.
    await recruiter.send({ document: { file_id: 'f1', file_unique_id: 'u', file_name: 'чат.png' } });
    expect((await t.application('a-c1')).refusal?.evidence).toHaveLength(1);
  });

  it('[P-17] the words of a refusal that come twice refuse once and go to nobody else', async () => {
    await t.candidate('c1');
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:relay:a-c1');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('Отказать');
    await recruiter.tap('Другое');
    await recruiter.say('Передумали');
    await t.again();
    expect((await t.application('a-c1')).refusal?.text).toBe('Передумали');
    expect(t.api.messages.filter(({ chat, text }) => chat === '701' && text.includes('Передумали'))).toEqual(
      [],
    );
  });

  it('[P-09] did not come, did not warn: recorded, and the blacklist is offered', async () => {
    await t.candidate(
      'c1',
      {},
      {
        stage: 'interview',
        taken: tuesday,
        interview: {
          interviewer: 'recruiter1',
          start: tuesday - 600_000,
          format: 'phone',
          bookedAt: tuesday - 9 * hour,
          reminders: [],
        },
        interviewVersion: 1,
      },
    );
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('Не пришёл');
    await recruiter.tap('Не предупредил');
    const after = await t.application('a-c1');
    expect([after.stage, after.interview?.attendance]).toEqual(['decision', 'notWarned']);
    await recruiter.tap('В чёрный список');
    await recruiter.tap('Не пришёл и не предупредил');
    expect((await t.application('a-c1')).stage).toBe('blacklist');
    expect(recruiter.last().text).toContain('В чёрном списке');
  });

  it('[P-09] attendance is not recorded before the start', async () => {
    await t.candidate(
      'c1',
      {},
      {
        stage: 'interview',
        interview: {
          interviewer: 'recruiter1',
          start: tuesday + hour,
          format: 'phone',
          bookedAt: tuesday,
          reminders: [],
        },
        interviewVersion: 1,
      },
    );
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    expect(
      recruiter
        .last()
        .buttons.flat()
        .map(({ text }) => text),
    ).not.toContain('Пришёл');
    await recruiter.tapData('s:came:a-c1');
    expect(alerts().at(-1)?.body.text).toContain('ещё не началось');
  });

  it('[P-10] fits: the next stage', async () => {
    await t.candidate('c1', {}, { stage: 'decision' });
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap(/^Подходит/);
    expect((await t.application('a-c1')).stage).toBe('agreeing');
  });

  it('[A-12] attaches to another vacancy, moves by hand and takes off', async () => {
    await t.candidate('c1');
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('Ещё');
    await recruiter.tap('На другую вакансию');
    await recruiter.tap('Повар');
    const person = await t.db.candidates.findOne({ _id: 'c1' });
    expect(person?.applications.map(({ vacancy }) => vacancy)).toEqual(['driver', 'cook']);
    expect(recruiter.last().text).toContain('Повар');
    await recruiter.tap('Ещё');
    await recruiter.tap('Открепить от вакансии');
    await recruiter.tap('Да, снять');
    expect((await t.db.candidates.findOne({ _id: 'c1' }))?.applications[1]?.stage).toBe('withdrawn');
  });

  it("another recruiter's application is shown without its acts, and an old button says why", async () => {
    await t.engine.vacancies.change('driver', { recruiters: ['recruiter1'] }, 'change');
    await t.candidate('c1', {}, { taken: tuesday });
    const other = t.member('recruiter2');
    await other.tapFrom('s:card:a-c1');
    expect(other.last().text).toContain('🔒');
    expect(
      other
        .last()
        .buttons.flat()
        .map(({ text }) => text),
    ).toEqual(['📎 Файлы', '🕓 История']);
    await other.tapData('s:invite:a-c1');
    expect(alerts().at(-1)?.body.text).toContain('другого рекрутера');
    await t.member('head').tapFrom('s:card:a-c1');
    await t.member('head').tap('Пригласить');
    expect((await t.application('a-c1')).stage).toBe('invited');
  });

  it('[X-02] the head deletes a person at their written demand; every open card says so, nobody else may', async () => {
    await t.candidate('c1');
    const [head, recruiter] = [t.member('head'), t.member('recruiter1')];
    for (const who of [recruiter, head]) {
      await who.say('/candidates');
      await who.tap('1');
    }
    const card = recruiter.last();
    await recruiter.tap('Ещё');
    expect(JSON.stringify(recruiter.last())).not.toContain('Удалить данные');
    await recruiter.tapData('s:forget:a-c1');
    await recruiter.tapData('s:forgetNow:a-c1');
    expect(alerts()).toHaveLength(2);
    await head.tap('Ещё');
    await head.tap('Удалить данные');
    expect(head.last().text).toMatch(/Удалить все данные\?[\s\S]*Анна/);
    await head.tap('Да, удалить');
    expect(head.last().text).toMatch(/^🗑 <b>Данные удалены по просьбе человека/);
    await t.again();
    expect(head.last().text).toMatch(/^🗑/);
    await eventually(
      () => Promise.resolve(card.text),
      (text) => text.startsWith('🗑'),
    );
    expect(card.text).not.toContain('Анна');
    await recruiter.say('/candidates');
    expect(recruiter.last().text).not.toContain('🗑');
    await recruiter.tapFrom('s:take:a-c1');
    expect(String(t.toast()?.text)).toContain('Данные этого человека удалены');
  });
});
