import { describe, expect, test } from 'vitest';
import type { RefusalCode } from '../../flows/facts.ts';
import { type Act, at, file, hour, member, minute, morning, vacancy, World } from './factory.ts';

const start = at('2026-11-26T14:20');
const two = () => [vacancy('cook'), vacancy('driver')];
const refused = () => {
  const world = new World().screened();
  world.act('anna', { type: 'refuse', reason: 'skills', text: 'мало опыта' });
  return world;
};

describe('a window set out of the reserve', () => {
  test('[P-20] leaves a task when somebody was faster, and none when it was ours', () => {
    const start = at('2026-11-26T14:20');
    const set = { type: 'setInterview', interviewer: 'anna', start, format: 'office' } as const;
    const world = new World().screened();
    world.act('anna', { type: 'reserve' });
    world.act('anna', set);
    world.slots.set(`anna:${start}`, 'another');
    world.settle();
    expect(world.application.stage).toBe('invited');
    expect(world.tasks).toEqual(['reschedule']);
    world.act('anna', { ...set, start: start + 20 * minute });
    world.settle();
    expect(world.application.stage).toBe('interview');
    expect(world.tasks).toEqual([]);
  });
});

describe('rights', () => {
  const taken = () => {
    const world = new World([vacancy('cook', { recruiters: ['anna'] })]).screened();
    world.act('anna', { type: 'take' });
    return world;
  };
  test.each([
    ['the head', 'head', 'done'],
    ['the recruiter whose it is', 'anna', 'done'],
    ['another recruiter', 'boris', 'notAllowed'],
    ['a client', 'client', 'notAllowed'],
    ['nobody', 'ghost', 'noSuchMember'],
    ['the bot', 'bot', 'done'],
    ['the API', 'api:key', 'done'],
  ])('[P-02] %s acts on a taken application: %s → %s', (_who, by, code) => {
    expect(taken().code(by, { type: 'reserve' })).toBe(code);
  });

  test('[P-02] a recruiter of the same vacancy may help out', () => {
    const world = new World().screened();
    world.act('anna', { type: 'take' });
    expect(world.code('boris', { type: 'reserve' })).toBe('done');
    expect(world.application.recruiter).toBe('anna');
  });

  test('[P-02] who has left the agency may do nothing', () => {
    const world = taken();
    world.members = world.members.map((one) => (one._id === 'anna' ? { ...one, active: false } : one));
    expect(world.code('anna', { type: 'reserve' })).toBe('noSuchMember');
  });

  test('[P-02] acting on a lead nobody took is taking it', () => {
    const world = new World().screened();
    world.act('boris', { type: 'invite' });
    expect(world.application).toMatchObject({ recruiter: 'boris', taken: morning });
    expect(world.tasks).toEqual([]);
  });
});

