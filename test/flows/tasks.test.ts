import { describe, expect, test } from 'vitest';
import { at, hour, member, minute, morning, vacancy, World } from './factory.ts';

describe('the two hours of a lead', () => {
  test('[P-02] the recruiter whose turn it is has a clock; taking it stops the clock', () => {
    const world = new World().consents();
    expect(world.application.tasks).toMatchObject([
      { kind: 'take', member: 'anna', due: morning + 2 * hour },
    ]);
    world.act('anna', { type: 'take' });
    expect(world.application).toMatchObject({ taken: morning, recruiter: 'anna' });
    expect(world.tasks).toEqual([]);
    world.until(morning + 24 * hour);
    expect(world.everTold('anna')).toEqual(['notice.newLead']);
  });

  test('[P-21] whoever takes a lead out of another’s turn has what there is to do about it, too', () => {
    const world = new World().screened();
    world.act('boris', { type: 'take' });
    expect(world.application.recruiter).toBe('boris');
    expect(world.application.tasks).toMatchObject([
      { kind: 'take', member: 'anna', done: morning },
      { kind: 'review', member: 'boris', due: morning + 30 * minute },
    ]);
    world.until(morning + 29 * minute);
    expect(world.everTold('anna')).not.toContain('notice.taskSoon');
    expect(world.everTold('boris')).toEqual(['notice.taskSoon']);
  });

  test('[P-21] a lead that is passed on for being late takes its other tasks along', () => {
    const world = new World().screened().until(morning + 2 * hour);
    expect(world.application.recruiter).toBe('boris');
    expect(world.application.tasks).toMatchObject([
      { kind: 'take', member: 'boris' },
      { kind: 'review', member: 'boris', due: morning + 2.5 * hour },
    ]);
  });

  test('[P-21] not taken: a reminder before, then the next recruiter, then the head', () => {
    const world = new World().consents().until(morning + 90 * minute);
    expect(world.everTold('anna')).toEqual(['notice.newLead', 'notice.taskSoon']);
    world.until(morning + 2 * hour);
    expect(world.everTold('boris')).toEqual(['notice.passedToYou']);
    expect(world.application).toMatchObject({
      recruiter: 'boris',
      tasks: [{ member: 'boris', passed: 1, due: morning + 4 * hour }],
    });
    world.until(morning + 4 * hour);
    expect(world.everTold('boris')).toEqual(['notice.passedToYou', 'notice.taskSoon']);
    expect(world.everTold('head')).toEqual(['notice.escalated']);
    world.until(morning + 90 * hour);
    expect(world.everTold('head')).toEqual(['notice.escalated']);
    expect(world.tasks).toEqual(['take']);
  });

  test('[P-21] one recruiter alone: the head is next', () => {
    const world = new World([vacancy('cook', { recruiters: ['anna'] })]).consents().until(morning + 2 * hour);
    expect(world.everTold('head')).toEqual(['notice.escalated']);
  });

  test('[P-21] a recruiter who is away is passed over', () => {
    const world = new World([vacancy('cook', { recruiters: ['anna', 'boris', 'vera'] })]);
    world.members = [
      ...world.members.map((one) => (one._id === 'boris' ? { ...one, active: false } : one)),
      member('vera', 'recruiter'),
    ];
    world.consents().until(morning + 2 * hour);
    expect(world.everTold('vera')).toEqual(['notice.passedToYou']);
  });

  test('[P-21] the clock stands still at night, on weekends and on days off', () => {
    const world = new World();
    world.now = at('2026-11-27T17:30');
    world.members = world.members.map((one) => ({ ...one, hours: { ...one.hours, off: ['2026-11-30'] } }));
    world.consents();
    expect(world.application.tasks[0]?.due).toBe(at('2026-12-01T10:30'));
    world.until(at('2026-12-01T09:59'));
    expect(world.everTold('anna')).toEqual(['notice.newLead']);
    world.until(at('2026-12-01T10:00'));
    expect(world.everTold('anna')).toEqual(['notice.newLead', 'notice.taskSoon']);
  });

  test('[P-21] an alarm of an earlier turn says nothing', () => {
    const world = new World().consents();
    const [task] = world.application.tasks;
    const old = { kind: 'task' as const, application: world.application.id, task: task?.id ?? '', passed: 0 };
    world.until(morning + 2 * hour);
    expect(world.rings(old).last).toEqual([]);
    expect(world.rings({ ...old, kind: 'taskReminder' }).last).toEqual([]);
    expect(world.rings({ ...old, task: 'gone' }).last).toEqual([]);
  });
});

