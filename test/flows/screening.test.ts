import { describe, expect, test } from 'vitest';
import type { Question } from '../../flows/question.ts';
import { file, hour, morning, question, vacancy, World } from './factory.ts';

const asking = (...questions: Question[]) => new World([vacancy('cook', { questions })]).consents();
const answerOf = (world: World, id = 'q') => world.application.answers[id];
const last = question('last', 'text');
const shifts = ['2/2', '5/2', '7/7'].map((ru) => ({ id: ru, text: { ru } }));

describe('an answer', () => {
  const number = question('q', 'number', { min: 0, max: 60, unit: { ru: 'лет' } });
  const rows: [kind: string, asked: Question, said: string, value: unknown][] = [
    ['yes/no typed', question('q', 'yesno'), 'Да, конечно', 'yes'],
    ['yes/no typed with a sign', question('q', 'yesno'), 'да!', 'yes'],
    ['yes/no typed in the other language', question('q', 'yesno'), 'Nope.', 'no'],
    ['yes/no typed as a plus', question('q', 'yesno'), '+', 'yes'],
    ['a choice typed', question('q', 'choice'), 'Вариант two', ['two']],
    ['a choice by its number', question('q', 'choice'), '3', ['three']],
    [
      'a choice by its beginning',
      question('q', 'choice', {
        options: [
          { id: 'day', text: { ru: 'Дневная смена' } },
          { id: 'night', text: { ru: 'Ночная' } },
        ],
      }),
      'дневная',
      ['day'],
    ],
    [
      'a choice whose number is nobody’s beginning',
      question('q', 'choice', { options: shifts }),
      '1',
      ['2/2'],
    ],
    ['a choice in the other language', question('q', 'choice'), 'option one', ['one']],
    ['several typed', question('q', 'several'), '1, вариант three', ['one', 'three']],
    ['several with an "and"', question('q', 'several'), 'вариант one и three', ['one', 'three']],
    ['several by a word of their own', question('q', 'several'), 'two', ['two']],
    ['a résumé on a site', question('q', 'file'), 'вот: hh.ru/resume/12ab', 'вот: hh.ru/resume/12ab'],
    ['a number with a word', number, '5 лет', 5],
    ['a number with a comma', number, '2,5', 2.5],
    ['a number with spaces', question('q', 'number'), '110 000 руб.', 110_000],
    ['a number in thousands', question('q', 'number'), '80 тыс.', 80_000],
    ['a number in words', number, 'лет пять', 5],
    ['a number of two words', number, 'Twenty five years', 25],
    ['months where years are asked', number, '3 месяца', 0.3],
    ['years and months', number, '2 года и 6 мес.', 2.5],
    ['a year without a number', number, 'около года', 1],
    ['half a year', number, 'полгода', 0.5],
    ['none', number, 'Без опыта', 0],
    ['a range, from its lower end', number, '2-3 года', 2],
    ['a text', question('q', 'text'), '  Работал поваром  ', 'Работал поваром'],
    ['a date in words', question('q', 'date'), 'завтра', '2026-11-25'],
    ['a date in digits', question('q', 'date'), '1.12', '2026-12-01'],
    ['a date by month', question('q', 'date'), '3 января', '2027-01-03'],
    ['a weekday', question('q', 'date'), 'в понедельник', '2026-11-30'],
    ['a city', question('q', 'city'), 'Москва', 'москва'],
    ['a city by its short name', question('q', 'city'), 'г. СПб', 'санкт-петербург'],
    ['a city in the other language', question('q', 'city'), 'Moscow', 'москва'],
    ['a phone with eight', question('q', 'phone'), '8 (916) 123-45-67', '+79161234567'],
    ['a phone of elsewhere', question('q', 'phone'), '+375 29 123-45-67', '+375291234567'],
  ];
  test.each(rows)('[X-06] %s is understood', (_kind, asked, said, value) => {
    const world = asking(asked, last).say(said);
    expect(answerOf(world)?.value).toEqual(value);
    expect(world.state.dialog).toMatchObject({ kind: 'question', question: { id: 'last' } });
  });

  const taps: [Question, string, unknown][] = [
    [question('q', 'yesno'), 'candidate.button.yes', 'yes'],
    [question('q', 'yesno'), 'candidate.button.no', 'no'],
    [question('q', 'choice'), 'вариант two', ['two']],
    [question('q', 'text', { optional: true }), 'candidate.button.skip', ''],
  ];
  test.each(taps)('[X-06] a tap: %#', (asked, button, value) => {
    expect(answerOf(asking(asked, last).tap(button))?.value).toEqual(value);
  });

  test.each(['нет', 'Нет резюме', 'потом', 'no'])(
    '[X-06] "%s" instead of a file that may be missing',
    (said) => {
      const file = question('q', 'file', { optional: true });
      expect(answerOf(asking(file, last).say(said))).toMatchObject({ skipped: true });
    },
  );

  const wrong: [Question, string, string][] = [
    [question('q', 'yesno'), 'может быть', 'yesno'],
    [question('q', 'choice'), 'иначе', 'choice'],
    [question('q', 'choice'), '4', 'choice'],
    // The second, or "2/2"?
    [question('q', 'choice', { options: shifts }), '2', 'choice'],
    [question('q', 'several'), '1, иначе', 'several'],
    [question('q', 'several'), 'вариант', 'several'],
    [number, 'много', 'number'],
    [number, '61', 'range'],
    [number, '-1', 'range'],
    [question('q', 'date'), 'когда-нибудь', 'date'],
    [question('q', 'date'), '31.02', 'date'],
    [question('q', 'city'), 'Васюки', 'city'],
    [question('q', 'phone'), 'нет телефона', 'phone'],
    [question('q', 'phone'), '123', 'phone'],
    [question('q', 'file'), 'нет файла', 'file'],
  ];
  test.each(wrong)('[X-06] a wrong one gets a hint and the question again: %#', (asked, said, hint) => {
    const world = asking(asked, last).say(said);
    expect(world.said).toEqual([`candidate.hint.${hint}`, 'candidate.question.text']);
    expect(answerOf(world)).toBeUndefined();
    expect(world.state.dialog?.misses).toBe(1);
  });

  test('[X-06] a contact of one’s own answers the phone question; somebody else’s does not', () => {
    const world = asking(question('q', 'phone'), last);
    expect(world.message('candidate.question.text').message.askContact).toBe(true);
    world.send({ kind: 'contact', contact: { phone: '+79160000000', own: false } });
    expect(world.said[0]).toBe('candidate.hint.otherContact');
    world.send({ kind: 'contact', contact: { phone: '+79161234567', own: true } });
    expect(world.state.phone).toBe('+79161234567');
    expect(answerOf(world)?.value).toBe('+79161234567');
  });

  test('[X-06] a file answers the file question, and is thanked for anywhere else', () => {
    const world = asking(question('q', 'file'), last).send({ kind: 'file', file });
    expect(answerOf(world)).toMatchObject({ value: 'cv.pdf', file });
    world.send({ kind: 'file', file });
    expect(world.said).toEqual(['candidate.hint.otherFile', 'candidate.question.text']);
  });

  test.each(['voice', 'sticker', 'edited', 'other'] as const)(
    '[X-06] %s gets a kind answer and changes no answer',
    (kind) => {
      const world = asking(question('q', 'yesno')).send({ kind, text: 'да' });
      expect(world.said[0]).toBe(`candidate.hint.${kind}`);
      expect(world.application.answers).toEqual({});
    },
  );

  test('[X-03] the city gives the zone in which times are shown', () => {
    const world = asking(question('q', 'city')).say('Новосибирск');
    expect(world.state).toMatchObject({ city: 'Новосибирск', zone: 'Asia/Novosibirsk' });
  });

  test.each([
    ['ростов-на-дону', 'Ростов-на-Дону'],
    ['нижний новгород', 'Нижний Новгород'],
    ['питер', 'Санкт-Петербург'],
    ['улан-удэ', 'Улан-Удэ'],
  ])('[X-06] the city "%s" is written %s', (said, shown) => {
    expect(answerOf(asking(question('q', 'city')).say(said))?.text).toBe(shown);
  });
});

