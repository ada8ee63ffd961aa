import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../flows/candidate.ts';
import type { Notify } from '../../flows/effect.ts';
import { candidate, hour, morning, vacancy, World } from './factory.ts';

/** Their confirmed word, as the runtime brings it back. */
function confirmed(world: World): World {
  const asked = world.last.find(({ type }) => type === 'forget');
  if (asked?.type !== 'forget') throw new Error('nobody asked to be forgotten');
  world.happens({ type: 'forgetPerson', by: 'candidate', tell: asked.tell }, asked.key);
  return world;
}

const forgets = (world: World): World => confirmed(world.say('/forget').tap('forget.button.yes'));

/** What the last decision says, in which words anybody may be named. */
const ordered = (world: World): string => JSON.stringify(world.last);

describe('[X-02] /forget', () => {
  test('says what is called off, and deletes nothing before it is confirmed', () => {
    const world = new World().booked();
    world.say('/forget');
    expect(world.said).toEqual(['forget.ask']);
    expect(world.message('forget.ask').message.params?.lines).toMatchObject({
      lines: [{ key: 'forget.ends.title' }, { key: 'forget.ends.meeting' }],
    });
    expect(world.state.name).toBe('Пётр');
    expect(world.last.some(({ type }) => type === 'forget')).toBe(false);
  });

  test.each(['forget.button.no', 'нет', 'Нет, спасибо'])(
    '"%s" keeps all, and the question goes on',
    (said) => {
      const world = new World().consents().say('/forget');
      if (said.startsWith('forget.')) world.tap(said);
      else world.say(said);
      expect(world.said).toEqual(['forget.kept', 'candidate.question.text']);
      expect(world.state.dialog?.kind).toBe('question');
      world.tap('candidate.button.yes');
      expect(world.application.stage).toBe('review');
    },
  );

  test.each(['да', 'ок', 'yes', 'хочу'])('"%s" is not the word that deletes', (said) => {
    const world = new World().screened().say('/forget').say(said);
    expect(world.said).toEqual(['forget.hint', 'forget.ask']);
    expect(world.state.forgotten).toBeUndefined();
  });

  test.each(['удалить', 'Удалить всё!', 'delete'])('"%s" is', (said) => {
    const world = confirmed(new World().screened().say('/forget').say(said));
    expect(world.state.forgotten).toMatchObject({ by: 'candidate', phase: 'erasing' });
  });

  test('asked for while a recruiter talks, the word deletes, and any other goes to them', () => {
    const world = new World().screened();
    world.act('anna', { type: 'openRelay' });
    world.say('/forget').say('а можно вопрос?');
    expect(world.told('anna')).toEqual(['notice.candidateWrote']);
    expect(confirmed(world.say('удалить')).state.forgotten?.by).toBe('candidate');
  });

  test('of the card stays what is counted; nothing that was ordered names the person', () => {
    const world = new World().booked();
    const start = world.application.interview?.start ?? 0;
    world.act('anna', { type: 'addNote', text: 'Пётр опаздывает' });
    forgets(world);
    const { forgotten, ...rest } = world.state;
    expect(JSON.stringify({ ...rest, decided: [] })).not.toMatch(/Пётр|"100"|вариант/);
    expect(rest).toMatchObject({
      channels: [],
      applications: [{ vacancy: 'cook', stage: 'withdrawn', notes: [] }],
    });
    expect(forgotten).toMatchObject({ consent: { version: world.policy.consent.version, at: morning } });
    expect(ordered(world)).not.toContain('Пётр');
    expect([world.told('anna'), world.told('client')]).toEqual([['forget.told.ask'], ['forget.meetingOff']]);
    expect(world.happened).toEqual(['forgotten']);
    expect(world.slots.has(`anna:${start}`)).toBe(false);
  });

  test("the client's calendar loses the meeting, under a title without a name", () => {
    const world = forgets(new World().booked());
    const off = world.last.find(
      (one): one is Notify => one.type === 'notify' && one.message.key === 'forget.meetingOff',
    );
    expect(off?.message.file).toMatchObject({ cancelled: true, title: { key: 'forget.calendarTitle' } });
  });

  test('who works has their place still; who was to be refused hears nothing more', () => {
    const world = new World();
    world.screened();
    world.state.applications[0] = { ...world.application, stage: 'work' };
    forgets(world);
    expect(world.application.stage).toBe('hired');
    expect(world.last.some(({ type }) => type === 'countPlaces')).toBe(false);
    const refused = new World().screened();
    refused.act('anna', { type: 'refuse', reason: 'experience' });
    forgets(refused);
    expect(refused.application).toMatchObject({ stage: 'refused' });
    expect(refused.application.refusal).toBeUndefined();
    expect(refused.told('anna')).toEqual([]);
  });

  test('then nothing is decided about them but the end of it, which is said to the chat they wrote from', () => {
    const world = forgets(new World().screened());
    expect(world.code('anna', { type: 'invite' })).toBe('forgotten');
    expect(
      world.happens({ type: 'timerDue', timer: { kind: 'relayEnd', application: '', until: 0 } }),
    ).toEqual({
      ok: false,
      code: 'forgotten',
    });
    expect(world.happens({ type: 'forgetPerson', by: 'head' })).toEqual({ ok: false, code: 'forgotten' });
    world.happens({ type: 'erased' });
    expect(world.last).toMatchObject([
      {
        to: { chat: { channel: 'telegram', address: '100' } },
        message: { key: 'forget.done', params: { number: 'c' } },
      },
    ]);
    world.happens({ type: 'goodbyeOrdered' });
    expect(JSON.stringify(world.state.forgotten)).not.toContain('100');
    expect(world.state.forgotten).toMatchObject({ by: 'candidate' });
    expect(world.state.forgotten?.phase).toBeUndefined();
  });

  test('a blacklisted person, a person with no application, one nobody asked anything: all are forgotten alike', () => {
    const black = new World().screened();
    black.act('anna', { type: 'blacklist', reason: 'грубость' });
    forgets(black);
    expect(black.state.blacklisted).toBeUndefined();
    const fresh = new World([vacancy()], candidate());
    forgets(fresh);
    expect(fresh.state).toMatchObject({ channels: [], applications: [] } satisfies Partial<Candidate>);
  });

  test('after as long as data is kept nobody is told anything', () => {
    const world = new World().screened();
    world.act('anna', { type: 'refuse', reason: 'experience' });
    world.until(morning + 48 * hour);
    world.happens({ type: 'forgetPerson', by: 'bot' });
    expect(world.happened).toEqual(['keptLongEnough']);
    world.happens({ type: 'erased' });
    expect(world.last).toEqual([]);
  });
});

describe('[X-02] /mydata', () => {
  test('is a file, once an hour; nothing where nothing is kept', () => {
    expect(new World().say('/mydata').said).toEqual(['mydata.nothing']);
    const world = new World().screened().say('/mydata');
    expect(world.message('mydata.here').message.file).toMatchObject({ channel: 'made', id: 'mydata:c' });
    expect(world.say('/mydata').said).toEqual(['mydata.soon']);
    world.until(world.now + hour);
    expect(world.say('/mydata').said).toEqual(['mydata.here']);
  });
});
