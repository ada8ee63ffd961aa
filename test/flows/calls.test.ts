import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../flows/candidate.ts';
import { againTime } from '../../flows/calls/againTime.ts';
import { callQueue } from '../../flows/calls/callQueue.ts';
import { shippedPipelines } from '../../flows/pipelines/shipped.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { type Act, at, candidate, hour, minute, morning, vacancy, World } from './factory.ts';

/** A person whom Anna is to ring. */
function called(more: Partial<Candidate> = {}): World {
  const world = new World(undefined, candidate({ name: 'Пётр', phone: '+79160000001', ...more }));
  world.act('anna', { type: 'attach', vacancy: 'cook' }, '');
  world.act('anna', { type: 'move', stage: 'call' });
  return world;
}
const missed = (again: 'later' | 'morning' | 'evening' = 'later'): Act => ({
  type: 'callResult',
  result: 'missed',
  again,
});
const facts = (world: World) => world.last.flatMap((effect) => (effect.type === 'fact' ? [effect.what] : []));
const openTasks = ({ application }: World) =>
  application.tasks.filter(({ done }) => done === undefined).map(({ kind }) => kind);

describe('the result of a call', () => {
  test('[A-13] [P-05] agreed goes the pipeline’s way, and is an attempt in the history', () => {
    const world = called();
    world.act('anna', { type: 'holdCall' });
    expect(world.code('anna', { type: 'callResult', result: 'outcome', outcome: 'agreed' })).toBe('done');
    expect(world.application).toMatchObject({
      stage: 'invited',
      calls: { attempts: [{ by: 'anna', result: 'agreed' }], missed: 0 },
    });
    expect(world.state.held).toBeUndefined();
    expect(facts(world)).toContain('called');
  });

  test('[P-05] [P-19] not interested: withdrawn, with thanks for their time', () => {
    const world = called();
    world.act('anna', { type: 'callResult', result: 'outcome', outcome: 'notInterested' });
    expect(world.application.stage).toBe('withdrawn');
    expect(world.said).toContain('candidate.cancel.thanks');
    expect(world.code('anna', { type: 'undo' })).toBe('done');
    expect(world.application.stage).toBe('call');
  });

  test.each([
    ['later', '2026-11-24T12:00'],
    ['evening', '2026-11-24T18:30'],
    ['morning', '2026-11-25T10:00'],
  ] as const)(
    '[A-10] no answer, again %s: the task moves along, the recruiter is reminded',
    (again, time) => {
      const world = called();
      world.act('anna', missed(again));
      expect(world.application.calls).toMatchObject({ missed: 1, after: at(time) });
      const [task] = world.application.tasks.filter(({ kind }) => kind === 'call');
      expect(task?.due).toBeGreaterThanOrEqual(at(time) + 4 * hour);
      world.until(at(time));
      expect(world.everTold('anna')).toContain('calls.notice.again');
      expect(world.everTold('head')).not.toContain('notice.escalated');
    },
  );

  test('[A-10] an evening that has begun is tomorrow’s; a night of theirs is passed over', () => {
    const late = at('2026-11-24T19:00');
    const zones = { caller: 'Europe/Moscow', candidate: 'Asia/Vladivostok' };
    expect(againTime('evening', late, { ...zones, candidate: zones.caller }, defaultPolicy)).toBe(
      at('2026-11-25T18:30'),
    );
    expect(againTime('evening', late, zones, defaultPolicy)).toBe(at('2026-11-26T08:00', zones.candidate));
    expect(againTime('later', late, zones, defaultPolicy)).toBe(at('2026-11-25T08:00', zones.candidate));
  });

  test('[A-10] call back at a time: promised, told at that very minute; a past one is refused', () => {
    const world = called();
    const time = at('2026-11-25T09:00');
    expect(world.code('anna', { type: 'callResult', result: 'callBack', at: morning })).toBe('slotInPast');
    world.act('anna', { type: 'callResult', result: 'callBack', at: time });
    expect(world.application.calls).toMatchObject({ after: time, promisedBy: 'anna', missed: 0 });
    world.until(time - minute);
    expect(world.everTold('anna')).not.toContain('calls.notice.promised');
    world.until(time);
    expect(world.everTold('anna')).toContain('calls.notice.promised');
  });

  test('[A-10] a call that was moved again rings once, at its last time', () => {
    const world = called();
    world.act('anna', missed('later'));
    world.act('anna', { type: 'callResult', result: 'callBack', at: at('2026-11-25T11:00') });
    world.until(at('2026-11-25T11:00'));
    expect(world.everTold('anna').filter((key) => key.startsWith('calls.notice'))).toEqual([
      'calls.notice.promised',
    ]);
  });

  test('[A-10] whoever went on otherwise is not rung about', () => {
    const world = called();
    world.act('anna', missed('later'));
    world.act('anna', { type: 'reserve' });
    world.until(morning + 5 * hour);
    expect(world.everTold('anna')).not.toContain('calls.notice.again');
  });

  test('[A-10] skip: no attempt, no fact, only later', () => {
    const world = called();
    world.act('anna', { type: 'callResult', result: 'skip' });
    expect(world.application.calls).toEqual({ attempts: [], missed: 0, skipped: morning + 15 * minute });
    expect(facts(world)).toEqual([]);
  });

  test('[A-10] a result is for whoever may act, at a call’s stage only', () => {
    const world = called();
    expect(world.code('client', missed())).toBe('notAllowed');
    world.act('anna', { type: 'move', stage: 'review' });
    expect(world.code('anna', missed())).toBe('wrongStage');
    expect(world.code('anna', { type: 'holdCall' })).toBe('wrongStage');
  });
});

