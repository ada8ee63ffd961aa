import fc from 'fast-check';
import { builtInStages } from '../../flows/pipelines/stages.ts';
import { type Act, candidate, file, hour, minute, question, vacancy, World } from './factory.ts';

/** One thing that happens. Numbers choose among what is there: a button, an application, a member. */
export type Step =
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
  | { do: 'block'; blocked: boolean }
  | { do: 'rings'; talk?: number };

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

export const step: fc.Arbitrary<Step> = fc.oneof(
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
  { weight: 1, arbitrary: fc.constantFrom<Step>({ do: 'rings' }, { do: 'rings', talk: 60 }) },
);

const questions = [
  question('licence', 'yesno', { rule: { expect: ['yes'], knockOut: true } }),
  question('cars', 'several', { rule: { expect: ['one'], points: 1 } }),
  question('years', 'number', { min: 0, max: 60 }),
  question('phone', 'phone', { optional: true }),
];

/** Where a sequence begins: further on there is more to go wrong. */
export function makeWorld(from: number, shared: ConstructorParameters<typeof World>[2] = {}): World {
  const vacancies = [
    vacancy('cook', {
      autoInvite: true,
      questions: [question('ok', 'yesno', { rule: { expect: ['yes'] } })],
    }),
    vacancy('driver', { questions, formats: ['phone', 'zoom', 'office'], notes: 'паспорт' }),
  ];
  const world = new World(vacancies, candidate(), shared);
  world.arrives('cook');
  if (from >= 1) world.say('да');
  if (from >= 2) world.arrives('driver');
  if (from >= 3) world.arrives('cook').say('да');
  if (from >= 4) world.chooses();
  if (from >= 5) world.until(world.application.createdAt + 4 * 24 * hour);
  return world;
}

export function perform(world: World, one: Step): void {
  switch (one.do) {
    case 'say':
      return void world.say(one.text);
    case 'send':
      return void world.send({
        kind: one.kind,
        ...(one.kind === 'contact' && { contact: { phone: '+79161234567', own: true } }),
        ...(['file', 'voice'].includes(one.kind) && { file }),
      });
    case 'rings': {
      const { talk } = one;
      const call = { at: world.now, ...(talk !== undefined && { talk }) };
      return void world.happens({ type: 'callCame', call });
    }
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
