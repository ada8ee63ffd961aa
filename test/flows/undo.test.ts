import { describe, expect, test } from 'vitest';
import type { Application } from '../../flows/candidate.ts';
import { offersUndo } from '../../flows/offersUndo.ts';
import type { Effect, Notify } from '../../flows/effect.ts';
import { type Act, at, hour, minute, morning, vacancy, World } from './factory.ts';

const start = at('2026-11-26T14:20');
const reviewed = () => {
  const world = new World().screened();
  world.act('anna', { type: 'take' });
  return world;
};
const held = () => {
  const world = new World().booked(start).until(start + hour);
  return world;
};
const decided = () => {
  const world = held();
  world.act('anna', { type: 'recordAttendance', attendance: 'came' });
  return world;
};
/** Fits the portrait: the client's interview is to be agreed. */
const agreeing = () => {
  const world = decided();
  world.act('anna', { type: 'judgePortrait', fits: true });
  return world;
};
const windows = [at('2026-12-01T14:00'), at('2026-12-01T15:00')];
const proposal: Act = { type: 'proposeWindows', starts: windows, format: 'office' };
/** The question to the client that was ordered last. */
const askOf = (world: World): Notify => {
  const isAsk = (one: Effect) => one.type === 'notify' && one.message.key === 'late.askClient';
  const found = world.effects.findLast(isAsk);
  return found?.type === 'notify' ? found : expect.fail('the client is not asked');
};
const taskOf = (world: World) => world.application.tasks.find(({ done }) => done === undefined)?.id ?? '';

/** What a recruiter sees of an application: alarms are counted in moves, which only rise. */
const seen = ({ undo: _undo, interviewVersion: _version, fields = {}, tasks, ...rest }: Application) => ({
  ...rest,
  fields,
  tasks: tasks.map(({ moves: _moves, ...task }) => task),
});

describe('every act of a recruiter can be taken back', () => {
  const table: [string, () => World, (world: World) => Act][] = [
    ['take', () => new World().screened(), () => ({ type: 'take' })],
    ['reserve', reviewed, () => ({ type: 'reserve' })],
    ['refuse', reviewed, () => ({ type: 'refuse', reason: 'skills' })],
    ['refuse: found a job', reviewed, () => ({ type: 'refuse', reason: 'foundJob' })],
    ['blacklist', reviewed, () => ({ type: 'blacklist', reason: 'x' })],
    ['move', reviewed, () => ({ type: 'move', stage: 'call' })],
    ['withdrawn', reviewed, () => ({ type: 'move', stage: 'withdrawn' })],
    ['detach', reviewed, () => ({ type: 'detach' })],
    ['outcome', reviewed, () => ({ type: 'outcome', outcome: 'call' })],
    ['outcome: refused', decided, () => ({ type: 'outcome', outcome: 'fitsNot' })],
    [
      'a call',
      () => {
        const world = reviewed();
        world.act('anna', { type: 'move', stage: 'call' });
        world.now += minute;
        return world;
      },
      () => ({ type: 'callResult', result: 'missed', again: 'later' }),
    ],
    ['attendance', held, () => ({ type: 'recordAttendance', attendance: 'notWarned' })],
    ['portrait', decided, () => ({ type: 'judgePortrait', fits: true })],
    ['an interview called off', () => new World().booked(start), () => ({ type: 'cancelInterview' })],
    ['windows proposed to the client', agreeing, () => proposal],
    ['a field', reviewed, () => ({ type: 'setField', field: 'price', value: 90_000 })],
    [
      'put off',
      reviewed,
      (world) => ({ type: 'snoozeTask', task: taskOf(world), until: world.now + 3 * hour }),
    ],
    ['handed over', reviewed, (world) => ({ type: 'handTask', task: taskOf(world), to: 'boris' })],
  ];

  test.each(table)('[B-05] %s: everything is as it was', (_name, make, act) => {
    const world = make();
    const before = structuredClone(world.state);
    world.now += minute / 2;
    expect(world.code('anna', act(world))).toBe('done');
    expect(world.application.undo).toMatchObject({ by: 'anna', at: world.now });
    expect(world.code('anna', { type: 'undo' })).toBe('done');
    expect(world.happened).toContain('undone');
    expect(seen(world.application)).toEqual(seen(before.applications.at(-1) as Application));
    expect(world.state.notLooking).toEqual(before.notLooking);
    expect(world.state.blacklisted).toBeUndefined();
    expect(world.code('anna', { type: 'undo' })).toBe('nothingToUndo');
  });

  test.each(table)(
    '[P-21] %s: taken back, no alarm of it is left, and every task has its own',
    (_name, make, act) => {
      const world = make();
      world.act('anna', act(world));
      world.act('anna', { type: 'undo' });
      const keys = [...world.alarms.keys()];
      expect(keys.filter((key) => /^(refusal|firstDay|startEve|probation):/.test(key))).toEqual([]);
      for (const { id, done } of world.application.tasks)
        if (done === undefined) expect(keys).toContain(`task:${id}`);
    },
  );

  test('[B-05] a value that was there before is back', () => {
    const world = reviewed();
    world.act('anna', { type: 'setField', field: 'price', value: 1 });
    world.act('anna', { type: 'setField', field: 'price', value: 2 });
    world.act('anna', { type: 'undo' });
    expect(world.application.fields?.price?.value).toBe(1);
  });

  test('[A-22] handed over and taken back: both colleagues know', () => {
    const world = reviewed();
    world.act('head', { type: 'handTask', task: taskOf(world), to: 'boris' });
    world.act('head', { type: 'undo' });
    expect([world.told('anna'), world.told('boris')]).toEqual([['notice.undone'], ['notice.undone']]);
    world.until(morning + hour);
    expect(world.everTold('boris')).not.toContain('notice.taskSoon');
    expect(world.everTold('anna')).toContain('notice.taskSoon');
  });
});