describe('why not', () => {
  const booked = () => new World(two()).booked(start);
  const table: [RefusalCode, World | (() => World), string, Act][] = [
    ['noSuchMember', refused, 'ghost', { type: 'take' }],
    ['noSuchVacancy', booked, 'anna', { type: 'attach', vacancy: 'gone' }],
    ['notAllowed', booked, 'client', { type: 'take' }],
    ['wrongStage', refused, 'anna', { type: 'refuse', reason: 'other' }],
    ['wrongStage', booked, 'anna', { type: 'judgePortrait', fits: true }],
    ['wrongStage', booked, 'anna', { type: 'addEvidence', file }],
    ['wrongStage', refused, 'anna', { type: 'setInterview', interviewer: 'anna', start, format: 'office' }],
    [
      'slotInPast',
      booked,
      'anna',
      { type: 'setInterview', interviewer: 'anna', start: morning - hour, format: 'office' },
    ],
    ['slotTaken', booked, 'anna', { type: 'setInterview', interviewer: 'anna', start, format: 'office' }],
    ['slotTaken', booked, 'anna', { type: 'setInterview', interviewer: 'boris', start, format: 'office' }],
    [
      'formatNotOffered',
      booked,
      'anna',
      { type: 'setInterview', interviewer: 'anna', start, format: 'zoom' },
    ],
    ['noInterview', refused, 'anna', { type: 'cancelInterview' }],
    ['noInterview', refused, 'anna', { type: 'recordAttendance', attendance: 'came' }],
    ['noInterview', () => new World().invited(), 'anna', { type: 'move', stage: 'interview' }],
    ['tooEarly', booked, 'anna', { type: 'recordAttendance', attendance: 'came' }],
    ['nothingToUndo', booked, 'anna', { type: 'undo' }],
    ['alreadySent', () => refused().until(morning + 24 * hour), 'anna', { type: 'undo' }],
    ['alreadyTaken', booked, 'boris', { type: 'take' }],
    ['alreadyAttached', booked, 'anna', { type: 'attach', vacancy: 'cook' }],
    ['unknownReason', booked, 'anna', { type: 'refuse', reason: 'mood' }],
    ['relayBusy', booked, 'anna', { type: 'relayMessage', text: 'а' }],
    ['noSuchTask', booked, 'anna', { type: 'finishTask', task: 'gone' }],
    ['nameTooLong', booked, 'anna', { type: 'setName', name: 'Я'.repeat(101) }],
    ['emptyText', booked, 'anna', { type: 'addNote', text: '  ' }],
  ];
  test.each(table)('%s: by %s', (code, make, by, act) => {
    const world = typeof make === 'function' ? make() : make;
    const before = structuredClone(world.state);
    expect(world.code(by, act)).toBe(code);
    expect(world.state).toEqual(before);
    expect(world.last).toEqual([]);
  });

  test('noSuchApplication', () => {
    expect(new World().consents().code('anna', { type: 'take' }, 'gone')).toBe('noSuchApplication');
  });

  test('blacklisted: not invited to another vacancy either', () => {
    const world = new World(two()).screened();
    const first = world.application.id;
    world.act('anna', { type: 'attach', vacancy: 'driver' });
    world.act('anna', { type: 'reserve' });
    world.act('anna', { type: 'blacklist', reason: 'x' }, first);
    expect(world.code('anna', { type: 'invite' })).toBe('blacklisted');
    expect(world.code('anna', { type: 'move', stage: 'review' })).toBe('blacklisted');
  });

  test('relayBusy and cannotReach', () => {
    const world = new World(two()).booked(start);
    world.act('anna', { type: 'openRelay' });
    expect(world.act('head', { type: 'openRelay' })).toEqual({
      ok: false,
      code: 'relayBusy',
      params: { name: 'name of anna' },
    });
    const away = new World().screened();
    away.happens({ type: 'channelBlocked', reach: { channel: 'telegram', address: '100' } });
    expect(away.code('anna', { type: 'openRelay' })).toBe('cannotReach');
  });

  test('a refusal of a stage says which stage it is', () => {
    expect(refused().act('anna', { type: 'judgePortrait', fits: true })).toEqual({
      ok: false,
      code: 'wrongStage',
      params: { stage: { key: 'staff.stage.refused' } },
    });
  });
});