describe('[P-21] a recruiter whose access was closed', () => {
  const leaves = (world: World, ...ids: string[]) => {
    world.members = world.members.map((one) => (ids.includes(one._id) ? { ...one, active: false } : one));
    return world;
  };

  test('what was theirs goes to a colleague with its tasks, and what the candidate writes is heard', () => {
    const world = leaves(new World().screened(), 'anna');
    world.say('Завтра не смогу');
    expect(world.application.recruiter).toBe('boris');
    expect(world.application.tasks.filter(({ done }) => done === undefined)).toMatchObject([
      { kind: 'take', member: 'boris' },
      { kind: 'review', member: 'boris' },
    ]);
    expect(world.everTold('boris')).toContain('notice.candidateWrote');
    expect(world.effects.filter((one) => one.type === 'fact' && one.what === 'recruiterLeft')).toHaveLength(
      1,
    );
  });

  test('of several colleagues the one whose turn it is; with none the head', () => {
    const three = new World([vacancy('cook', { recruiters: ['anna', 'boris', 'vera'] })]);
    three.members = [...three.members, member('vera', 'recruiter')];
    leaves(three.screened(), 'anna').turn = { cook: 'vera' };
    three.happens({ type: 'recruiterLeft', member: 'anna' });
    expect(three.application.recruiter).toBe('vera');
    const none = leaves(new World().screened(), 'anna', 'boris');
    none.say('Есть кто-нибудь?');
    expect(none.application.recruiter).toBe('head');
    expect(none.everTold('head')).toContain('notice.candidateWrote');
  });

  test('a colleague’s task that was theirs goes back to the application’s recruiter; a talk ends', () => {
    const world = new World().screened();
    world.act('anna', { type: 'take' });
    const [task] = world.application.tasks.filter(({ done }) => done === undefined);
    world.act('anna', { type: 'handTask', task: task?.id ?? '', to: 'boris' });
    world.act('boris', { type: 'openRelay' });
    leaves(world, 'boris').happens({ type: 'recruiterLeft', member: 'boris' });
    expect(world.state.relay).toBeUndefined();
    expect(world.application).toMatchObject({ recruiter: 'anna' });
    expect(world.application.tasks.filter(({ done }) => done === undefined)).toMatchObject([
      { member: 'anna' },
    ]);
  });

  test('what is over stays with whoever ended it', () => {
    const world = new World().screened();
    world.act('anna', { type: 'refuse', reason: 'experience' });
    leaves(world, 'anna').happens({ type: 'recruiterLeft', member: 'anna' });
    expect(world.application.recruiter).toBe('anna');
  });
});

describe('other tasks', () => {
  test('[P-21] a review that is late goes to the head, and stays the recruiter’s', () => {
    const world = new World().screened();
    world.act('anna', { type: 'take' });
    world.until(morning + 31 * minute);
    expect(world.everTold('head')).toEqual(['notice.escalated']);
    expect(world.application).toMatchObject({ recruiter: 'anna' });
    expect(world.tasks).toEqual(['review']);
  });

  test('[P-21] attendance has an hour, then the head is told', () => {
    const start = at('2026-11-26T14:20');
    const world = new World().booked(start).until(start + 79 * minute);
    expect(world.everTold('head')).toEqual([]);
    world.until(start + 80 * minute);
    expect(world.everTold('head')).toEqual(['notice.escalated']);
  });

  test('[P-21] a call for a human twice is one task', () => {
    const world = new World().consents().say('/human').say('/human');
    expect(world.tasks).toEqual(['take', 'help']);
    expect([world.said, world.told('anna')]).toEqual([['candidate.human.already'], []]);
  });

  test('[P-21] a message that did not arrive is somebody’s task', () => {
    const world = new World().screened();
    expect(world.code('bot', { type: 'undelivered', message: 'm1' })).toBe('done');
    expect(world.tasks).toContain('undelivered');
    expect(world.told('anna')).toEqual(['notice.undelivered']);
    // What was ordered with it has no way either: said once.
    expect(world.code('bot', { type: 'undelivered', message: 'm2' })).toBe('done');
    expect(world.told('anna')).toEqual([]);
    world.until(world.now + 2 * 60_000);
    expect(world.code('bot', { type: 'undelivered', message: 'm3' })).toBe('done');
    expect(world.told('anna')).toEqual(['notice.undelivered']);
  });

  test('[P-21] a task is finished once', () => {
    const world = new World().screened();
    const task = world.application.tasks.find(({ kind }) => kind === 'review')?.id ?? '';
    expect(world.code('anna', { type: 'finishTask', task })).toBe('done');
    expect(world.code('anna', { type: 'finishTask', task })).toBe('noSuchTask');
    expect(world.code('anna', { type: 'finishTask', task: 'gone' })).toBe('noSuchTask');
    world.until(morning + hour);
    expect(world.everTold('head')).toEqual([]);
  });
});
