import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StaffUnderTest, startStaff, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
  await t.candidate('c1');
  await t.candidate('c2', { name: 'Борис', phone: '+79160000002' });
});
afterEach(() => t.close());

const told = (chat: string) => t.api.messages.filter((message) => message.chat === chat);

describe('a talk with a candidate', () => {
  it('[A-19] [X-05] what is written goes to the candidate, once, until the talk is ended', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:relay:a-c1');
    expect(recruiter.last().text).toMatch(/Вы пишете[\s\S]*Анна Смирнова/);
    await recruiter.say('Добрый день, <Анна>!');
    await t.again();
    expect(told('701').filter(({ text }) => text.includes('Добрый день'))).toHaveLength(1);
    await recruiter.send({
      document: { file_id: 'doc', file_unique_id: 'u', file_name: 'договор.pdf' },
      caption: 'Вот',
    });
    expect(told('701').at(-1)?.method).toBe('sendDocument');
    await recruiter.say('/today');
    expect(recruiter.last().text).toContain('🗓');
    await recruiter.tap('Закончить разговор');
    await recruiter.say('Это уже никому');
    expect(told('701').some(({ text }) => text.includes('никому'))).toBe(false);
    expect(recruiter.last().text).toContain('никому не отправил');
  });

  it('[A-19] opening another talk closes the first; /end closes it too', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:relay:a-c1');
    await recruiter.tapFrom('s:relay:a-c2');
    await recruiter.say('Привет');
    expect(told('701')).toHaveLength(0);
    expect(told('702').some(({ text }) => text.includes('Привет'))).toBe(true);
    expect((await t.db.candidates.findOne({ _id: 'c1' }))?.relay).toBeUndefined();
    await recruiter.say('/end');
    expect(recruiter.last().text).toContain('Борис');
    expect((await t.db.candidates.findOne({ _id: 'c2' }))?.relay).toBeUndefined();
  });

  it('[X-05] while one talks, another is told who', async () => {
    await t.member('recruiter1').tapFrom('s:relay:a-c1');
    await t.member('head').tapFrom('s:relay:a-c1');
    const alert = t.api.calls.filter(({ method }) => method === 'answerCallbackQuery').at(-1);
    expect(alert?.body.text).toContain('Мария');
  });

  it('[X-06] sticker, edit and voice: a kind answer, and a talk passes on what it can', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.send({
      sticker: {
        file_id: 's',
        file_unique_id: 'u',
        type: 'regular',
        width: 1,
        height: 1,
        is_animated: false,
        is_video: false,
      },
    });
    expect(recruiter.last().text).toContain('Стикеры');
    await recruiter.send({ voice: { file_id: 'v', file_unique_id: 'u', duration: 1 } });
    expect(recruiter.last().text).toContain('Голосовое никому');
    await recruiter.tapFrom('s:relay:a-c1');
    await recruiter.send({ voice: { file_id: 'v', file_unique_id: 'u', duration: 1 } });
    expect(told('701').at(-1)?.method).toBe('sendVoice');
    await recruiter.send({ edited: true, text: 'правка' });
    expect(recruiter.last().text).toContain('Правка до кандидата не дойдёт');
  });
});

describe('notes, files and history', () => {
  it('a note is asked for, kept once, and is not said to the candidate of an open talk', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:relay:a-c2');
    await recruiter.tapFrom('s:note:a-c1');
    expect(recruiter.last().forceReply).toBe(true);
    t.restart();
    await recruiter.say('Просит смену с утра');
    await t.again();
    expect((await t.application('a-c1')).notes.map(({ text }) => text)).toEqual(['Просит смену с утра']);
    expect(told('702').some(({ text }) => text.includes('смену'))).toBe(false);
    await recruiter.say('А это в разговор');
    expect(told('702').some(({ text }) => text.includes('А это'))).toBe(true);
  });

  it('/cancel leaves a question, and it is forgotten after an hour', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:note:a-c1');
    await recruiter.say('/cancel');
    await recruiter.say('не заметка');
    await recruiter.tapFrom('s:note:a-c1');
    t.clock.move(t.clock.offset() + 3_700_000);
    await recruiter.say('тоже не заметка');
    expect((await t.application('a-c1')).notes).toEqual([]);
  });

  it('files are added and opened again', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('Файлы');
    await recruiter.tap('Добавить файл');
    await recruiter.send({ document: { file_id: 'cv', file_unique_id: 'u', file_name: 'cv.pdf' } });
    expect((await t.application('a-c1')).files[0]?.name).toBe('cv.pdf');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('Файлы');
    await recruiter.tap('cv.pdf');
    expect(recruiter.last().method).toBe('sendDocument');
  });

  it('[B-12] history shows every message and fact, newest first, in pages and the reader’s language', async () => {
    await t.db.ledger.insertMany([
      { _id: 'x1', kind: 'in', at: tuesday - 3000, candidate: 'c1', text: 'Здравствуйте & до свидания' },
      {
        _id: 'x2',
        kind: 'out',
        at: tuesday - 2000,
        candidate: 'c1',
        to: { candidate: 'c1' },
        status: 'failed',
        message: { key: 'candidate.noVacancies' },
      },
      {
        _id: 'x3',
        kind: 'fact',
        at: tuesday - 1000,
        candidate: 'c1',
        application: 'a-c1',
        what: 'taken',
        by: 'recruiter1',
      },
      // A card drawn anew is no talk.
      {
        _id: 'x4',
        kind: 'out',
        at: tuesday - 500,
        candidate: 'c1',
        to: { member: 'recruiter1' },
        message: { key: 'view:card', params: { application: 'a-c1' } },
        status: 'sent',
      },
      ...Array.from({ length: 12 }, (_none, index) => ({
        _id: `y${index}`,
        kind: 'fact' as const,
        at: tuesday - 10_000 - index,
        candidate: 'c1',
        what: 'somethingNew',
      })),
    ]);
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('История');
    const page = recruiter.last();
    expect(page.text).toContain('Отклик взят в работу — Мария');
    expect(page.text).not.toContain('view:card');
    expect(page.text.indexOf('взят')).toBeLessThan(page.text.indexOf('не доставлено'));
    expect(page.text).toContain('← вт, 24 нояб.');
    expect(page.text).toContain('Здравствуйте &amp; до свидания');
    await recruiter.tap('Раньше');
    expect(page.text).toContain('somethingNew');
    expect(page.text).toContain('стр. 2');
    await recruiter.tap('Карточка');
    expect(page.text).toContain('+79161234567');
  });
});
