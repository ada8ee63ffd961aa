import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { label } from '../support/worded.ts';
import { type StaffUnderTest, startStaff } from './startStaff.ts';

let t: StaffUnderTest;
beforeEach(async () => {
  t = await startStaff();
});
afterEach(() => t.close());

const given = (value: string | number) => ({ value, by: 'recruiter1', at: 0 });
const stageOf = async (id: string) => (await t.application(id)).stage;
const vacancy = async () => t.db.vacancies.findOne({ _id: 'driver' });

/** One about to work, one in review, one with an offer. */
async function three(): Promise<void> {
  await t.candidate(
    'c1',
    {},
    {
      stage: 'starting',
      fields: {
        firstDayClient: given('да'),
        firstDayCandidate: given('да'),
        startDate: given(t.clock.now()),
      },
    },
  );
  await t.candidate('c2', { phone: '+79160000002' }, { stage: 'review' });
  await t.candidate('c3', { phone: '+79160000003' }, { stage: 'offer' });
}
const works = () => t.member('recruiter1').tapFrom('s:outcome:a-c1:works');

describe('[A-15] the last place is filled', () => {
  it('the vacancy closes, the others are set aside, and reopening brings them back', async () => {
    await three();
    await t.db.vacancies.updateOne({ _id: 'driver' }, { $set: { places: 1 } });
    await works();
    await eventually(
      () => stageOf('a-c2'),
      (stage) => stage === 'reserve',
    );
    expect(await vacancy()).toMatchObject({ status: 'archived', turned: { to: 'filled', told: true } });
    expect(await stageOf('a-c3')).toBe('offer');
    const head = t.member('head');
    expect(head.last().text).toContain('Все места заняты (1)');
    await head.tap(label('places.button.open'));
    expect(head.last().text).toMatch(/места заняты[\s\S]*Мест: 1, занято: 1/);
    await head.tap(label('places.button.reopen'));
    await eventually(
      () => stageOf('a-c2'),
      (stage) => stage === 'review',
    );
    expect(await vacancy()).toMatchObject({ status: 'open' });
    await t.again();
    expect((await t.application('a-c2')).tasks.filter(({ done }) => done === undefined)).toHaveLength(1);
  });

  it('one of two is not the last', async () => {
    await three();
    await t.db.vacancies.updateOne({ _id: 'driver' }, { $set: { places: 2 } });
    await works();
    expect(await vacancy()).toMatchObject({ status: 'open' });
    expect(await stageOf('a-c2')).toBe('review');
  });

  it('[A-18] dismissed in the guarantee: one place is free again, and the vacancy opens', async () => {
    await three();
    await t.db.vacancies.updateOne({ _id: 'driver' }, { $set: { places: 1 } });
    await works();
    await eventually(
      () => stageOf('a-c2'),
      (stage) => stage === 'reserve',
    );
    await t.db.candidates.updateOne(
      { _id: 'c1' },
      {
        $set: {
          'applications.0.fields.dismissedAt': given(t.clock.now()),
          'applications.0.fields.dismissReason': given('прогул'),
        },
        $inc: { version: 1 },
      },
    );
    await t.member('recruiter1').tapFrom('s:outcome:a-c1:dismissed');
    await eventually(
      () => stageOf('a-c2'),
      (stage) => stage === 'review',
    );
    expect(await vacancy()).toMatchObject({ status: 'open', turned: { to: 'open', told: true } });
    expect(t.member('head').messages().at(-1)?.text).toContain('место снова свободно');
  });

  it('undoing the first day opens it too; one that was archived by hand stays so', async () => {
    await three();
    await t.db.vacancies.updateOne({ _id: 'driver' }, { $set: { places: 1 } });
    await works();
    await eventually(
      () => stageOf('a-c2'),
      (stage) => stage === 'reserve',
    );
    await t.member('recruiter1').tapFrom('s:undo:a-c1');
    await eventually(
      () => stageOf('a-c2'),
      (stage) => stage === 'review',
    );
    await works();
    await eventually(vacancy, (one) => one?.status === 'archived');
    await t.member('head').tapFrom('v:archive:driver');
    await t.member('recruiter1').tapFrom('s:undo:a-c1');
    expect(await vacancy()).toMatchObject({ status: 'archived' });
  });

  it('the number of places is changed, and settled at once', async () => {
    await three();
    await works();
    const head = t.member('head');
    await head.tapFrom('v:editing:driver:places');
    await head.say('сколько-нибудь');
    expect(head.last().text).toContain('Нужно число');
    await head.tap('1');
    expect(await vacancy()).toMatchObject({ status: 'archived', places: 1 });
    await head.tapFrom('v:editing:driver:places');
    await head.say('2');
    expect(await vacancy()).toMatchObject({ status: 'open', places: 2 });
    await head.tapFrom('v:editing:driver:places');
    await head.tap(label('places.anyButton'));
    expect((await vacancy())?.places).toBeUndefined();
  });

  it('the choice for the others is a button of the settings', async () => {
    await three();
    await t.db.vacancies.updateOne({ _id: 'driver' }, { $set: { places: 1 } });
    const head = t.member('head');
    await head.tapFrom('g:edit:placeTaken');
    await head.tap(label('staff.settings.placeTaken.refuse'));
    expect(head.last().text).toContain('остальным: <b>отказ');
    await works();
    await eventually(
      () => stageOf('a-c2'),
      (stage) => stage === 'refused',
    );
    expect((await t.application('a-c2')).refusal?.reason).toBe('filled');
  });
});
