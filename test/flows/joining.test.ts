import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Application, Candidate } from '../../flows/candidate.ts';
import { isOpen } from '../../flows/pipelines/stages.ts';
import { candidate, hour, member, morning, vacancy, World } from './factory.ts';
import { join, part } from './joinWorlds.ts';
import { makeWorld, perform, step } from './steps.ts';

const vacancies = () => [vacancy('cook'), vacancy('driver')];

/** Two cards of one person, the first an hour older; each with what it is given. */
function two(a: Partial<Candidate> = {}, b: Partial<Candidate> = {}): [World, World] {
  const slots = new Map<string, string>();
  const elder = new World(vacancies(), candidate({ _id: 'a', createdAt: morning - hour, ...a }), {
    slots,
    name: 'a',
  });
  const younger = new World(vacancies(), candidate({ _id: 'b', ...b }), { slots, name: 'b' });
  return [elder, younger];
}

/** Both have answered for a vacancy; the chats are their own. */
function screened(on: [string, string]): [World, World] {
  const [elder, younger] = two();
  elder.consents(on[0]).tap('candidate.button.yes');
  elder.state.channels = [{ channel: 'telegram', address: '200' }];
  younger.consents(on[1]).tap('candidate.button.yes');
  return [elder, younger];
}

const stages = (world: World) => world.state.applications.map(({ vacancy: on, stage }) => `${on} ${stage}`);
const shown = (state: Candidate): unknown => ({
  ...state,
  version: 0,
  decided: [],
  outbox: [],
  parted: undefined,
  apart: undefined,
  merging: undefined,
});

