import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../flows/candidate.ts';
import { builtInStages, isOpen } from '../../flows/pipelines/stages.ts';
import { type Act, file, hour, minute, question, vacancy, words, World } from './factory.ts';

/** One thing that happens. Numbers choose among what is there: a button, an application, a member. */
type Step =
  | { do: 'say'; text: string }
  | { do: 'send'; kind: 'voice' | 'sticker' | 'file' | 'edited' | 'forwarded' | 'contact' | 'other' }
  | { do: 'tap'; back: number }
  | { do: 'act'; act: Act; by: string; on: number }
  | { do: 'wait'; minutes: number }
  | { do: 'settle' }
  | { do: 'rival'; back: number }
  | { do: 'replay'; back: number }
  | { do: 'link'; to: string }
  | { do: 'questions'; drop: number }
  | { do: 'block'; blocked: boolean };

const texts = [
  'да',
  'нет',
  '2',
  '17 лет',
  'Москва',
  'завтра',
  '27.11',
  '14:20',
  '+79161234567',
  'назад',
  'пропустить',
  'готово',
  'эээ',
  '/start',
  '/status',
  '/help',
  '/language',
  '/human',
  '/stop',
  '/what',
  '1, 3',
  'вариант one',
];
const starts = Array.from({ length: 12 }, (_, index) => Date.UTC(2026, 10, 25 + (index % 4), 8, 20 * index));
const acts: Act[] = [
  { type: 'take' },
  { type: 'invite' },
  { type: 'reserve' },
  { type: 'refuse', reason: 'skills' },
  { type: 'refuse', reason: 'mood' },
  { type: 'addEvidence', file },
  { type: 'blacklist', reason: 'x' },
  { type: 'undo' },
  { type: 'cancelInterview' },
  { type: 'recordAttendance', attendance: 'came' },
  { type: 'recordAttendance', attendance: 'notWarned' },
  { type: 'judgePortrait', fits: true },
  { type: 'judgePortrait', fits: false },
  { type: 'addNote', text: 'n' },
  { type: 'addFile', file },
  { type: 'openRelay' },
  { type: 'relayMessage', text: 'm' },
  { type: 'closeRelay' },
  { type: 'attach', vacancy: 'driver' },
  { type: 'detach' },
  { type: 'undelivered', message: 'm' },
  { type: 'finishTask', task: 'gone' },
  ...builtInStages.map((stage): Act => ({ type: 'move', stage })),
  ...starts.map((start): Act => ({ type: 'setInterview', interviewer: 'anna', start, format: 'office' })),
];

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('say' as const), text: fc.constantFrom(...texts) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('send' as const),
      kind: fc.constantFrom('voice', 'sticker', 'file', 'edited', 'forwarded', 'contact', 'other'),
    }),
  },
  {
    weight: 12,
    arbitrary: fc.record({ do: fc.constant('tap' as const), back: fc.oneof(fc.nat(5), fc.nat(30)) }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('act' as const),
      act: fc.constantFrom(...acts),
      by: fc.constantFrom('anna', 'boris', 'head', 'bot', 'client'),
      on: fc.nat(3),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      minutes: fc.constantFrom(0, 5, 20, 61, 240, 1_440, 4_000),
    }),
  },
  { weight: 6, arbitrary: fc.constant({ do: 'settle' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rival' as const), back: fc.nat(20) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('replay' as const), back: fc.nat(20) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('link' as const), to: fc.constantFrom('cook', 'driver', 'gone') }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('questions' as const), drop: fc.nat(3) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('block' as const), blocked: fc.boolean() }) },
);

const questions = [
  question('licence', 'yesno', { rule: { expect: ['yes'], knockOut: true } }),
  question('cars', 'several', { rule: { expect: ['one'], points: 1 } }),
  question('years', 'number', { min: 0, max: 60 }),
  question('phone', 'phone', { optional: true }),
];

/** Where a sequence begins: further on there is more to go wrong. */
function makeWorld(from: number): World {
  const world = new World([
    vacancy('cook', {
      autoInvite: true,
      questions: [question('ok', 'yesno', { rule: { expect: ['yes'] } })],
    }),
    vacancy('driver', { questions, formats: ['phone', 'zoom', 'office'], notes: 'паспорт' }),
  ]);
  world.arrives('cook');
  if (from >= 1) world.say('да');
  if (from >= 2) world.arrives('driver');
  if (from >= 3) world.arrives('cook').say('да');
  if (from >= 4) world.chooses();
  if (from >= 5) world.until(world.application.createdAt + 4 * 24 * hour);
  return world;
}

function perform(world: World, one: Step): void {
  switch (one.do) {
    case 'say':
      return void world.say(one.text);
    case 'send':
      return void world.send({
        kind: one.kind,
        ...(one.kind === 'contact' && { contact: { phone: '+79161234567', own: true } }),
        ...(['file', 'voice'].includes(one.kind) && { file }),
      });
    case 'tap': {
      const data = world
        .buttons()
        .filter((button) => button.data)
        .at(-1 - one.back)?.data;
      return void (data && world.tap(data));
    }
    case 'act': {
      const { applications } = world.state;
      const application = applications[one.on % Math.max(applications.length, 1)];
      return void world.act(one.by, one.act, application?.id ?? 'none');
    }
    case 'wait':
      return void world.until(world.now + one.minutes * minute);
    case 'settle':
      return void world.settle();
    case 'rival': {
      const book = world.effects.findLast((effect) => effect.type === 'book');
      if (book && !world.slots.has(`anna:${book.start + one.back * 20 * minute}`))
        world.slots.set(`anna:${book.start + one.back * 20 * minute}`, 'rival');
      return;
    }
    case 'replay': {
      const alarm = world.effects.filter((effect) => effect.type === 'schedule').at(-1 - one.back);
      return void (alarm && world.rings(alarm.timer));
    }
    case 'link':
      return void world.arrives(one.to);
    case 'questions':
      world.vacancies = world.vacancies.map((each) =>
        each._id === 'driver'
          ? { ...each, questions: questions.filter((_q, index) => index !== one.drop) }
          : each,
      );
      return;
    case 'block':
      return void world.happens({
        type: one.blocked ? 'channelBlocked' : 'channelUnblocked',
        reach: { channel: 'telegram', address: '100' },
      });
  }
}

/** What must hold after every single thing. */
function check(world: World, from: number): void {
  const { state } = world;
  for (const application of state.applications) {
    const open = application.tasks.filter(({ done }) => done === undefined).map(({ kind }) => kind);
    expect(open.length, `two tasks of a kind: ${open.join(' ')}`).toBe(new Set(open).size);
    if (!isOpen(application.stage)) {
      expect(
        open.filter((kind) => !['help', 'relay', 'undelivered'].includes(kind)),
        `tasks of ${application.stage}`,
      ).toEqual([]);
      expect(application.interview, `an interview of ${application.stage}`).toBeUndefined();
    }
    if (application.stage === 'interview') expect(application.interview).toBeDefined();
    if (application.refusal) expect(application.stage).toBe('refused');
  }
  const asked = state.dialog?.application;
  if (asked !== undefined) {
    const application = state.applications.find(({ id }) => id === asked);
    // What somebody would have agreed to is asked after they have withdrawn.
    const asking = state.dialog?.kind === 'terms' || state.dialog?.kind === 'feedback';
    expect(
      application && (asking || isOpen(application.stage)),
      `${state.dialog?.kind} of ${application?.stage}`,
    ).toBe(true);
  }
  for (const effect of world.effects.slice(from)) {
    if (effect.type === 'notify') readable(effect.message);
  }
}

/** A reminder carries the version of the interview that stands when the decision is made. */
function checkAlarms(world: World, state: Candidate): void {
  for (const effect of world.last) {
    if (effect.type !== 'schedule' || !('version' in effect.timer)) continue;
    const { application: id, version } = effect.timer;
    const application = state.applications.find((one) => one.id === id);
    expect(application?.interview).toBeDefined();
    expect(version).toBe(application?.interviewVersion);
    expect(effect.due).toBeGreaterThanOrEqual(world.now);
  }
}

const seen = new Set<string>();

/** Every message has its words in both languages, with nothing left to put in. */
function readable(message: Parameters<typeof checkText>[0]): void {
  const id = JSON.stringify(message);
  if (message.key.startsWith('view:') || seen.has(id)) return;
  seen.add(id);
  for (const lang of ['ru', 'en']) checkText(message, lang);
}

function checkText(
  {
    key,
    params,
    buttons,
  }: {
    key: string;
    params?: Parameters<typeof words.text>[2];
    buttons?: { label: Parameters<typeof words.label>[1] }[][];
  },
  lang: string,
): void {
  const reader = { lang, zone: 'Europe/Moscow' };
  const all = [
    words.text(reader, key, params),
    ...(buttons ?? []).flat().map(({ label }) => words.label(reader, label)),
  ];
  for (const text of all) {
    expect(text, key).not.toMatch(/\{\w+\}|(?:candidate|notice|client|source|fact|agency)\.\w/);
    expect(text.trim(), key).not.toBe('');
  }
}

describe('whatever happens, in whatever order', () => {
  test('[X-06] nothing throws, no task doubles, no old reminder is armed, a refusal changes nothing', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.array(step, { minLength: 5, maxLength: 60, size: 'max' }), (from, steps) => {
        const world = makeWorld(from);
        const happens = world.happens.bind(world);
        // Each decision, also those of alarms and bookings, is looked at by itself.
        world.happens = (event, id) => {
          const before = world.state;
          const kept = structuredClone(before);
          const from = world.effects.length;
          const decision = happens(event, id);
          expect(before).toEqual(kept);
          if (decision.ok) {
            check(world, from);
            checkAlarms(world, world.state);
          } else expect(world.state).toBe(before);
          return decision;
        };
        for (const one of steps) perform(world, one);
        world.settle();
        const mine = [...world.slots]
          .filter(([, owner]) => owner !== 'rival')
          .map(([key]) => key)
          .sort();
        const held = world.state.applications
          .flatMap(({ interview, past = [] }) => [...past, ...(interview ? [interview] : [])])
          .map(({ interviewer, start }) => `${interviewer}:${start}`)
          .sort();
        expect(mine).toEqual(held);
        const keys = world.effects
          .flatMap((effect) =>
            effect.type === 'notify' || effect.type === 'fact' || effect.type === 'book' ? [effect.key] : [],
          )
          .filter((key) => !/^re(minder|fusal):/.test(key));
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 250, seed: 20261124, interruptAfterTimeLimit: 5 * 1000, markInterruptAsFailure: false },
    );
  });
});
