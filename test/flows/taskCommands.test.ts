import { describe, expect, test } from 'vitest';
import { laterTime } from '../../flows/laterTime.ts';
import { lineHash } from '../../flows/lineHash.ts';
import { at, hour, member, minute, morning, vacancy, World } from './factory.ts';

const start = at('2026-11-26T14:20');
const idOf = (world: World, kind: string) =>
  world.application.tasks.find((task) => task.kind === kind && task.done === undefined)?.id ?? '';
const reviewed = () => {
  const world = new World().screened();
  world.act('anna', { type: 'take' });
  return world;
};
const inHouse = () => new World([vacancy('cook', { pipeline: 'inHouse' })]);

describe('closing a task', () => {
  test('[B-05] a stage’s task is closed by its result, not by hand', () => {
    const world = reviewed();
    expect(world.code('anna', { type: 'finishTask', task: idOf(world, 'review') })).toBe('resultFirst');
    expect(world.tasks).toEqual(['review']);
  });

  test('[B-05] without what it was to bring it is not closed, and the answer names what is missing', () => {
    const world = new World().booked(start).until(start + 20 * minute);
    const task = idOf(world, 'attendance');
    expect(world.act('anna', { type: 'finishTask', task })).toEqual({
      ok: false,
      code: 'missing',
      params: {
        fields: {
          lines: [{ key: 'pipeline.missingLine', params: { field: { key: 'pipeline.field.attendance' } } }],
        },
      },
    });
    world.act('anna', { type: 'recordAttendance', attendance: 'came' });
    expect(world.tasks).toEqual(['decision']);
  });

  test('[B-05] the dates of an offer are the task; then only its result leads on', () => {
    const world = reviewed();
    Object.assign(world.application, { stage: 'offer', tasks: [] });
    world.act('anna', { type: 'addNote', text: 'x' });
    const task = idOf(world, 'offer');
    expect(world.code('anna', { type: 'finishTask', task })).toBe('missing');
    world.act('anna', { type: 'setField', field: 'offerDate', value: morning });
    expect(world.code('anna', { type: 'finishTask', task })).toBe('missing');
    world.act('anna', { type: 'setField', field: 'startDate', value: morning + 240 * hour });
    expect(world.code('anna', { type: 'finishTask', task })).toBe('resultFirst');
    expect(world.code('anna', { type: 'outcome', outcome: 'accepted' })).toBe('done');
  });

  test('[P-02] closing “take” is taking it', () => {
    const world = new World().consents();
    world.act('anna', { type: 'finishTask', task: idOf(world, 'take') });
    expect(world.application.taken).toBe(morning);
  });

  test('[B-05] “fix it” stays as long as it is wrong', () => {
    const world = new World().booked(start);
    for (const one of world.members) if (one._id === 'anna') one.active = false;
    world.act('head', { type: 'addNote', text: 'x' });
    expect(world.code('head', { type: 'finishTask', task: idOf(world, 'fix') })).toBe('stillWrong');
  });
});

describe('putting a task off', () => {
  test('[A-22] the reminder comes then, and the head hears only after the new due time', () => {
    const world = reviewed();
    const task = idOf(world, 'review');
    const until = morning + 3 * hour;
    expect(world.code('anna', { type: 'snoozeTask', task, until })).toBe('done');
    expect(world.application.tasks.at(-1)).toMatchObject({ due: until + 10 * minute, moves: 1 });
    world.until(until - minute);
    expect(world.everTold('anna')).not.toContain('notice.taskSoon');
    expect(world.everTold('head')).toEqual([]);
    world.until(until);
    expect(world.everTold('anna')).toContain('notice.taskSoon');
    expect(world.everTold('head')).toEqual([]);
    world.until(until + 10 * minute);
    expect(world.everTold('head')).toEqual(['notice.escalated']);
  });

  test('[P-21] an alarm that rang for the time before says nothing', () => {
    const world = reviewed();
    const task = idOf(world, 'review');
    world.act('anna', { type: 'snoozeTask', task, until: morning + 3 * hour });
    const old = { application: world.application.id, task, passed: 0 };
    expect(world.rings({ kind: 'task', ...old }).last).toEqual([]);
    expect(world.rings({ kind: 'taskReminder', ...old }).last).toEqual([]);
  });

  test('[A-22] of two who do it at once the second is told, and nothing happens', () => {
    const world = reviewed();
    const task = idOf(world, 'review');
    const act = { type: 'snoozeTask', task, until: morning + hour, version: 0 } as const;
    expect(world.code('anna', act)).toBe('done');
    expect(world.code('boris', { ...act, until: morning + 5 * hour })).toBe('taskMoved');
    expect(world.code('boris', { type: 'handTask', task, to: 'boris', version: 0 })).toBe('taskMoved');
    expect(world.code('boris', { type: 'handTask', task, to: 'boris', version: 1 })).toBe('done');
  });

  test.each([
    ['in an hour', 'hour', morning, morning + hour],
    ['in the evening', 'evening', morning, at('2026-11-24T17:00')],
    ['the evening has begun', 'evening', at('2026-11-24T17:00'), undefined],
    ['a Sunday has none', 'evening', at('2026-11-22T10:00'), undefined],
    ['in the morning', 'morning', morning, at('2026-11-25T09:00')],
    ['after Friday comes Monday', 'morning', at('2026-11-27T10:00'), at('2026-11-30T09:00')],
  ] as const)('[A-22] %s', (_name, choice, now, expected) => {
    expect(laterTime(choice, now, member('anna', 'recruiter'))).toBe(expected);
  });

  test('[A-22] not into the past', () => {
    const world = reviewed();
    const act = { type: 'snoozeTask', task: idOf(world, 'review'), until: morning } as const;
    expect(world.code('anna', act)).toBe('slotInPast');
  });
});