describe('until the first message has left', () => {
  test('[P-18] what tells of a stage waits a minute; then it cannot be taken back', () => {
    const world = reviewed();
    world.act('anna', { type: 'reserve' });
    expect(world.message('candidate.reserved').notBefore).toBe(morning + minute);
    world.until(morning + minute);
    expect(world.code('anna', { type: 'undo' })).toBe('alreadySent');
    expect(world.application.stage).toBe('reserve');
  });

  test('[P-18] taken back in time it does not leave, though the same is done again', () => {
    const world = reviewed();
    world.act('anna', { type: 'reserve' });
    const { key } = world.message('candidate.reserved');
    world.act('anna', { type: 'undo' });
    expect(world.last).toContainEqual(expect.objectContaining({ type: 'withdraw', messages: [key] }));
    world.act('anna', { type: 'reserve' });
    expect(world.message('candidate.reserved').key).not.toBe(key);
  });

  test('[P-18] an invitation at night waits for the morning, and can be taken back until then', () => {
    const world = reviewed().until(at('2026-11-24T23:00'));
    world.act('anna', { type: 'invite' });
    expect(world.code('anna', { type: 'undo' })).toBe('done');
    expect(world.application.stage).toBe('review');
    expect(world.state.dialog).toBeUndefined();
    world.act('anna', { type: 'invite' });
    world.until(at('2026-11-25T08:00'));
    expect(world.code('anna', { type: 'undo' })).toBe('alreadySent');
  });

  test('[P-17] what is put down beside a refusal does not take its undo away', () => {
    const world = reviewed();
    world.act('anna', { type: 'refuse', reason: 'skills' });
    world.act('anna', { type: 'setField', field: 'price', value: 1 });
    world.now += 5 * hour;
    expect(world.code('anna', { type: 'undo' })).toBe('done');
    expect(world.application.stage).toBe('review');
  });

  test('[P-19] what went on by itself is not taken back', () => {
    const world = new World([vacancy('cook')]).booked(start);
    world.act('anna', { type: 'setField', field: 'price', value: 1 });
    world.tap('candidate.button.cancel').tap('3');
    expect(world.code('anna', { type: 'undo' })).toBe('nothingToUndo');
  });

  test('[B-05] a client’s word is not the recruiter’s act', () => {
    const world = reviewed();
    world.act('anna', { type: 'move', stage: 'call' });
    world.act('client', { type: 'setField', field: 'clientFeedback', value: 'x' });
    expect(world.application.undo?.act).toBe('move');
  });
});

