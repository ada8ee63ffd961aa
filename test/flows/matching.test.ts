import { describe, expect, test } from 'vitest';
import type { Application, Candidate } from '../../flows/candidate.ts';
import type { FieldId } from '../../flows/pipelines/fields.ts';
import { samePosition } from '../../flows/matching/position.ts';
import { rank } from '../../flows/matching/rank.ts';
import { payIn, placesIn, schedulesIn } from '../../flows/matching/terms.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import type { Answer } from '../../flows/question.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import { candidate, hour, morning, question, vacancy, words, World } from './factory.ts';

const lexicon = Object.values(words.lexicon);
const day = 24 * hour;
const cook = (more: Partial<Vacancy> = {}) =>
  vacancy('cook2', {
    title: { ru: 'Повар горячего цеха' },
    text: { ru: 'Кухня\n75 000 – 90 000 ₽\nГрафик 2/2' },
    address: 'Казань, Тульская улица, 1',
    questions: [
      question('medical', 'yesno', { rule: { expect: ['yes'], knockOut: true } }),
      question('years', 'number', { rule: { min: 2, points: 1 } }),
    ],
    ...more,
  });
const cafe = vacancy('cafe', { title: { ru: 'Повар в кафе' } });
const waiter = vacancy('waiter', { title: { ru: 'Официант в кафе' } });

const answer = (kind: Answer['kind'], value: Answer['value'], at = 0): Answer => ({
  kind,
  value,
  text: String(value),
  at,
  asked: '?',
});
const field = (name: FieldId, value: string) => ({ [name]: { value, by: 'candidate', at: 0 } });

/** Somebody who was on the café's vacancy and left it. */
function person(
  id: string,
  application: Partial<Application> = {},
  more: Partial<Candidate> = {},
): Candidate {
  return candidate({
    _id: id,
    consent: { version: '2026-1', at: 0 },
    pool: { keys: [], at: morning },
    applications: [
      {
        id: `a-${id}`,
        vacancy: 'cafe',
        source: 'hh',
        createdAt: 0,
        stage: 'reserve',
        stageAt: morning,
        answers: {},
        interviewVersion: 0,
        tasks: [],
        notes: [],
        files: [],
        ...application,
      },
    ],
    ...more,
  });
}
const ranked = (people: Candidate[], of = cook()) =>
  rank(of, people, { vacancies: [cafe, waiter, of], lexicon, policy: defaultPolicy, now: morning });
const kinds = (one: Candidate, of?: Vacancy) => ranked([one], of)[0]?.reasons.map(({ kind }) => kind);

describe('[A-24] the same work by other words', () => {
  test.each([
    ['Повар в кафе', 'Повар горячего цеха', true],
    ['Старший повар', 'Повар', true],
    ['Повара в столовую', 'Повар', true],
    ['Официант в кафе', 'Повар в кафе', false],
    ['Водитель категории C', 'Водитель-экспедитор', true],
    ['Водитель', 'Руководитель', false],
    ['Продавец', 'Продавца в магазин', true],
    ['IT', 'Повар', false],
  ])('%s and %s: %s', (a, b, same) => {
    expect(samePosition({ title: { ru: a } }, { title: { ru: b } })).toBe(same);
    expect(samePosition({ title: { ru: b } }, { title: { ru: a } })).toBe(same);
  });
});

describe('[P-19] what terms say', () => {
  test.each([
    ['от 80 000 на руки', [80_000]],
    ['зарплата 90 тыс., 2/2', [90_000]],
    ['75 000 – 90 000 ₽', [75_000, 90_000]],
    ['100к', [100_000]],
    ['85,5 тыс', [85_500]],
    ['3500 за смену, дом 12', []],
    ['тел. 8 916 123-45-67', []],
    ['80000', [80_000]],
  ])('pay in "%s"', (text, pay) => expect(payIn(text, lexicon)).toEqual(pay));

  test.each([
    ['график 2/2 или 5/2', ['2/2', '5/2']],
    ['только ночные смены', ['ночные']],
    ['Вахтой 60/30', ['вахта']],
    ['как получится', []],
  ])('schedule in "%s"', (text, schedules) => expect(schedulesIn(text, lexicon)).toEqual(schedules));

  test('a street or a station of the address, not the word "street"', () => {
    expect(placesIn('рядом с Тульской, улица любая', 'Казань, Тульская улица, 1', lexicon)).toEqual([
      'тульской',
    ]);
  });
});