describe('two recruiters', () => {
  test('[A-10] who is on one’s screen is given to nobody else until the time is over', () => {
    const world = called();
    expect(world.code('anna', { type: 'holdCall' })).toBe('done');
    expect(world.code('boris', { type: 'holdCall' })).toBe('callHeld');
    expect(world.code('boris', missed())).toBe('callHeld');
    expect(world.code('anna', { type: 'holdCall' })).toBe('done');
    world.now += 15 * minute;
    expect(world.code('boris', { type: 'holdCall' })).toBe('done');
    expect(world.code('anna', missed())).toBe('callHeld');
  });
});

describe('three calls without an answer', () => {
  const silent = (): World => {
    const world = called();
    for (const _ of [1, 2, 3]) world.act('anna', missed());
    return world;
  };

  test('[A-10] the candidate is asked when it suits, once the third was missed', () => {
    const world = called();
    world.act('anna', missed());
    world.act('anna', missed());
    expect(world.said).toEqual([]);
    world.act('anna', missed());
    expect(world.said).toEqual(['calls.candidate.missed']);
  });

  test('[A-10] silence for a day: the reserve, said kindly; it can be undone', () => {
    const world = silent();
    world.until(morning + 24 * hour);
    expect(world.application.stage).toBe('reserve');
    expect(world.said).toContain('calls.candidate.reserved');
    expect(world.told('anna')).toContain('calls.notice.reserved');
    expect(world.code('anna', { type: 'undo' })).toBe('done');
    expect(world.application.stage).toBe('call');
  });

  test('[A-10] a button is enough: the call is promised and nobody goes to the reserve', () => {
    const world = silent();
    world.tap('calls.candidate.button.evening');
    expect(world.said).toEqual(['calls.candidate.willRing']);
    expect(world.told('anna')).toContain('calls.notice.suits');
    expect(world.application.calls).toMatchObject({ missed: 0, after: at('2026-11-24T18:30') });
    world.until(morning + 30 * hour);
    expect(world.application.stage).toBe('call');
    expect(world.everTold('anna')).toContain('calls.notice.promised');
  });

  test('[A-10] another time in their own words; what is not understood goes to the recruiter', () => {
    const world = silent();
    world.tap('calls.candidate.button.other').say('вчера');
    expect(world.said).toEqual(['calls.moment.notMoment']);
    world.say('в четверг в три часа');
    expect(world.application.calls?.after).toBe(at('2026-11-26T15:00'));
    world.tap('calls.candidate.button.other').say('а?').say('как-нибудь').say('на днях');
    expect(world.told('anna')).toContain('calls.notice.wrote');
    expect(world.state.dialog).toBeUndefined();
  });

  test('[P-19] not interested any more: withdrawn, and asked under what terms', () => {
    const world = silent();
    world.tap('calls.candidate.button.no');
    expect(world.application.stage).toBe('withdrawn');
    expect(world.told('anna')).toContain('notice.withdrawn');
    world.say('Удалённо').until(morning + 30 * hour);
    expect(world.application).toMatchObject({ stage: 'withdrawn', fields: { terms: { value: 'Удалённо' } } });
  });

  test('[X-06] an old button does nothing when the call is over', () => {
    const world = silent();
    const data = world.data('calls.candidate.button.morning');
    world.act('anna', { type: 'callResult', result: 'outcome', outcome: 'agreed' });
    world.tap(data);
    expect(world.toast).toEqual({ key: 'candidate.toast.stale' });
    expect(world.application.stage).toBe('invited');
  });

  test('[A-10] who has no chat is not written to, and goes to the reserve all the same', () => {
    const world = called({ channels: [] });
    for (const _ of [1, 2, 3]) world.act('anna', missed());
    expect(world.said).toEqual([]);
    world.until(morning + 24 * hour);
    expect(world.application.stage).toBe('reserve');
  });

  test('[A-10] a call that begins anew counts from nothing', () => {
    const world = silent();
    world.act('anna', { type: 'move', stage: 'review' });
    world.act('anna', { type: 'move', stage: 'call' });
    expect(world.application.calls).toMatchObject({ missed: 0, attempts: [{}, {}, {}] });
    world.until(morning + 30 * hour);
    expect(world.application.stage).toBe('call');
  });
});

