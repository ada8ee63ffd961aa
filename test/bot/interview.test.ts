import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StaffUnderTest, startStaff, tuesday } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
  await t.candidate('c1', {}, { stage: 'invited', taken: tuesday });
});
afterEach(() => t.close());

const at = (iso: string) => Date.parse(iso);

describe('an interview set by staff', () => {
  it('[P-06] by format, day and time; the card shows it at once', async () => {
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    const card = recruiter.last();
    await recruiter.tap('Назначить время');
    await recruiter.tap('видеовстреча');
    await recruiter.tap(/25 нояб/);
    await recruiter.tap('15:20');
    const { interview, stage } = await t.application('a-c1');
    expect([stage, interview?.format]).toEqual(['interview', 'zoom']);
    expect(interview?.start).toBe(at('2026-11-25T15:20:00+03:00'));
    expect(card.text).toContain('15:20</b>, видеовстреча');
    expect(await t.db.slots.countDocuments()).toBe(1);
  });

  it('[P-06] by a typed date and time in the recruiter’s own zone', async () => {
    await t.db.members.updateOne({ _id: 'recruiter1' }, { $set: { zone: 'Asia/Yekaterinburg' } });
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('Назначить время');
    await recruiter.tap('по телефону');
    await recruiter.say('когда-нибудь');
    expect(recruiter.last().text).toContain('Не понял дату');
    await recruiter.say('25.11 15:20');
    expect((await t.application('a-c1')).interview?.start).toBe(at('2026-11-25T15:20:00+05:00'));
    await t.quiet();
    // Once, with the file for the calendar.
    const told = recruiter.messages().filter(({ text }) => text.startsWith('Собеседование назначено'));
    expect(told.map(({ method }) => method)).toEqual(['sendDocument']);
  });

  it('[B-06] a taken window is refused and the nearest free ones are offered', async () => {
    const start = at('2026-11-25T15:20:00+03:00');
    const recruiter = t.member('recruiter1');
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('Назначить время');
    await recruiter.tap('по телефону');
    await recruiter.tap(/25 нояб/);
    await t.db.slots.insertOne({
      _id: `recruiter1:${start}`,
      interviewer: 'recruiter1',
      start,
      candidate: 'x',
      application: 'y',
      at: 1,
    });
    await recruiter.tap('15:20');
    const labels = recruiter.messages().flatMap(({ buttons }) => buttons.flat().map(({ text }) => text));
    expect(labels.filter((text) => /15:00|15:40/.test(text))).toHaveLength(2);
    // None of them suits: others may be typed, as often as it takes.
    await recruiter.say('25.11 15:20');
    await recruiter.say('25.11 17:40');
    expect((await t.application('a-c1')).interview?.start).toBe(at('2026-11-25T17:40:00+03:00'));
  });

  it('moves it and cancels it, after asking', async () => {
    const recruiter = t.member('recruiter1');
    const set = async (button: string, time: string) => {
      await recruiter.tap(button);
      await recruiter.tap('по телефону');
      await recruiter.tap(/25 нояб/);
      await recruiter.tap(time);
    };
    await recruiter.tapFrom('s:card:a-c1');
    await set('Назначить время', '15:20');
    await recruiter.tapFrom('s:card:a-c1');
    await set('Перенести', '16:00');
    expect(
      await t.db.slots
        .find()
        .map(({ start }) => start)
        .toArray(),
    ).toEqual([at('2026-11-25T16:00:00+03:00')]);
    await recruiter.tapFrom('s:card:a-c1');
    await recruiter.tap('Отменить встречу');
    expect((await t.application('a-c1')).interview).toBeDefined();
    await recruiter.tap('Да, отменить');
    expect((await t.application('a-c1')).interview).toBeUndefined();
    expect(await t.db.slots.findOne()).toMatchObject({ until: expect.any(Number) });
    // Taken back within the minute it is theirs, and nobody has heard of anything.
    await recruiter.tap('Вернуть встречу');
    expect((await t.application('a-c1')).interview?.start).toBe(at('2026-11-25T16:00:00+03:00'));
    expect((await t.db.slots.findOne())?.until).toBeUndefined();
    await recruiter.tap('Отменить встречу');
    await recruiter.tap('Да, отменить');
    await t.engine.moveClock(t.clock.offset() + 61_000);
    await t.quiet();
    expect(
      await t.db.ledger.countDocuments({ 'message.key': 'candidate.interviewCancelled', status: 'sent' }),
    ).toBe(1);
    await recruiter.tap('Вернуть встречу');
    expect(t.toast()?.text).toContain('сообщение ушло');
    // Drawn anew, the card offers it no more.
    await recruiter.tapFrom('s:card:a-c1');
    expect(JSON.stringify(recruiter.last().buttons)).not.toContain('Вернуть встречу');
  });
});