describe('[A-24] who fits a vacancy, and why', () => {
  test('each reason has its name', () => {
    const one = person(
      'one',
      {
        answers: { medical: answer('yesno', 'yes'), years: answer('number', 5) },
        fields: {
          ...field('terms', 'от 80 тыс, 2/2, рядом с Тульской'),
          ...field('clientDecision', 'approved'),
        },
        score: { points: 1, of: 1, fits: true, rules: [] },
      },
      { city: 'Казань' },
    );
    expect(kinds(one)).toEqual([
      'position',
      'approved',
      'portrait',
      'answer',
      'answer',
      'pay',
      'schedule',
      'place',
      'city',
      'reserve',
    ]);
  });

  test('an answer that is out of the question, or too little in common: not proposed', () => {
    expect(ranked([person('one', { answers: { medical: answer('yesno', 'no') } })])).toEqual([]);
    expect(ranked([person('one', { vacancy: 'waiter' })])).toEqual([]);
  });

  test('the newest answer to a question counts, wherever it was given', () => {
    const both = person('one', { answers: { medical: answer('yesno', 'no', 1) } });
    const [second] = person('two').applications;
    if (second)
      both.applications.push({
        ...second,
        answers: { medical: answer('yesno', 'yes', 2) },
      });
    expect(kinds(both)).toContain('answer');
  });

  test('what speaks against is shown, and the better comes first', () => {
    const dear = person('dear', { fields: field('terms', 'от 150 000') });
    const fits = person('fits', { answers: { medical: answer('yesno', 'yes') } });
    const refused = person('refused', {
      stage: 'refused',
      answers: { medical: answer('yesno', 'yes') },
      refusal: { reason: 'experience', by: 'anna', at: 0, evidence: [], messageSent: true },
    });
    expect(ranked([dear, refused, fits]).map(({ candidate: { _id } }) => _id)).toEqual(['fits', 'refused']);
    expect(kinds(refused)).toContain('refusedBefore');
  });

  test('of two alike the one who was heard of lately', () => {
    const old = person('a-old', {}, { pool: { keys: [], at: morning - 200 * day } });
    expect(ranked([old, person('b-new')]).map(({ candidate: { _id } }) => _id)).toEqual(['b-new']);
  });

  test.each<[string, Partial<Candidate>, Partial<Application>]>([
    ['is on the blacklist', { blacklisted: { at: 0, by: 'x', reason: 'x' } }, {}],
    ['looks for nothing', { notLooking: { at: 0, why: 'foundJob' } }, {}],
    ['has opted out', { stopped: true }, {}],
    ['is being worked with', {}, { stage: 'review' }],
    ['begins to work', {}, { stage: 'starting' }],
    ['was offered it', { offers: [{ vacancy: 'cook2', at: 0, by: 'anna', answer: 'later' }] }, {}],
    ['was written to three days ago', { offers: [{ vacancy: 'x', at: morning - 3 * day, by: 'anna' }] }, {}],
    [
      'was refused here and does not know yet',
      {},
      {
        vacancy: 'cook2',
        stage: 'refused',
        refusal: { reason: 'other', by: 'anna', at: morning - 90 * day, evidence: [] },
      },
    ],
    [
      'was refused here lately',
      {},
      {
        vacancy: 'cook2',
        stage: 'refused',
        refusal: { reason: 'other', by: 'anna', at: morning - day, evidence: [], messageSent: true },
      },
    ],
  ])('whoever %s is left alone', (_why, more, application) => {
    expect(ranked([person('one', application, more)])).toEqual([]);
  });
});

/** In the reserve of the café; another cook's vacancy is open. */
function reserved(): World {
  const world = new World([{ ...cafe, questions: cook().questions }, cook()]);
  world.consents().say('да').say('5');
  world.act('anna', { type: 'reserve' });
  return world;
}
const offer = (world: World, by = 'anna', of = 'cook2') => {
  const decision = world.happens({ type: 'offerVacancy', application: '', by, vacancy: of });
  return decision.ok ? 'done' : decision.code;
};
const answers = (world: World, said: string) =>
  world.happens({
    type: 'buttonTapped',
    reach: { channel: 'telegram', address: '100' },
    person: {},
    data: `o:cook2:${said}`,
  });