describe('refusal', () => {
  test('[P-17] has a reason from the list, a text and evidence', () => {
    const world = refused();
    expect(world.application.refusal).toMatchObject({
      reason: 'skills',
      text: 'мало опыта',
      by: 'anna',
      messageAt: morning + 12 * hour + 10 * hour,
    });
    world.act('anna', { type: 'addEvidence', file });
    expect(world.application.refusal?.evidence).toEqual([file]);
  });

  test('[P-18] its message leaves after 12 hours and after the night, once', () => {
    // 10:00 and 12 hours is 22:00: the quiet hours have begun, so 08:00.
    const world = refused().until(at('2026-11-25T07:59'));
    expect(world.everSaid).not.toContain('candidate.refusal');
    world.until(at('2026-11-25T08:00'));
    expect(world.everSaid.filter((key) => key === 'candidate.refusal')).toHaveLength(1);
    const timer = { kind: 'refusal' as const, application: world.application.id, at: morning };
    expect(world.rings(timer).last).toEqual([]);
  });

  test('[P-18] undone before: no message, the stage before is back', () => {
    const world = refused();
    expect(world.code('anna', { type: 'undo' })).toBe('done');
    expect(world.application.stage).toBe('review');
    expect(world.application.refusal).toBeUndefined();
    world.until(morning + 48 * hour);
    expect(world.everSaid).not.toContain('candidate.refusal');
    expect(world.code('anna', { type: 'undo' })).toBe('nothingToUndo');
  });

  test('[P-18] undone and refused again: one message, at the later time', () => {
    const world = refused();
    world.act('anna', { type: 'undo' });
    world.now += 2 * hour;
    world.act('anna', { type: 'refuse', reason: 'other' });
    world.rings({ kind: 'refusal', application: world.application.id, at: morning });
    expect(world.said).toEqual([]);
    world.until(morning + 48 * hour);
    expect(world.everSaid.filter((key) => key === 'candidate.refusal')).toHaveLength(1);
  });

  test('[P-18] who is invited after all gets no message of refusal, and later acts can be undone', () => {
    const world = refused().until(morning + 24 * hour);
    world.act('anna', { type: 'invite' });
    expect(world.application.refusal).toBeUndefined();
    world.act('anna', { type: 'reserve' });
    expect(world.code('anna', { type: 'undo' })).toBe('done');
    expect(world.application.stage).toBe('invited');
    const early = refused();
    early.act('anna', { type: 'invite' });
    early.until(morning + 48 * hour);
    expect(early.everSaid).not.toContain('candidate.refusal');
  });

  test('[P-18] with an interview: the window is free, and undoing does not take it back', () => {
    const world = new World().booked(start);
    world.act('anna', { type: 'refuse', reason: 'other' });
    expect(world.slots.size).toBe(0);
    world.act('anna', { type: 'undo' });
    expect(world.application).toMatchObject({ stage: 'invited' });
    expect(world.application.interview).toBeUndefined();
    expect(world.tasks).toEqual(['reschedule']);
  });

  test('[P-18] a candidate refused in the middle of the questions is not asked on', () => {
    const world = new World().consents();
    world.act('anna', { type: 'refuse', reason: 'other' });
    expect(world.state.dialog).toBeUndefined();
    world.tap('candidate.button.yes');
    expect(world.toast).toEqual({ key: 'candidate.toast.stale' });
  });
});