describe('the way through the questions', () => {
  const three = [question('a', 'yesno'), question('b', 'choice'), question('c', 'text', { optional: true })];

  test('[X-06] progress is counted, back is offered from the second question, skip where allowed', () => {
    const world = asking(...three);
    const shown = () => world.message('candidate.question.text').message;
    const labels = () => (shown().buttons ?? []).flat().map(({ label }) => ('key' in label ? label.key : ''));
    expect(shown().params).toMatchObject({ number: 1, total: 3 });
    expect(labels()).not.toContain('candidate.button.back');
    world.tap('candidate.button.yes');
    expect(shown().params).toMatchObject({ number: 2, total: 3 });
    expect(labels()).toContain('candidate.button.back');
    expect(labels()).not.toContain('candidate.button.skip');
    world.say('1');
    expect(labels()).toEqual(['candidate.button.back', 'candidate.button.skip']);
  });

  test.each(['candidate.button.back', 'назад', 'Back', '← Назад'])(
    '[X-06] "%s" asks the last answer again',
    (how) => {
      const world = asking(...three)
        .say('да')
        .say('2');
      if (how.startsWith('candidate.')) world.tap(how);
      else world.say(how);
      expect(world.state.dialog).toMatchObject({ question: { id: 'b' } });
      expect(Object.keys(world.application.answers)).toEqual(['a']);
      world.say('назад').say('назад');
      expect(world.state.dialog).toMatchObject({ question: { id: 'a' } });
      expect(world.say('нет').application.answers['a']?.value).toBe('no');
    },
  );

  test('[X-06] "пропустить" passes only what may be passed', () => {
    const world = asking(...three).say('пропустить');
    expect(world.said[0]).toBe('candidate.hint.yesno');
    world.say('да').say('1').say('Пропустить');
    expect(world.application).toMatchObject({ stage: 'review', answers: { c: { skipped: true } } });
  });

  test('[X-06] several: taps toggle, "done" needs one, the picked are kept', () => {
    const world = asking(question('q', 'several'), last).tap('candidate.button.done');
    expect(world.said[0]).toBe('candidate.hint.several');
    world.tap('вариант one').tap('вариант two').tap('вариант one').tap('вариант three');
    expect(world.state.dialog).toMatchObject({ picked: ['two', 'three'] });
    expect(world.say('готово').application.answers['q']).toMatchObject({ value: ['two', 'three'] });
  });

  test('[X-05] a human is called after three misunderstandings, and the question still stands', () => {
    const world = asking(question('q', 'yesno')).say('эээ').say('ммм').say('ааа');
    expect(world.said).toEqual(['candidate.human.coming', 'candidate.question.text']);
    expect(world.told('anna')).toEqual(['notice.human.misunderstood']);
    expect(world.tasks).toEqual(['take', 'help']);
    expect(world.say('да').application.stage).toBe('review');
  });

  test('[X-07] a phone that the channel proves is not asked for, and not counted', () => {
    const world = asking(question('a', 'yesno'), question('phone', 'phone'), question('b', 'yesno'));
    const progress = () => world.message('candidate.question.text').message.params;
    expect(progress()).toMatchObject({ number: 1, total: 3 });
    world.state.channels = [{ channel: 'whatsapp', address: '+79161234567' }];
    world.say('да');
    expect(progress()).toMatchObject({ number: 2, total: 2 });
    expect(world.say('да').application.answers['phone']).toMatchObject({ value: '+79161234567' });
  });

  test('[X-06] a tap twice, or on the question before, has no effect and is said to', () => {
    const world = asking(question('a', 'yesno'), question('b', 'yesno'));
    const old = world.data('candidate.button.yes');
    world.tap(old, 'tap-1').tap(old, 'tap-1');
    expect(world.last).toEqual([]);
    world.tap(old, 'tap-2');
    expect(world.toast).toEqual({ key: 'candidate.toast.stale' });
    expect(Object.keys(world.application.answers)).toEqual(['a']);
  });

  test('[X-06] a questionnaire changed half-way does no harm', () => {
    const world = asking(...three).say('да');
    world.vacancies = [
      vacancy('cook', {
        questions: [question('new', 'number'), question('a', 'choice'), question('c', 'text')],
      }),
    ];
    world.tap('вариант two');
    expect(world.application.answers).toMatchObject({
      a: { value: 'yes', kind: 'yesno' },
      b: { value: ['two'], asked: 'вопрос b' },
    });
    expect(world.state.dialog).toMatchObject({ question: { id: 'new' } });
    world.say('назад');
    expect(world.state.dialog).toMatchObject({ question: { id: 'new' } });
    world.say('4').say('1').say('текст');
    expect(world.application).toMatchObject({ stage: 'review', answers: { b: { value: ['two'] } } });
  });

  test('[B-04] a vacancy without questions goes to the recruiter at once', () => {
    expect(asking().application.stage).toBe('review');
  });

  test('[X-01] the language can be changed in the middle, and the question comes again', () => {
    const world = asking(question('q', 'yesno')).say('/language').tap('candidate.language.en');
    expect(world.state.lang).toBe('en');
    expect(world.said).toEqual(['candidate.language.set', 'candidate.question.text']);
  });
});

