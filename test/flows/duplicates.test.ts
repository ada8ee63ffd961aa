import { describe, expect, test } from 'vitest';
import type { Candidate } from '../../flows/candidate.ts';
import { alikeNames, marksOf, sameAs, type Sign } from '../../flows/duplicates/sameAs.ts';
import { candidate, World } from './factory.ts';

const phone = '+79161234567';
const of = (_id: string, more: Partial<Candidate>) => candidate({ _id, channels: [], ...more });

describe('[A-26] two who look like one person', () => {
  test.each<[string, Partial<Candidate>, Partial<Candidate>, Sign[]]>([
    ['phone', { phone }, { phone }, ['phone']],
    [
      'a WhatsApp of that number',
      { phone },
      { channels: [{ channel: 'whatsapp', address: '79161234567' }] },
      ['phone'],
    ],
    ['e-mail', { email: 'a@b.ru' }, { email: 'a@b.ru' }, ['email']],
    ['messenger, however it is written', { username: 'Ivan' }, { username: 'ivan' }, ['messenger']],
    [
      'birthday and a similar name',
      { name: 'Иван Петров', birthday: '1990-05-01' },
      { name: 'Петров Иван Сергеевич', birthday: '1990-05-01' },
      ['birthday'],
    ],
    [
      'birthday alone',
      { name: 'Иван Петров', birthday: '1990-05-01' },
      { name: 'Олег Сидоров', birthday: '1990-05-01' },
      [],
    ],
    ['name alone', { name: 'Иван Петров' }, { name: 'Иван Петров' }, []],
    [
      'a namesake of one city, with another phone, with or without a patronymic',
      { name: 'Иван Петров', city: 'Казань', phone },
      { name: 'Петров Иван Сергеевич', city: ' казань', phone: '+79160000002' },
      ['namesake'],
    ],
    [
      'a namesake with another patronymic',
      { name: 'Иван Петров Ильич', city: 'Казань' },
      { name: 'Петров Иван Сергеевич', city: 'Казань' },
      [],
    ],
    [
      'first name and patronymic alone',
      { name: 'Иван Ильич Петров', city: 'Казань' },
      { name: 'Иван Ильич Сидоров', city: 'Казань' },
      [],
    ],
    ['a first name alone', { name: 'Иван', city: 'Казань' }, { name: 'Иван', city: 'Казань' }, []],
    ['another city', { name: 'Иван Петров', city: 'Казань' }, { name: 'Иван Петров', city: 'Уфа' }, []],
    [
      'a namesake born on another day',
      { name: 'Иван Петров', city: 'Казань', birthday: '1990-05-01' },
      { name: 'Иван Петров', city: 'Казань', birthday: '1991-05-01' },
      [],
    ],
    ['everything', { phone, email: 'a@b.ru' }, { phone, email: 'a@b.ru' }, ['phone', 'email']],
    ['told that they are not', { phone, notSame: ['b'] }, { phone }, []],
    ['told of the other', { phone }, { phone, notSame: ['a'] }, []],
  ])('%s', (_why, a, b, signs) => {
    expect(sameAs(of('a', a), of('b', b))).toEqual(signs);
    expect(sameAs(of('b', b), of('a', a))).toEqual(signs);
  });

  test('nobody is their own duplicate', () =>
    expect(sameAs(of('a', { phone }), of('a', { phone }))).toEqual([]));

  test.each([
    ['Иванов Иван', 'Иван Иванов', true],
    ['Наталья Королёва', 'Наталия Королева', true],
    ['Иванов Иван', 'Иванов Пётр', false],
    ['Ли Анна', 'Ли Инна', false],
    ['Анна', 'Анна Смирнова', true],
    ['', 'Анна', false],
    ['Кузнецов Алексей', 'Кузнецова Александра', false],
  ])('the names %s and %s: %s', (a, b, alike) => {
    expect(alikeNames(a, b)).toBe(alike);
    expect(alikeNames(b, a)).toBe(alike);
  });
});

describe('[A-26] it is noticed by itself', () => {
  const found = (world: World) => world.last.filter((effect) => effect.type === 'findSame');

  test('what is new is looked for once; a phone where it is given', () => {
    const world = new World().screened();
    world.state.email = 'a@b.ru';
    world.say('/status');
    expect(found(world)).toMatchObject([{ marks: ['e:a@b.ru'] }]);
    expect(world.state.marks).toEqual(expect.arrayContaining(marksOf(world.state)));
    world.say('/status');
    expect(found(world)).toEqual([]);
  });

  test('a namesake is looked for by nobody: it is seen on the card', () => {
    const world = new World().screened();
    Object.assign(world.state, { name: 'Иван Петров', city: 'Казань' });
    world.say('/status');
    expect(found(world)).toEqual([]);
    expect(world.state.marks).toEqual([...marksOf(world.state), 'n:иван петров c:казань']);
  });

  test('[X-02] a name in the messenger is not kept before consent', () => {
    const world = new World().arrives();
    const reach = { channel: 'telegram', address: '100' } as const;
    const says = () =>
      world.happens({
        type: 'messageArrived',
        reach,
        person: { username: 'Ivan' },
        kind: 'text',
        text: '/status',
      });
    says();
    expect(world.state.username).toBeUndefined();
    world.tap('candidate.consent.yes');
    says();
    expect(world.state.marks).toEqual(['t:ivan']);
  });

  test('the recruiter is told by what, once', () => {
    const world = new World().screened();
    const others = [{ candidate: 'other', name: 'Иван', application: 'a9', signs: ['email'] as Sign[] }];
    const event = { type: 'sameFound', application: world.application.id, own: false, others } as const;
    world.happens(event);
    expect(world.told('anna')).toEqual(['same.found']);
    expect(JSON.stringify(world.last)).toContain('same.sign.email');
    world.happens(event);
    expect(world.told('anna')).toEqual([]);
  });

  test('“different people” is kept, and in the history', () => {
    const world = new World().screened();
    expect(world.code('anna', { type: 'notSame', other: 'other' })).toBe('done');
    expect(world.state.notSame).toEqual(['other']);
    expect(world.happened).toEqual(['notSame']);
    expect(world.code('client', { type: 'notSame', other: 'x' })).toBe('notAllowed');
  });
});