describe('a wrong number', () => {
  test('[P-05] is asked for in chat; the right one brings the call back', () => {
    const world = called();
    world.act('anna', { type: 'callResult', result: 'wrongNumber' });
    expect(world.said).toEqual(['calls.candidate.askNumber']);
    expect(openTasks(world)).toEqual(['contact']);
    world.say('не скажу');
    expect(world.said).toEqual(['candidate.hint.phone']);
    world.send({ kind: 'contact', contact: { phone: '+79160000002', own: true } });
    expect(world.state.phone).toBe('+79160000002');
    expect(world.told('anna')).toContain('calls.notice.number');
    expect(world.last.some(({ type }) => type === 'findSame')).toBe(true);
    expect(openTasks(world)).toEqual(['call']);
  });

  test('[P-05] the recruiter may find it elsewhere', () => {
    const world = called({ channels: [] });
    world.act('anna', { type: 'callResult', result: 'wrongNumber' });
    expect(world.code('anna', { type: 'setPhone', phone: 'пять' })).toBe('badPhone');
    expect(world.code('anna', { type: 'setPhone', phone: '8 916 000-00-02' })).toBe('done');
    expect(world.state.phone).toBe('+79160000002');
    expect(openTasks(world)).toEqual(['call']);
  });
});

describe('the call list', () => {
  const person = (id: string, more: Partial<Candidate>, application: object = {}): Candidate =>
    candidate({
      _id: id,
      phone: '+79160000001',
      ...more,
      applications: [
        {
          id: `a-${id}`,
          vacancy: 'cook',
          source: 'hh',
          createdAt: morning,
          stage: 'call',
          stageAt: morning,
          recruiter: 'anna',
          answers: {},
          interviewVersion: 0,
          tasks: [],
          notes: [],
          files: [],
          ...application,
        },
      ],
    });
  const list = (people: Candidate[], member = 'anna', now = morning) => {
    const { ready, next } = callQueue(people, {
      member,
      may: () => true,
      pipelines: shippedPipelines,
      policy: defaultPolicy,
      now,
    });
    return [ready.map((one) => one.candidate._id).join(' '), next];
  };
  const calls = (more: object) => ({ calls: { attempts: [], missed: 0, ...more } });

  test('[A-10] promised first, then one’s own by time limit, then others’, last those without a number', () => {
    const people = [
      { ...person('dumb', {}), phone: undefined } as Candidate,
      person('other', {}, { recruiter: 'boris' }),
      person('second', {}, { stageAt: morning + minute }),
      person('first', {}, { stageAt: morning - minute }),
      person('promised', {}, calls({ after: morning - minute, promisedBy: 'anna' })),
      person('elsewhere', {}, { stage: 'review' }),
    ];
    expect(list(people)).toEqual(['promised first second other dumb', undefined]);
  });

  test('[A-10] not before their time; the list says when the next is', () => {
    const people = [
      person('later', {}, calls({ after: morning + hour })),
      person('skipped', {}, calls({ skipped: morning + minute })),
      person('wrong', {}, calls({ wrong: '+79160000001' })),
      person('mended', {}, calls({ wrong: '+79160000009' })),
    ];
    expect(list(people)).toEqual(['mended', morning + minute]);
    expect(list(people, 'anna', morning + hour)).toEqual(['later skipped mended', undefined]);
  });

  test('[A-10] whom somebody rings is theirs; one’s own screen comes first', () => {
    const held = (member: string) => ({ held: { application: 'a-held', member, until: morning + minute } });
    const people = [person('free', {}), person('held', held('boris'))];
    expect(list(people)).toEqual(['free', morning + minute]);
    expect(list([person('free', {}), person('held', held('anna'))])).toEqual(['held free', undefined]);
  });

  test('[A-10] a promise is kept by who gave it; others step in when it is late', () => {
    const people = [person('promised', {}, calls({ after: morning, promisedBy: 'anna' }))];
    expect(list(people, 'boris')).toEqual(['', morning + 15 * minute]);
    expect(list(people, 'boris', morning + 15 * minute)).toEqual(['promised', undefined]);
  });

  test('[X-04] nobody is rung in their night, unless they were promised it', () => {
    const zone = 'America/New_York';
    const people = [
      person('asleep', { zone }),
      person('awaits', { zone }, calls({ after: morning - minute, promisedBy: 'anna' })),
    ];
    expect(list(people)).toEqual(['awaits', at('2026-11-24T08:00', zone)]);
  });
});

