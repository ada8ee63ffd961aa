import type { Member } from '../flows/member.ts';
import type { Question, Words as Text } from '../flows/question.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Words } from '../runtime/words.ts';

/** The agency everybody meets at the first start. Its words stand in `locales/<lang>/demo.json`. */
export function demoAgency(words: Words, now: number): { members: Member[]; vacancies: Vacancy[] } {
  const say = (key: string): Text => {
    const all = words.langs.map((lang) => [lang, words.label({ lang, zone: 'utc' }, { key: `demo.${key}` })]);
    return { ru: '', ...Object.fromEntries(all) };
  };
  const ru = (key: string) => say(key).ru;
  const week = Object.fromEntries(
    ['1', '2', '3', '4', '5'].map((day) => [day, [['11:00', '19:00']]]),
  ) as Member['hours']['week'];
  const hours = { week, off: [], buffer: 0 };
  const person = (id: string, role: Member['role'], more: Partial<Member> = {}): Member => ({
    _id: id,
    role,
    name: ru(`people.${id}`),
    lang: 'ru',
    zone: 'Europe/Moscow',
    active: true,
    hours,
    ...more,
  });
  const yesNo = (id: string, rule: Question['rule']): Question => ({
    id,
    kind: 'yesno',
    text: say(`question.${id}`),
    ...(rule && { rule }),
  });
  const phone: Question = { id: 'phone', kind: 'phone', text: say('question.phone') };
  const city: Question = { id: 'city', kind: 'city', text: say('question.city') };
  const options = (id: string, list: string[]) =>
    list.map((option) => ({ id: option, text: say(`option.${id}.${option}`) }));
  const years = (min: number): Question => ({
    id: 'experience',
    kind: 'number',
    text: say('question.experience'),
    unit: say('unit.years'),
    min: 0,
    max: 60,
    rule: { min, points: 2 },
  });
  const vacancy = (id: string, more: Partial<Vacancy> & Pick<Vacancy, 'questions' | 'formats'>): Vacancy => ({
    _id: id,
    status: 'open',
    title: say(`vacancy.${id}.title`),
    text: say(`vacancy.${id}.text`),
    interviewers: ['recruiter1'],
    recruiters: ['recruiter1', 'recruiter2'],
    client: 'client',
    autoInvite: false,
    createdAt: now,
    ...more,
  });
  return {
    members: [
      person('head', 'head'),
      person('recruiter1', 'recruiter'),
      person('recruiter2', 'recruiter'),
      person('client', 'client', { company: ru('people.company') }),
    ],
    vacancies: [
      vacancy('driver', {
        questions: [
          yesNo('licence', { expect: ['yes'], knockOut: true }),
          years(2),
          {
            id: 'cars',
            kind: 'several',
            text: say('question.cars'),
            options: options('cars', ['gazelle', 'truck', 'tractor']),
            rule: { expect: ['truck', 'tractor'], points: 1 },
          },
          city,
          phone,
          { id: 'resume', kind: 'file', text: say('question.resume'), optional: true },
        ],
        formats: ['phone', 'zoom', 'office'],
        address: ru('address'),
        link: 'https://zoom.example/j/5551234567',
        notes: ru('notes'),
      }),
      vacancy('cook', {
        questions: [
          {
            id: 'schedule',
            kind: 'choice',
            text: say('question.schedule'),
            options: options('schedule', ['shifts', 'fiveTwo', 'any']),
            rule: { expect: ['shifts', 'any'], points: 1 },
          },
          years(1),
          yesNo('medical', { expect: ['yes'], points: 1 }),
          { id: 'start', kind: 'date', text: say('question.start') },
          phone,
        ],
        formats: ['office'],
        address: ru('address'),
        interviewers: ['recruiter1', 'recruiter2'],
        autoInvite: true,
      }),
      vacancy('operator', {
        questions: [
          { id: 'about', kind: 'text', text: say('question.about') },
          {
            id: 'salary',
            kind: 'number',
            text: say('question.salary'),
            unit: say('unit.roubles'),
            min: 10_000,
            max: 1_000_000,
            rule: { max: 80_000, points: 1 },
          },
          city,
          phone,
          { id: 'email', kind: 'email', text: say('question.email'), optional: true },
        ],
        formats: ['phone', 'zoom'],
        link: 'https://zoom.example/j/5551234567',
        interviewers: ['recruiter2'],
      }),
    ],
  };
}
