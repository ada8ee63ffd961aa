import { demoAgency } from '../../demo/demoAgency.ts';
import type { Member } from '../../flows/member.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Vacancy } from '../../flows/vacancy.ts';
import type { Words } from '../../runtime/words.ts';
import { makeRandom } from './random.ts';

/** Zones with and without clock changes, on both sides of Greenwich. */
const zones = ['Europe/Moscow', 'Europe/Berlin', 'America/New_York'];

export interface Agency {
  policy: Policy;
  members: Member[];
  vacancies: Vacancy[];
  /** Tokens of start links, one a vacancy. */
  links: { _id: string; vacancy: string; source: string; createdAt: number }[];
}

/** Two heads, one recruiter to three vacancies, a client to three; the vacancies are the demo's, many times. */
export function makeAgency(words: Words, seed: number, count: number, now: number): Agency {
  const random = makeRandom(seed, 'agency');
  const zone = zones[seed % zones.length] ?? 'Europe/Moscow';
  const demo = demoAgency(words, now);
  const recruiters = Math.max(2, Math.ceil(count / 3));
  const clients = Math.max(1, Math.ceil(count / 3));
  const member = (id: string, role: Member['role'], number: number): Member => ({
    _id: id,
    role,
    name: id,
    telegram: String(100 + number),
    lang: random.chance(0.8) ? 'ru' : 'en',
    zone: random.chance(0.7) ? zone : random.pick(zones),
    active: true,
    hours: {
      week: Object.fromEntries(
        ['1', '2', '3', '4', '5'].map((day): [string, [string, string][]] => [day, [['10:00', '19:00']]]),
      ),
      off: [],
      buffer: random.chance(0.3) ? 10 : 0,
    },
  });
  const members = [
    member('head', 'head', 1),
    member('head2', 'head', 2),
    ...Array.from({ length: recruiters }, (_, index) => member(`rec${index}`, 'recruiter', 10 + index)),
    ...Array.from({ length: clients }, (_, index) => member(`cli${index}`, 'client', 50 + index)),
  ];
  const rec = (number: number) => `rec${number % recruiters}`;
  const vacancies = Array.from({ length: count }, (_, index): Vacancy => {
    const base = demo.vacancies[index % demo.vacancies.length];
    if (!base) throw new Error('the demo has no vacancies');
    return {
      ...base,
      _id: `v${index}`,
      title: { ru: `v${index}`, en: `v${index}` },
      interviewers: index % 4 === 0 ? [rec(index), rec(index + 1)] : [rec(index)],
      recruiters: [rec(index), rec(index + 1)],
      client: `cli${index % clients}`,
      createdAt: now + index,
    };
  });
  return {
    policy: { ...defaultPolicy, zone },
    members,
    vacancies,
    links: vacancies.map(({ _id }) => ({
      _id: `link-${_id}`,
      vacancy: _id,
      source: random.pick(['telegram', 'hh', 'avito']),
      createdAt: now,
    })),
  };
}