describe('[A-26] two cards become one', () => {
  test('the elder has the applications, chats and alarms of both; the younger is an address', () => {
    const [elder, younger] = screened(['cook', 'driver']);
    const alarms = [...elder.alarms.keys(), ...younger.alarms.keys()].sort();
    expect(join(elder, younger)).toBe('done');
    expect(stages(elder)).toEqual(['cook review', 'driver review']);
    expect(elder.state.channels.map(({ address }) => address)).toEqual(['100', '200']);
    expect([...elder.alarms.keys()].sort()).toEqual(alarms);
    expect(younger.state).toMatchObject({ applications: [], channels: [], merged: { into: 'a' } });
    expect(JSON.stringify(younger.state)).not.toContain('Пётр');
    expect(younger.state.merging).toBeUndefined();
    expect(elder.said).toEqual([]);
  });

  test('which name and phone stay is chosen; the others still find the person', () => {
    const [elder, younger] = two(
      { name: 'Анна Смирнова', phone: '+79160000001', email: 'a@b.ru' },
      { name: 'Смирнова А.', phone: '+79160000002', email: 'b@b.ru', city: 'Казань', birthday: '1990-05-01' },
    );
    join(elder, younger, 'head', { name: 'elder', phone: 'younger' });
    expect(elder.state).toMatchObject({
      name: 'Анна Смирнова',
      phone: '+79160000002',
      email: 'a@b.ru',
      city: 'Казань',
      birthday: '1990-05-01',
      also: { names: ['Смирнова А.'], phones: ['+79160000001'], emails: ['b@b.ru'] },
    });
    expect(elder.state.marks).toEqual(
      expect.arrayContaining(['p:+79160000001', 'p:+79160000002', 'e:a@b.ru', 'e:b@b.ru']),
    );
  });

  test.each<[string, Partial<Candidate>, Partial<Candidate>, Partial<Candidate>]>([
    [
      'the newest consent',
      { consent: { version: '1', at: 5 } },
      { consent: { version: '2', at: 9 } },
      { consent: { version: '2', at: 9 } },
    ],
    ['/stop of either', { consent: { version: '1', at: 5 } }, { stopped: true }, { stopped: true }],
    ['no broadcasts of either', { adsConsent: 9 }, { noBroadcasts: 7 }, { adsConsent: 9, noBroadcasts: 7 }],
    [
      'the blacklist of either',
      {},
      { blacklisted: { at: 3, by: 'head', reason: 'x' } },
      { blacklisted: { at: 3, by: 'head', reason: 'x' } },
    ],
    [
      'whom others told apart from either',
      { notSame: ['x'], duplicates: ['b', 'y'] },
      { notSame: ['y'], duplicates: ['a'] },
      { notSame: ['x', 'y'], duplicates: ['y'] },
    ],
    [
      'every note about the person, in order of time,',
      { notes: [{ at: 5, by: 'head', text: 'второе' }] },
      { notes: [{ at: 3, by: 'anna', text: 'первое' }] },
      {
        notes: [
          { at: 3, by: 'anna', text: 'первое' },
          { at: 5, by: 'head', text: 'второе' },
        ],
      },
    ],
    [
      'the time zone of a named city',
      { zone: 'Europe/Moscow' },
      { zone: 'Asia/Omsk', city: 'Омск' },
      { zone: 'Asia/Omsk', city: 'Омск' },
    ],
    [
      'closed mailboxes of both',
      { closed: [{ channel: 'email', address: 'a@b.ru' }] },
      { closed: [{ channel: 'sms', address: '+7916' }] },
      {
        closed: [
          { channel: 'email', address: 'a@b.ru' },
          { channel: 'sms', address: '+7916' },
        ],
      },
    ],
  ])('%s holds', (_what, a, b, both) => {
    const [elder, younger] = two(a, b);
    expect(join(elder, younger)).toBe('done');
    expect(elder.state).toMatchObject(both);
  });

  test('of two live applications on one vacancy the further one stays, and the candidate hears nothing', () => {
    const [elder, younger] = screened(['cook', 'cook']);
    younger.act('anna', { type: 'invite' });
    younger.chooses();
    expect(stages(younger)).toEqual(['cook interview']);
    const held = [...younger.slots];
    expect(join(elder, younger)).toBe('done');
    expect(stages(elder).sort()).toEqual(['cook interview', 'cook withdrawn']);
    expect([...elder.slots]).toEqual(held);
    expect(elder.said).toEqual([]);
    expect(elder.happened).toContain('joinedAway');
    const [ended] = elder.state.applications.filter(({ stage }) => stage === 'withdrawn');
    expect(ended?.tasks.every(({ done }) => done !== undefined)).toBe(true);
    expect(ended?.next).toBe(elder.state.applications.find(({ stage }) => stage === 'interview')?.id);
    expect(elder.code('head', { type: 'invite' }, ended?.id)).toBe('continued');
  });

  test('the blacklist of one ends what the other was on', () => {
    const [elder, younger] = screened(['cook', 'driver']);
    younger.act('head', { type: 'blacklist', reason: 'x' });
    expect(join(elder, younger)).toBe('done');
    expect(stages(elder)).toEqual(['cook blacklist', 'driver blacklist']);
    expect(elder.tasks).toEqual([]);
  });

  test('whoever had one of the applications hears of it; who joined them does not', () => {
    const [elder, younger] = screened(['cook', 'driver']);
    const [mine] = younger.state.applications;
    if (mine) mine.recruiter = 'boris';
    join(elder, younger, 'anna');
    expect(elder.told('boris')).toEqual(['same.joinedNotice']);
    expect(elder.told('anna')).toEqual([]);
  });

  test.each([
    ['head', 'done'],
    ['anna', 'done'],
    ['client', 'notAllowed'],
    ['nobody', 'notAllowed'],
    ['api:crm', 'done'],
  ])('who may: %s', (by, code) => {
    const [elder, younger] = screened(['cook', 'driver']);
    expect(join(elder, younger, by)).toBe(code);
  });

  test('a recruiter who may act on one of them only may not, and both stand as before', () => {
    const [elder, younger] = screened(['cook', 'driver']);
    elder.act('head', { type: 'take' });
    elder.members.push(member('vera', 'recruiter'));
    younger.members = elder.members;
    const before = [shown(elder.state), shown(younger.state)];
    expect(join(elder, younger, 'vera')).toBe('notAllowed');
    expect([shown(elder.state), shown(younger.state)]).toEqual(before);
  });

  test('a joined card is joined no further, and the younger never stays', () => {
    const [elder, younger] = screened(['cook', 'driver']);
    expect(join(younger, elder)).toBe('notAllowed');
    expect(elder.state.merged).toBeUndefined();
    join(elder, younger);
    expect(join(elder, younger)).toBe('alreadyJoined');
  });

  test('three cards, one after the other', () => {
    const [elder, younger] = screened(['cook', 'driver']);
    const third = new World(vacancies(), candidate({ _id: 'c', createdAt: morning + 1, name: 'Третья' }), {
      name: 'c',
    });
    expect(join(younger, third)).toBe('done');
    expect(join(elder, younger)).toBe('done');
    expect(elder.state.joined).toEqual(['c', 'b']);
    expect(part(elder, younger)).toBe('done');
    expect(younger.state.joined).toEqual(['c']);
    expect(elder.state.joined).toBeUndefined();
  });
});