describe('[P-20] a vacancy is offered', () => {
  test('one kind message, not at night, with three answers; never twice', () => {
    const world = reserved();
    expect(offer(world)).toBe('done');
    const { message, prompt, offer: of } = world.message('match.offerAgain');
    expect(message.buttons?.flat().map(({ data }) => data)).toEqual([
      'o:cook2:yes',
      'o:cook2:later',
      'o:cook2:no',
    ]);
    expect([prompt, of]).toEqual([false, 'cook2']);
    expect(offer(world)).toBe('alreadyOffered');
    expect(offer(world, 'head')).toBe('alreadyOffered');
  });

  test('interested: it begins with the answers at hand, and stays with whoever wrote', () => {
    const world = reserved();
    world.turn['cook2'] = 'boris';
    offer(world);
    answers(world, 'yes');
    expect(world.said).toEqual(['candidate.vacancy', 'match.recalled', 'candidate.again.check']);
    expect(world.application).toMatchObject({ vacancy: 'cook2', source: 'offer', recruiter: 'anna' });
    expect(world.told('anna')).toEqual(['notice.newLead']);
    world.tap('candidate.again.right');
    expect(world.application).toMatchObject({ stage: 'review', answers: { years: { value: 5 } } });
    expect(world.state.pool).toBeUndefined();
    answers(world, 'yes');
    expect(world.state.applications).toHaveLength(2);
  });

  test('not now: thanked, and may be asked about others later', () => {
    const world = reserved();
    offer(world);
    answers(world, 'later');
    expect(world.said).toEqual(['match.later']);
    expect(world.state).toMatchObject({ offers: [{ answer: 'later' }] });
    expect(world.state.pool).toBeDefined();
    answers(world, 'yes');
    expect(world.application.vacancy).toBe('cook2');
    answers(world, 'no');
    expect(world.toast).toEqual({ key: 'candidate.toast.stale' });
  });

  test('not looking: left alone until they write again', () => {
    const world = reserved();
    offer(world);
    answers(world, 'no');
    expect(world.said).toEqual(['match.left']);
    expect(world.state.notLooking?.why).toBe('said');
    expect(world.state.pool).toBeUndefined();
    world.say('снова ищу');
    expect(world.state.pool?.keys).toContain('повар');
  });

  test('a day that was to come then is asked anew', () => {
    const world = reserved();
    const [first] = world.state.applications;
    if (first) first.answers['start'] = answer('date', '2026-11-25', morning);
    world.vacancies = world.vacancies.map((one) => ({
      ...one,
      questions: [...one.questions, question('start', 'date')],
    }));
    offer(world);
    answers(world, 'yes');
    expect(world.application.answers).not.toHaveProperty('start');
    expect(world.said.at(-1)).toBe('candidate.question.text');
  });

  test.each<[string, (world: World) => unknown, string]>([
    ['closed', (world) => (world.vacancies = [cafe, cook({ status: 'archived' })]), 'noSuchVacancy'],
    ['not theirs', (world) => (world.vacancies = [cafe, cook({ recruiters: ['boris'] })]), 'notAllowed'],
    ['opted out', (world) => world.say('/stop'), 'optedOut'],
    ['blacklisted', (world) => world.act('anna', { type: 'blacklist', reason: 'x' }), 'blacklisted'],
    ['unreachable', (world) => (world.state.channels = []), 'cannotReach'],
    ['on it already', (world) => world.act('anna', { type: 'attach', vacancy: 'cook2' }), 'alreadyAttached'],
  ])('%s: refused', (_why, make, code) => {
    const world = reserved();
    make(world);
    expect(offer(world)).toBe(code);
  });

  test('a client offers nothing', () => expect(offer(reserved(), 'client')).toBe('notAllowed'));
});

describe('[P-20] the index of those who are free', () => {
  test('in it when their last application ends, out of it when one begins', () => {
    const world = reserved();
    expect(world.state.pool).toEqual({
      keys: ['повар', 'кафе'],
      at: morning,
    });
    world.act('anna', { type: 'invite' });
    expect(world.state.pool).toBeUndefined();
  });
});