describe('handing a task over', () => {
  const oneRecruiter = () => {
    const world = new World([vacancy('cook', { recruiters: ['anna'] })]).screened();
    world.act('anna', { type: 'take' });
    return world;
  };

  test('[A-22] the colleague is told, may act on the application, and has the reminder; the head hears after it', () => {
    const world = oneRecruiter();
    const task = idOf(world, 'review');
    expect(world.code('boris', { type: 'reserve' })).toBe('notAllowed');
    expect(world.code('anna', { type: 'handTask', task, to: 'boris' })).toBe('done');
    expect(world.told('boris')).toEqual(['notice.taskHanded']);
    expect(world.told('anna')).toEqual([]);
    expect(world.application).toMatchObject({ recruiter: 'anna' });
    world.until(morning + 30 * minute);
    expect(world.everTold('boris')).toEqual(['notice.taskHanded', 'notice.taskSoon']);
    expect(world.everTold('anna')).not.toContain('notice.taskSoon');
    expect(world.everTold('head')).toEqual(['notice.escalated']);
    expect(world.code('boris', { type: 'invite' })).toBe('done');
  });

  test('[A-22] what is late begins anew; who had it is told when it was not they', () => {
    const world = oneRecruiter().until(morning + 2 * hour);
    world.act('head', { type: 'handTask', task: idOf(world, 'review'), to: 'boris' });
    expect(world.told('anna')).toEqual(['notice.taskHandedOn']);
    expect(world.application.tasks.at(-1)).toMatchObject({ member: 'boris', due: morning + 150 * minute });
  });

  test('[P-02] a lead nobody took goes with its task', () => {
    const world = new World().consents();
    world.act('anna', { type: 'handTask', task: idOf(world, 'take'), to: 'boris' });
    expect(world.application).toMatchObject({ recruiter: 'boris' });
    expect(world.application.taken).toBeUndefined();
  });

  test.each([
    ['client', 'noSuchMember'],
    ['ghost', 'noSuchMember'],
    ['anna', 'taskTheirs'],
  ])('[A-22] to %s: %s', (to, code) => {
    const world = reviewed();
    expect(world.code('anna', { type: 'handTask', task: idOf(world, 'review'), to })).toBe(code);
  });
});

describe('the check-list and comments', () => {
  const lineOf = (world: World, index: number) => {
    const spec = world.pipelines
      .find(({ id }) => id === 'inHouse')
      ?.stages.find((one) => one.stage === 'review');
    const line = spec?.task?.checklist?.[index];
    return line ? lineHash(line) : '';
  };

  test('[B-10] a line is ticked and unticked, and saying it twice is saying it once', () => {
    const world = inHouse().screened();
    const tick = { type: 'tickTask', task: idOf(world, 'review'), line: lineOf(world, 1), on: true } as const;
    expect(world.code('anna', tick)).toBe('done');
    expect(world.code('boris', tick)).toBe('done');
    expect(world.happened).toEqual([]);
    expect(world.application.tasks.at(-1)?.ticked).toEqual([tick.line]);
    world.act('boris', { ...tick, on: false });
    expect(world.application.tasks.at(-1)?.ticked).toEqual([]);
    expect(world.happened).toEqual(['taskUnticked']);
  });

  test('[B-10] an edited list never has another line ticked', () => {
    const world = inHouse().screened();
    const line = lineOf(world, 1);
    world.pipelines = world.pipelines.map((one) => ({
      ...one,
      stages: one.stages.map((stage) => ({
        ...stage,
        ...(stage.task?.checklist && {
          task: {
            ...stage.task,
            checklist: [{ words: { ru: 'другое' } }, ...stage.task.checklist.slice(0, 1)],
          },
        }),
      })),
    }));
    const task = idOf(world, 'review');
    expect(world.code('anna', { type: 'tickTask', task, line, on: true })).toBe('noSuchLine');
  });

  test('[B-10] a comment is a note of the candidate that names its task', () => {
    const world = reviewed();
    const task = idOf(world, 'review');
    expect(world.code('anna', { type: 'commentTask', task, text: '  ' })).toBe('emptyText');
    expect(world.code('anna', { type: 'commentTask', task, text: ' жду паспорт ' })).toBe('done');
    expect(world.application.notes).toEqual([{ at: morning, by: 'anna', text: 'жду паспорт', task }]);
  });
});

describe('the head’s share of a task', () => {
  test('[B-08] the in-house decision is the head’s and the manager’s; both are reminded, either ends it', () => {
    const world = inHouse().screened();
    world.act('anna', { type: 'outcome', outcome: 'current' });
    world.act('anna', { type: 'outcome', outcome: 'testPassed' });
    world.chooses(start).until(start + 20 * minute);
    world.act('anna', { type: 'recordAttendance', attendance: 'came' });
    expect(world.told('head')).toEqual(['notice.taskAlsoYours']);
    expect(world.application.tasks.at(-1)).toMatchObject({ kind: 'decision', member: 'anna', also: 'head' });
    world.until(start + 4 * hour + 10 * minute);
    expect(world.everTold('head')).toContain('notice.taskSoon');
    expect(world.code('head', { type: 'outcome', outcome: 'fits' })).toBe('done');
    expect(world.tasks).toEqual(['step']);
  });
});
