import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Candidate } from '../../flows/candidate.ts';
import { eventually } from '../support/eventually.ts';
import { label, worded } from '../support/worded.ts';
import { type StaffUnderTest, startStaff } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
});
afterEach(() => t.close());

const hour = 3_600_000;

/** Drivers who lie in the reserve, free for another vacancy. */
async function reserve(count: number, more: Partial<Candidate> = {}): Promise<void> {
  for (let number = 1; number <= count; number += 1)
    await t.candidate(
      `c${number}`,
      {
        name: `Водитель ${number}`,
        phone: `+7916000000${number}`,
        pool: { keys: ['водит'], at: t.clock.now() - number },
        ...more,
      },
      { stage: 'reserve', answers: {} },
    );
}
const offersOf = async (id: string) =>
  (await t.db.candidates.findOne({ _id: id }))?.offers?.map(({ vacancy }) => vacancy);
const second = async () => {
  const driver = await t.db.vacancies.findOne({ _id: 'driver' });
  if (!driver) throw new Error('no driver');
  await t.db.vacancies.insertOne({ ...driver, _id: 'second', title: { ru: 'Водитель такси' }, createdAt: 1 });
};

describe('[A-24] people are proposed', () => {
  it('when a vacancy is opened again, with the reasons; one tap invites one', async () => {
    await reserve(2);
    await second();
    const head = t.member('head');
    await head.tapFrom('v:reopen:second');
    expect(head.last().text).toMatch(
      /Водитель такси[\s\S]*Подходят 2 человека[\s\S]*1\. <b>Водитель 1[\s\S]*✓ раньше: «/,
    );
    await head.tap('✉️ 2');
    expect(head.last().text).toMatch(/Водитель 2[\s\S]*приглашение отправлено/);
    expect(await offersOf('c2')).toEqual(['second']);
    expect(await offersOf('c1')).toBeUndefined();
    await t.again();
    expect(t.person(702).messages()).toHaveLength(1);
    expect(t.person(702).last().text).toContain('похожая вакансия');
  });

  it('some are ticked, over two pages; or all at once; those who cannot be written to are rung', async () => {
    await reserve(7);
    await t.db.candidates.updateOne({ _id: 'c3' }, { $set: { channels: [] }, $inc: { version: 1 } });
    await second();
    const head = t.member('head');
    await head.say('/match');
    await head.tap('Водитель такси');
    expect(head.last().text).toContain('можно позвонить');
    await head.tap('⬜️ 1');
    await head.tap(/^›|Дальше|›$/);
    await head.tap('⬜️ 6');
    await head.tap('Пригласить выбранных: 2');
    expect(await offersOf('c1')).toEqual(['second']);
    expect(await offersOf('c6')).toEqual(['second']);
    expect(await offersOf('c2')).toBeUndefined();
    await head.tap(/Пригласить всех/);
    expect(await offersOf('c7')).toEqual(['second']);
    expect(await offersOf('c3')).toBeUndefined();
    await head.say('/match');
    await head.tap('Водитель такси');
    expect(head.last().text).toContain('Подходит 1 человек');
  });

  it('an old list is known as old, and nobody is no message after a save', async () => {
    await second();
    const head = t.member('head');
    await head.tapFrom('v:reopen:second');
    expect(head.last().text).not.toContain('Кому предложить');
    await head.tapFrom('v:match:second');
    expect(head.last().text).toMatch(worded('match.none'));
    await head.tapFrom('x:all:gone:0');
    expect(t.toast()?.text).toContain('устарел');
  });

  it('the wizard that made a vacancy proposes at its end; a new title, too', async () => {
    await reserve(1);
    await second();
    const head = t.member('head');
    await head.tapFrom('v:editing:second:title');
    await head.say('Водитель погрузчика');
    await head.tap('Пропустить');
    expect(head.last().text).toMatch(/Водитель погрузчика[\s\S]*Водитель 1/);
  });

  it('[X-04] what waits for the morning is not sent when the vacancy closes before', async () => {
    await reserve(2);
    await second();
    await t.engine.moveClock(t.clock.offset() + 13 * hour);
    const head = t.member('head');
    await head.tapFrom('v:match:second');
    await head.tap(/Пригласить всех/);
    expect(await offersOf('c1')).toEqual(['second']);
    expect(t.person(701).messages()).toHaveLength(0);
    await t.db.candidates.updateOne({ _id: 'c2' }, { $set: { notLooking: { at: 1, why: 'foundJob' } } });
    await head.tapFrom('v:archive:second');
    await t.engine.moveClock(t.clock.offset() + 12 * hour);
    const rows = () => t.db.ledger.find({ 'message.key': 'match.offerAgain' }).toArray();
    await eventually(rows, (list) => list.every(({ status }) => status === 'superseded'));
    expect(await rows()).toHaveLength(2);
    expect(t.person(701).messages()).toHaveLength(0);
  });

  it('a recruiter of other vacancies finds none to match', async () => {
    await t.db.vacancies.updateMany({}, { $set: { recruiters: ['recruiter2'] } });
    const recruiter = t.member('recruiter1');
    await recruiter.say('/match');
    expect(recruiter.last().text).toMatch(worded('match.noVacancies'));
    await recruiter.tapFrom('v:match:driver');
    expect(t.toast()).toMatchObject({ text: label('refusal.notAllowed'), show_alert: true });
  });
});