describe('[A-26] a joining is taken back', () => {
  test('until something happens; then it is refused, and the card stays an address', () => {
    const [elder, younger] = screened(['cook', 'driver']);
    join(elder, younger);
    elder.act('anna', { type: 'addNote', text: 'n' });
    // The button that would take it back goes from every card of theirs.
    expect(elder.last.filter(({ type }) => type === 'refresh')).toHaveLength(2);
    expect(part(elder, younger)).toBe('joinMovedOn');
    expect(younger.state).toMatchObject({ merged: { into: 'a' }, applications: [] });
    expect(younger.state.merging).toBeUndefined();
  });

  test('what changes nothing of theirs does not stand in the way', () => {
    const [elder, younger] = screened(['cook', 'driver']);
    join(elder, younger);
    elder.happens({
      type: 'sameFound',
      application: elder.application.id,
      own: false,
      others: [{ candidate: 'z', signs: ['email'] }],
    });
    expect(part(elder, younger)).toBe('done');
  });

  test('what ended goes on, under its alarms', () => {
    const [elder, younger] = screened(['cook', 'cook']);
    younger.act('anna', { type: 'move', stage: 'call' });
    join(elder, younger);
    expect(stages(elder).sort()).toEqual(['cook call', 'cook withdrawn']);
    expect(part(elder, younger)).toBe('done');
    expect(stages(elder)).toEqual(['cook review']);
    expect(stages(younger)).toEqual(['cook call']);
    expect(elder.tasks).toEqual(['take', 'review']);
    expect(elder.alarms.has(`task:${elder.application.tasks[0]?.id}`)).toBe(true);
  });

  test('a meeting that was called off by it is the one it was, and the staff hear of it', () => {
    const [elder, younger] = screened(['cook', 'cook']);
    for (const one of [elder, younger]) {
      one.act('anna', { type: 'invite' });
      one.chooses();
    }
    const windows = [...elder.slots.keys()].sort();
    const before = younger.application.interview;
    join(elder, younger);
    expect([...elder.slots.keys()]).toHaveLength(1);
    expect(part(elder, younger)).toBe('done');
    expect(younger.everTold('client').at(-1)).toBe('client.interview.set');
    elder.settle();
    younger.settle();
    expect([...elder.slots.keys()].sort()).toEqual(windows);
    expect(younger.application).toMatchObject({ stage: 'interview', interview: before });
    expect(younger.said).toEqual([]);
  });

  test('…unless somebody else has its window: then the candidate hears that it is off', () => {
    const [elder, younger] = screened(['cook', 'cook']);
    for (const one of [elder, younger]) {
      one.act('anna', { type: 'invite' });
      one.chooses();
    }
    const { interviewer, start } = younger.application.interview ?? { interviewer: '', start: 0 };
    join(elder, younger);
    elder.slots.set(`${interviewer}:${start}`, 'rival');
    part(elder, younger);
    younger.settle();
    expect(younger.application).toMatchObject({ stage: 'invited' });
    expect(younger.said).toEqual(['candidate.interviewCancelled']);
    expect(younger.tasks).toContain('reschedule');
  });

  test('a chat that went back is not taken for this card’s any more', () => {
    const [elder, younger] = screened(['cook', 'driver']);
    join(elder, younger);
    part(elder, younger);
    const reach = { channel: 'telegram', address: '100' } as const;
    const says = { type: 'messageArrived', reach, person: {}, kind: 'text', text: 'да' } as const;
    expect(elder.happens(says)).toMatchObject({ ok: false, code: 'noSuchApplication' });
    expect(younger.happens(says).ok).toBe(true);
    join(elder, younger);
    expect(elder.happens(says).ok).toBe(true);
  });

  test('…and may come to it again by a code, as any other', () => {
    const [elder, younger] = screened(['cook', 'driver']);
    join(elder, younger);
    part(elder, younger);
    const reach = { channel: 'telegram', address: '100' } as const;
    elder.state.link = { code: 'ABCDEFGH', until: elder.now + hour };
    expect(elder.happens({ type: 'channelLinked', reach, code: 'ABCDEFGH' }).ok).toBe(true);
    expect(elder.state.channels[0]).toEqual(reach);
  });

  /** What a recruiter sees of an application: alarms are counted in moves, which only rise. */
  const seen = ({ undo: _undo, tasks, ...rest }: Application) => ({
    ...rest,
    tasks: tasks.map(({ moves: _moves, ...task }) => task),
  });
  const whole = ({ applications, join: _join, ...state }: Candidate): unknown => ({
    ...(shown({ ...state, applications: [] }) as object),
    applications: applications.map(seen),
  });

  test('whatever both were on: nothing is lost by joining, and taken back all stands as it stood', () => {
    fc.assert(
      fc.property(
        fc.nat(5),
        fc.nat(5),
        fc.array(step, { maxLength: 20 }),
        fc.array(step, { maxLength: 20 }),
        (from, to, mine, theirs) => {
          const slots = new Map<string, string>();
          const elder = makeWorld(from, { slots, name: 'a' });
          elder.state = { ...elder.state, _id: 'a', createdAt: morning - hour };
          const younger = makeWorld(to, { slots, name: 'b' });
          younger.state = { ...younger.state, _id: 'b' };
          for (const one of mine) perform(elder, one);
          for (const one of theirs) perform(younger, one);
          const now = Math.max(elder.now, younger.now);
          elder.until(now);
          younger.until(now);
          elder.state = { ...elder.state, channels: [{ channel: 'telegram', address: '200' }] };
          const before = [elder.state, younger.state] as const;
          const windows = [...slots.keys()].sort();
          const armed = [...elder.alarms.keys(), ...younger.alarms.keys()].sort();
          const files = before.flatMap(({ applications }) => applications.flatMap((one) => one.files));
          expect(join(elder, younger)).toBe('done');
          const { applications } = elder.state;
          expect(applications.map(({ id }) => id).sort()).toEqual(
            before.flatMap((one) => one.applications.map(({ id }) => id)).sort(),
          );
          const open = applications.filter(({ stage }) => isOpen(stage)).map((one) => one.vacancy);
          expect(new Set(open).size).toBe(open.length);
          expect(applications.flatMap((one) => one.files)).toHaveLength(files.length);
          expect(elder.said.filter((key) => key !== 'candidate.interviewOff')).toEqual([]);
          // Nothing is let go but what ended; what is held is held by an application that is there.
          const ended = elder.state.join?.ended.map(({ application }) => application) ?? [];
          const lost = windows.filter((window) => !slots.has(window));
          if (ended.length === 0) expect(lost).toEqual([]);
          for (const owner of slots.values())
            if (owner !== 'rival') expect(applications.some(({ id }) => id === owner)).toBe(true);
          if (ended.length === 0) expect([...elder.alarms.keys()]).toEqual(expect.arrayContaining(armed));
          expect(part(elder, younger)).toBe('done');
          elder.settle();
          younger.settle();
          // A window kept for an offer goes on to the next; a meeting has its own again.
          if (windows.some((window) => !slots.has(window))) return;
          expect(whole(elder.state)).toEqual(whole(before[0]));
          expect(whole(younger.state)).toEqual(whole(before[1]));
          // What was late is late again: beside those that were armed its alarm rings once more.
          const again = [...elder.alarms, ...younger.alarms].filter(
            ([key, { due }]) => armed.includes(key) || due > elder.now,
          );
          expect(again.map(([key]) => key).sort()).toEqual(armed);
        },
      ),
      { numRuns: 400, seed: 20261128, interruptAfterTimeLimit: 8 * 1000, markInterruptAsFailure: false },
    );
  });
});