describe('a meeting that was called off', () => {
  const off = (world = new World().booked(start)) => {
    world.act('anna', { type: 'cancelInterview' });
    return world;
  };

  test('[B-05] everybody hears of it a minute later; taken back, nobody does, and its reminders come', () => {
    const world = off();
    expect(world.message('candidate.interviewCancelled').notBefore).toBe(world.now + minute);
    world.now += minute / 2;
    expect(world.code('anna', { type: 'undo' })).toBe('done');
    expect(world.last.filter(({ type }) => type === 'withdraw')).toHaveLength(1);
    expect(world.told('client')).toEqual([]);
    world.settle();
    expect([...world.slots.values()]).toEqual([world.application.id]);
    world.until(start - 24 * hour + minute);
    expect(world.everSaid).toContain('candidate.reminder.days');
    // The buttons of before are good.
    world.tap(`r:${world.application.id}:${world.application.interviewVersion}:yes:24`);
    expect(world.happened).toContain('attendanceConfirmed');
  });

  test('[B-05] once it is told, or its window is anybody’s, it stays off', () => {
    const told = off();
    told.until(told.now + minute);
    expect(told.code('anna', { type: 'undo' })).toBe('alreadySent');
    const night = off(new World().booked(start).until(at('2026-11-24T23:00')));
    night.members = night.members.filter(({ role }) => role !== 'client');
    night.now += 5 * minute;
    expect(night.code('anna', { type: 'undo' })).toBe('windowGone');
    expect(night.application.interview).toBeUndefined();
  });

  test('[P-06] shortly before it begins nobody waits, and nothing is offered to take back', () => {
    const world = new World().booked(start);
    world.now = start - 30 * minute;
    off(world);
    expect(world.message('candidate.interviewCancelled').notBefore).toBeUndefined();
    expect(world.code('anna', { type: 'undo' })).toBe('nothingToUndo');
  });

  test('[P-06] another time within the minute is a time that was moved, told once', () => {
    const world = off();
    const { key } = world.message('candidate.interviewCancelled');
    world.act('anna', { type: 'setInterview', interviewer: 'anna', start: start + hour, format: 'office' });
    world.settle();
    expect(world.last).toContainEqual(
      expect.objectContaining({ type: 'withdraw', messages: expect.arrayContaining([key]) }),
    );
    expect(world.told('client')).toEqual(['client.interview.moved']);
    expect(world.code('anna', { type: 'undo' })).toBe('nothingToUndo');
  });

  test('[P-06] the very time again is theirs, though nobody else can have it', () => {
    const world = off();
    world.slots.set(`anna:${start}`, world.application.id);
    const again: Act = { type: 'setInterview', interviewer: 'anna', start, format: 'office' };
    expect(world.code('anna', again)).toBe('done');
    expect(world.settle().application.interview?.start).toBe(start);
  });

  test('[P-06] what follows within the minute does not keep it from being told', () => {
    const world = off();
    const { key } = world.message('candidate.interviewCancelled');
    world.act('anna', { type: 'setField', field: 'price', value: 1 });
    expect(world.application.undo?.act).toBe('cancelInterview');
    world.act('anna', { type: 'refuse', reason: 'skills' });
    expect(world.effects.some((one) => one.type === 'withdraw' && one.messages.includes(key))).toBe(false);
  });

  test('[P-07] taken back in the very moment its window went to another: told, and a new time is owed', () => {
    const world = off();
    world.slots.set(`anna:${start}`, 'faster');
    world.act('anna', { type: 'undo' });
    world.settle();
    expect(world.said).toEqual(['candidate.interviewCancelled']);
    expect(world.told('anna')).toContain('notice.slotTaken');
    expect([world.application.interview, world.application.stage, world.tasks]).toEqual([
      undefined,
      'invited',
      ['reschedule'],
    ]);
  });
});

describe('what the card offers to take back', () => {
  const undo = (more: object = {}) => ({
    act: 'cancelInterview',
    by: 'anna',
    at: morning,
    stage: 'interview' as const,
    was: { messages: ['m1', 'm2'], tasks: [], made: [], alarms: [], told: [], stageAt: 0, ...more },
  });
  const called = (until: number) => ({ called: { until } as never });
  test.each<[string, Partial<Application>, string[], boolean]>([
    ['nothing was done', {}, [], false],
    ['nothing has left', { undo: undo() }, [], true],
    ['another message has left', { undo: undo() }, ['m3'], true],
    ['one of its messages has left', { undo: undo() }, ['m2'], false],
    ['the window is kept', { undo: undo(called(morning + 1)) }, [], true],
    ['the window is anybody’s', { undo: undo(called(morning - 1)) }, [], false],
    ['a refusal was sent', { undo: undo(), refusal: { messageSent: true } as never }, [], false],
  ])('[B-05] %s', (_name, application, left, offered) => {
    expect(offersUndo(application, left, morning)).toBe(offered);
  });
});

describe('windows proposed to the client', () => {
  test('[P-11] the client is asked a minute later; taken back, never', () => {
    const world = agreeing();
    world.act('anna', proposal);
    const { key } = askOf(world);
    expect(world.leaving.get(key)).toBe(world.now + minute);
    world.act('anna', { type: 'undo' });
    expect([world.leaving.has(key), world.application.agreement]).toEqual([false, undefined]);
    expect([...world.alarms.keys()].filter((one) => one.startsWith('stall'))).toEqual([]);
    expect(world.tasks).toEqual(['agree']);
  });

  test('[P-11] other windows instead are asked about at once, and not the ones before', () => {
    const world = agreeing();
    world.act('anna', proposal);
    const { key } = askOf(world);
    world.act('anna', { ...proposal, starts: [windows[0] ?? 0] });
    expect(world.leaving.has(key)).toBe(false);
    expect(askOf(world).notBefore).toBeUndefined();
    expect(world.code('anna', { type: 'undo' })).toBe('nothingToUndo');
  });

  test('[P-11] answered for the client within the minute, the client is not asked any more', () => {
    const world = agreeing();
    world.act('anna', proposal);
    const { key } = askOf(world);
    world.act('anna', { type: 'answerWindows', round: 1, answer: 'send' });
    world.settle();
    expect([world.leaving.has(key), world.said]).toEqual([false, ['late.pick']]);
    expect(world.code('anna', { type: 'undo' })).toBe('nothingToUndo');
  });
});

test('[P-06] a time that was set is told at once, as it has to be: it is moved or called off, not taken back', () => {
  const world = reviewed();
  world.act('anna', { type: 'setInterview', interviewer: 'anna', start, format: 'office' });
  world.settle();
  expect(world.message('candidate.slot.booked').notBefore).toBeUndefined();
  expect(world.code('anna', { type: 'undo' })).toBe('nothingToUndo');
});