describe('the portrait', () => {
  const rules = [
    question('licence', 'yesno', { rule: { expect: ['yes'], knockOut: true } }),
    question('years', 'number', { rule: { min: 2, points: 2 } }),
    question('city', 'city', { rule: { expect: ['Москва'], points: 1 } }),
    question('free', 'text'),
  ];
  const answered = (answers: string[], more = {}) => {
    const world = new World([vacancy('cook', { questions: rules, ...more })]).consents();
    for (const answer of answers) world.say(answer);
    return world;
  };

  test.each([
    [['да', '3', 'мск', '-'], 3, true],
    [['да', '1', 'мск', '-'], 1, false],
    [['да', '2', 'Омск', '-'], 2, false],
    [['да', '2', 'Moscow', '-'], 3, true],
  ])('[B-04] %j gives %i points of 3', (answers, points, fits) => {
    expect(answered(answers).application.score).toMatchObject({ points, of: 3, fits });
  });

  test('[B-04] with a pass mark not every rule must fit, and each rule is kept with its answer', () => {
    const { score } = answered(['да', '2', 'Омск', '-'], { passScore: 2 }).application;
    expect(score).toMatchObject({ points: 2, fits: true });
    expect(score?.rules).toEqual([
      { question: 'licence', fits: true, points: 0, of: 0, knockOut: true },
      { question: 'years', fits: true, points: 2, of: 2, knockOut: false },
      { question: 'city', fits: false, points: 0, of: 1, knockOut: false },
    ]);
  });

  test('[B-04] the recruiter gets the card at once, with a clock for looking at it', () => {
    const world = answered(['да', '2', 'мск', '-']);
    expect(world.told('anna')).toEqual(['view:card']);
    expect(world.said).toEqual(['candidate.screened']);
    expect(world.tasks).toEqual(['take', 'review']);
  });

  test('[B-04] a vacancy that invites by itself does so when everything fits, and only then', () => {
    const world = answered(['да', '2', 'мск', '-'], { autoInvite: true });
    expect(world.application.stage).toBe('invited');
    expect(world.said).toEqual(['candidate.invited', 'candidate.slot.day']);
    expect(world.tasks).toEqual([]);
    expect(answered(['да', '1', 'мск', '-'], { autoInvite: true }).application.stage).toBe('review');
  });

  test('[P-18] a knock-out answer ends politely at once; the refusal leaves 12 hours later', () => {
    const world = answered(['нет']);
    expect(world.said).toEqual(['candidate.screened']);
    expect(world.told('anna')).toEqual(['notice.knockedOut']);
    expect(world.application).toMatchObject({ stage: 'refused', refusal: { reason: 'knockOut', by: 'bot' } });
    expect(world.state.dialog).toBeUndefined();
    expect(world.tasks).toEqual([]);
    world.until(morning + 11 * hour);
    expect(world.everSaid).not.toContain('candidate.refusal');
    world.until(morning + 24 * hour);
    expect(world.everSaid.filter((key) => key === 'candidate.refusal')).toHaveLength(1);
  });

  test('[P-18] until it has left the recruiter can undo it, and the candidate is looked at', () => {
    const world = answered(['нет']);
    expect(world.code('anna', { type: 'undo' })).toBe('done');
    expect(world.application).toMatchObject({ stage: 'review' });
    expect(world.application.refusal).toBeUndefined();
    expect(world.tasks).toEqual(['review']);
    world.until(morning + 48 * hour);
    expect(world.everSaid).not.toContain('candidate.refusal');
  });

  test('[P-18] nothing tells the candidate of a refusal before its message', () => {
    const world = answered(['нет']).say('/status');
    const lines = JSON.stringify(world.message('candidate.status.title').message.params);
    expect(lines).toContain('candidate.status.review');
    expect(lines).not.toContain('candidate.status.refused');
    world.until(morning + 24 * hour).say('/status');
    expect(JSON.stringify(world.message('candidate.status.title').message.params)).toContain(
      'candidate.status.refused',
    );
  });
});