describe('undo', () => {
  const undone = (world: World, act: Act) => {
    world.act('anna', act);
    world.act('anna', { type: 'undo' });
    return world;
  };

  test.each([
    ['reserve', { type: 'reserve' } as const],
    ['blacklist', { type: 'blacklist', reason: 'x' } as const],
    ['move to the blacklist', { type: 'move', stage: 'blacklist' } as const],
    ['move to the reserve', { type: 'move', stage: 'reserve' } as const],
    ['move to refused', { type: 'move', stage: 'refused' } as const],
  ])('[P-20] %s, and everything is as before', (_name, act) => {
    const world = undone(new World().screened(), act);
    expect(world.application.stage).toBe('review');
    expect(world.state.blacklisted).toBeUndefined();
    expect(world.tasks).toEqual(['review']);
  });

  test.each([
    ['taken back', 'anna', { type: 'undo' } as const],
    ['ended from another vacancy', 'head', { type: 'move', stage: 'review' } as const],
  ])('[P-18] [P-20] the blacklist straight from a refusal, %s: the refusal stands', (name, by, lift) => {
    const world = new World(two()).screened();
    const refusedOne = world.application.id;
    const other = () => world.state.applications.at(-1)?.id ?? '';
    world.act('anna', { type: 'attach', vacancy: 'driver' });
    world.act('anna', { type: 'refuse', reason: 'skills', text: 'нет прав' }, refusedOne);
    const told = world.alarms.get(`refusal:${refusedOne}`);
    const { refusal, undo } = world.state.applications[0] ?? expect.fail();
    // The other vacancy ends with it, and is where the blacklist can be ended, too.
    expect(world.code('anna', { type: 'blacklist', reason: 'x' }, refusedOne)).toBe('done');
    expect(world.state.applications.map(({ stage }) => stage)).toEqual(['blacklist', 'blacklist']);
    expect([world.state.applications[0]?.refusal, world.alarms.has(`refusal:${refusedOne}`)]).toEqual([
      undefined,
      false,
    ]);
    expect(world.code(by, lift, name === 'taken back' ? refusedOne : other())).toBe('done');
    expect(world.state.applications.map(({ stage }) => stage)).toEqual(['refused', 'review']);
    expect(world.state.applications[0]).toMatchObject({ refusal, undo });
    expect(world.alarms.get(`refusal:${refusedOne}`)).toEqual(told);
    expect(world.state.blacklisted).toBeUndefined();
    world.until(world.now + 24 * hour);
    expect(world.everSaid).toContain('candidate.refusal');
  });

  test('[P-20] in the middle of the questions they go on; in another talk it leads to the recruiter', () => {
    const world = undone(new World().consents(), { type: 'reserve' });
    expect(world.application.stage).toBe('screening');
    world.tap('candidate.button.yes');
    expect(world.tasks).toEqual(['review']);
    const elsewhere = new World(two()).consents();
    const first = elsewhere.application.id;
    elsewhere.act('anna', { type: 'reserve' });
    elsewhere.arrives('driver').act('anna', { type: 'undo' }, first);
    expect(elsewhere.state.applications[0]?.stage).toBe('review');
  });

  test('[P-10] "fits" can be taken back to the decision', () => {
    const world = new World().booked(start).until(start + hour);
    world.act('anna', { type: 'recordAttendance', attendance: 'came' });
    undone(world, { type: 'judgePortrait', fits: true });
    expect([world.application.stage, world.tasks]).toEqual(['decision', ['decision']]);
  });

  test('[P-20] a move back leaves no task behind in a closed stage', () => {
    const world = new World().screened();
    world.act('anna', { type: 'reserve' });
    undone(world, { type: 'move', stage: 'review' });
    expect([world.application.stage, world.tasks]).toEqual(['reserve', []]);
  });

  test.each<[string, (world: World) => void, string, string?]>([
    [
      'an interview was set since',
      (world: World) => {
        world.act('anna', { type: 'setInterview', interviewer: 'anna', start, format: 'office' });
        world.settle();
      },
      'interview',
    ],
    [
      'the candidate was invited since',
      (world: World) => void world.act('anna', { type: 'invite' }),
      'invited',
      'alreadySent',
    ],
  ])('[P-20] not when %s', (_name, since, stage, code = 'nothingToUndo') => {
    const world = new World().screened();
    world.act('anna', { type: 'reserve' });
    since(world);
    expect(world.code('anna', { type: 'undo' })).toBe(code);
    expect(world.application.stage).toBe(stage);
  });

  test('[P-19] a recruiter cannot undo what the candidate did since', () => {
    const world = new World().booked(start);
    world.act('anna', { type: 'move', stage: 'decision' });
    world.tap('candidate.button.cancel').tap('3');
    expect(world.code('anna', { type: 'undo' })).toBe('nothingToUndo');
  });
});