describe('they ring themselves', () => {
  /** A lead that waits to be looked at. */
  const lead = () => {
    const world = new World(undefined, candidate({ name: 'Пётр', phone: '+79160000001' }));
    world.act('anna', { type: 'attach', vacancy: 'cook' }, '');
    return world;
  };
  const rings = (world: World, more: { talk?: number; at?: number } = {}, vacancy?: string) =>
    world.happens({ type: 'callCame', call: { at: world.now, ...more }, ...(vacancy && { vacancy }) });
  const queue = (world: World, member = 'anna') =>
    callQueue([world.state], {
      member,
      may: () => true,
      pipelines: shippedPipelines,
      policy: world.policy,
      now: world.now,
    }).ready.map(({ application }) => application.id);

  test('[P-01] [A-10] a missed call is rung back by whoever has them, and stands in the call list', () => {
    const world = lead();
    rings(world);
    expect(facts(world)).toContain('callMissed');
    expect(world.everTold('anna')).toContain('calls.notice.rang');
    expect(openTasks(world)).toEqual(['review', 'ringBack']);
    expect(queue(world)).toEqual([world.application.id]);
    world.act('anna', { type: 'callResult', result: 'talked' });
    expect(openTasks(world)).toEqual(['review']);
    expect(queue(world)).toEqual([]);
  });

  test('[P-01] a second missed call makes no second task and puts nothing off', () => {
    const world = lead();
    rings(world);
    const due = () => world.application.tasks.find(({ kind }) => kind === 'ringBack')?.due;
    const before = due();
    world.now += 10 * minute;
    rings(world);
    expect(openTasks(world)).toEqual(['review', 'ringBack']);
    expect(due()).toBe(before);
  });

  test('[P-01] an answered call is a fact, and nobody has to ring back any more', () => {
    const world = lead();
    rings(world);
    world.now += minute;
    rings(world, { talk: 125 });
    expect(world.last).toContainEqual(
      expect.objectContaining({ what: 'callAnswered', params: expect.objectContaining({ talk: '2:05' }) }),
    );
    expect(openTasks(world)).toEqual(['review']);
    expect(world.application.calls?.rang).toMatchObject({ talk: 125 });
  });

  test('[A-10] nobody answered the ring back: it is tried again, and reminded of', () => {
    const world = lead();
    rings(world);
    world.act('anna', missed('later'));
    expect(openTasks(world)).toEqual(['review', 'ringBack']);
    expect(queue(world)).toEqual([]);
    world.until(morning + 2 * hour);
    expect(world.everTold('anna')).toContain('calls.notice.again');
    expect(queue(world)).toEqual([world.application.id]);
  });

  test('[A-10] whoever was not reached and rings now is at the top of the list again', () => {
    const world = called();
    world.act('anna', missed('evening'));
    expect(queue(world)).toEqual([]);
    rings(world);
    expect(openTasks(world)).toEqual(['call']);
    expect(world.application.calls).toMatchObject({ missed: 0 });
    expect(queue(world)).toEqual([world.application.id]);
    // What came of it is the stage's to say.
    expect(world.code('anna', { type: 'callResult', result: 'talked' })).toBe('resultFirst');
    world.until(at('2026-11-24T19:00'));
    expect(world.everTold('anna')).not.toContain('calls.notice.again');
  });

  test('[P-01] a call that is told late, after somebody rang, asks nobody to ring', () => {
    const world = called();
    world.now += 5 * minute;
    world.act('anna', missed('later'));
    rings(world, { at: world.now - 2 * minute });
    expect(facts(world)).toEqual(['callMissed']);
    expect(world.application.calls?.after).toBe(world.now + 2 * hour);
    expect(world.everTold('anna')).not.toContain('calls.notice.rang');
  });

  test('[P-01] whoever rings from a number that was noted as wrong is reached by it', () => {
    const world = called({ channels: [] });
    world.act('anna', { type: 'callResult', result: 'wrongNumber' });
    expect(openTasks(world)).toEqual(['contact']);
    rings(world);
    expect(openTasks(world)).toEqual(['call']);
    expect(queue(world)).toEqual([world.application.id]);
  });

  test('[A-10] a talk ends what was to be tried again, and no promise', () => {
    const again = called();
    again.act('anna', missed('evening'));
    rings(again, { talk: 60 });
    expect(queue(again)).toEqual([again.application.id]);
    const promised = called();
    promised.act('anna', { type: 'callResult', result: 'callBack', at: morning + 3 * hour });
    rings(promised, { talk: 60 });
    expect(promised.application.calls).toMatchObject({ promisedBy: 'anna', after: morning + 3 * hour });
  });

  test('[P-01] of several applications the number’s vacancy is meant, else the newest; an ended one is only told of', () => {
    const world = new World([vacancy(), vacancy('driver')], candidate({ phone: '+79160000001' }));
    world.act('anna', { type: 'attach', vacancy: 'cook' }, '');
    world.act('anna', { type: 'attach', vacancy: 'driver' }, '');
    rings(world, {}, 'cook');
    rings(world);
    const owed = () =>
      world.state.applications.map(({ tasks }) =>
        tasks.some(({ kind, done }) => kind === 'ringBack' && !done),
      );
    expect(owed()).toEqual([true, true]);
    const refuse = (id = '') => world.act('anna', { type: 'refuse', reason: 'other' }, id);
    for (const { id } of world.state.applications) refuse(id);
    expect(owed()).toEqual([false, false]);
    world.now += minute;
    const told = world.everTold('anna').length;
    rings(world);
    expect(facts(world)).toEqual(['callMissed']);
    expect(world.everTold('anna')).toHaveLength(told + 1);
    expect(owed()).toEqual([false, false]);
  });
});