describe('places', () => {
  test('[P-20] reserve: a kind word, no tasks, and a way back', () => {
    const world = new World().screened();
    world.act('anna', { type: 'reserve' });
    expect([world.said, world.tasks, world.application.stage]).toEqual([
      ['candidate.reserved'],
      [],
      'reserve',
    ]);
    expect(world.code('anna', { type: 'invite' })).toBe('done');
  });

  test('[P-20] blacklist: the person, not the application; nothing is said', () => {
    const world = new World(two()).screened();
    world.act('anna', { type: 'blacklist', reason: 'грубость' });
    expect(world.state.blacklisted).toMatchObject({ by: 'anna', reason: 'грубость' });
    expect(world.said).toEqual([]);
    expect(world.arrives('driver').said).toEqual(['candidate.notNow']);
  });

  test.each(['review', 'reserve'] as const)(
    '[P-20] out of the blacklist to %s: the person is free again',
    (stage) => {
      const world = new World().screened();
      world.act('anna', { type: 'blacklist', reason: 'x' });
      expect(world.code('anna', { type: 'move', stage })).toBe('done');
      expect(world.state.blacklisted).toBeUndefined();
      expect(world.code('anna', { type: 'invite' })).toBe('done');
    },
  );

  test('[P-20] moving another application does not free a blacklisted person', () => {
    const world = new World(two()).screened();
    const first = world.application.id;
    world.act('anna', { type: 'attach', vacancy: 'driver' });
    world.act('anna', { type: 'blacklist', reason: 'x' }, first);
    world.act('anna', { type: 'move', stage: 'withdrawn' });
    expect(world.state.blacklisted).toBeDefined();
  });

  test('[P-20] a stage by button only where the table allows it', () => {
    const world = new World().screened();
    expect(world.code('anna', { type: 'move', stage: 'agreeing' })).toBe('wrongStage');
    expect(world.code('anna', { type: 'move', stage: 'withdrawn' })).toBe('done');
    expect(world.code('anna', { type: 'move', stage: 'review' })).toBe('done');
    expect(world.tasks).toEqual(['review']);
  });
});

describe('attach, detach, notes and files', () => {
  test('[A-12] attached: taken by who did it, and to be looked at', () => {
    const world = new World(two()).screened();
    world.turn['driver'] = 'boris';
    expect(world.code('anna', { type: 'attach', vacancy: 'driver' })).toBe('done');
    expect(world.application).toMatchObject({
      vacancy: 'driver',
      source: 'attached',
      stage: 'review',
      recruiter: 'anna',
      taken: morning,
    });
    expect(world.application.tasks.filter(({ done }) => done === undefined)).toMatchObject([
      { kind: 'review', member: 'anna' },
    ]);
    expect(world.happened).toEqual(['applied', 'attached']);
  });

  test('[A-12] by the head: it is the recruiter’s whose turn it is, to take', () => {
    const world = new World(two()).screened();
    world.turn['driver'] = 'boris';
    world.act('head', { type: 'attach', vacancy: 'driver' });
    expect(world.application).toMatchObject({ recruiter: 'boris' });
    expect(world.application.taken).toBeUndefined();
    expect(world.tasks).toEqual(['take']);
  });

  test('[A-12] detached, with a record; attached again as a new application', () => {
    const world = new World(two()).screened();
    world.act('anna', { type: 'detach' });
    expect([world.application.stage, world.happened]).toEqual(['withdrawn', ['detached']]);
    expect(world.code('anna', { type: 'detach' })).toBe('wrongStage');
    expect(world.code('anna', { type: 'attach', vacancy: 'cook' })).toBe('done');
    expect(world.state.applications).toHaveLength(2);
  });

  test('[B-12] notes and files are kept with who and when', () => {
    const world = new World().screened();
    world.act('anna', { type: 'addNote', text: 'перезвонить' });
    world.act('anna', { type: 'addFile', file });
    expect(world.application.notes).toEqual([{ at: morning, by: 'anna', text: 'перезвонить' }]);
    expect(world.application.files).toEqual([{ ...file, at: morning, by: 'anna' }]);
  });

  test('[P-06] a recruiter sets the time: booked, and told by the time of day', () => {
    const world = new World().screened();
    expect(world.code('anna', { type: 'setInterview', interviewer: 'anna', start, format: 'office' })).toBe(
      'done',
    );
    world.settle();
    expect(world.application).toMatchObject({ stage: 'interview', interview: { start } });
    expect(world.message('candidate.slot.booked').prompt).toBe(false);
  });

  test('[P-06] a client’s contact who is gone is not written to', () => {
    const world = new World();
    world.members = world.members.map((one) =>
      one._id === 'client' ? member('client', 'client', { active: false }) : one,
    );
    expect(world.booked().told('client')).toEqual([]);
  });
});
