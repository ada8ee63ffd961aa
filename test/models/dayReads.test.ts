import { join } from 'node:path';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readEntries } from '../../api/page/member/readEntries.ts';
import { sayTo } from '../../api/page/member/say.ts';
import { drawCandidates } from '../../bot/views/candidateList.ts';
import { drawControl, drawTasks } from '../../bot/views/tasks.ts';
import { drawTeam } from '../../bot/views/team.ts';
import { drawToday } from '../../bot/views/today.ts';
import { demoAgency } from '../../demo/demoAgency.ts';
import type { Application, Candidate, Task } from '../../flows/candidate.ts';
import type { Member } from '../../flows/member.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { type Database, openDatabase } from '../../models/database.ts';
import { makeClock } from '../../runtime/clock.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { loadWords, type Rendered } from '../../runtime/words.ts';
import { driverApplication } from '../support/driverApplication.ts';
import { listed } from '../support/listed.ts';
import { startStore } from '../support/startStore.ts';

/** Tuesday, noon in Moscow. */
const now = Date.UTC(2026, 10, 24, 9);
const hour = 3_600_000;
/** Who was here once, and with whom there is nothing to do. */
const many = 300;

const store = await startStore();
const real = await openDatabase(store.uri);
/** What was asked of the people since it was emptied. */
let asked: ReturnType<Database['candidates']['find']>[] = [];
const words = loadWords(join(import.meta.dirname, '../../locales'));
const { members, vacancies } = demoAgency(words, now);
const member = (id: string): Member => members.find(({ _id }) => _id === id) ?? expect.fail(`no ${id}`);

function person(name: string, stage: Application['stage'], more: Partial<Application> = {}): Candidate {
  const application = driverApplication(name, stage, now - 60 * 24 * hour, {
    createdAt: now - 90 * 24 * hour,
    recruiter: 'recruiter1',
    ...more,
  });
  const phone = name === 'Открытый' ? { phone: '+79161113344' } : {};
  return listed({ ...newCandidate(name, defaultPolicy, now), ...phone, name, applications: [application] });
}
const task = (more: Partial<Task>): Task => ({
  id: 't',
  kind: 'undelivered',
  member: 'recruiter1',
  createdAt: now,
  due: now + hour,
  passed: 0,
  ...more,
});
const interview = { interviewer: 'recruiter1', format: 'office' as const, bookedAt: now, reminders: [] };

beforeAll(async () => {
  await real.members.insertMany(members);
  await real.vacancies.insertMany(vacancies);
  const old = { done: now - 59 * 24 * hour, due: now - 60 * 24 * hour };
  await real.candidates.insertMany([
    ...Array.from({ length: many }, (_none, index) =>
      person(`Прежний ${index}`, index % 2 === 0 ? 'refused' : 'hired', {
        tasks: [task(old)],
        past: [{ ...interview, start: now - 61 * 24 * hour }],
        ...(index % 2 === 1 && {
          fields: { startDate: { value: now - 50 * 24 * hour, at: now, by: 'head' } },
        }),
      }),
    ),
    person('Открытый', 'review', { taken: now }),
    person('Отказной', 'refused', { tasks: [task({})] }),
    person('Общий', 'reserve', {
      recruiter: 'recruiter2',
      tasks: [task({ member: 'recruiter2', also: 'head' })],
    }),
    person('Встреча', 'interview', { taken: now, interview: { ...interview, start: now + 3 * hour } }),
    person('Первый день', 'starting', {
      taken: now,
      fields: { startDate: { value: now + 24 * hour, at: now, by: 'head' } },
    }),
  ]);
});
afterAll(async () => {
  await real.close();
  await store.stop();
});

const unasked = (name: string | symbol): never => expect.fail(`a screen asks by ${String(name)}`);
/** Its order, skip and limit are said after it was made. */
function kept(cursor: (typeof asked)[number]) {
  asked.push(cursor);
  return cursor;
}
/** The same database, which writes down what is asked of the people. */
const listening: Database = {
  ...real,
  candidates: new Proxy(real.candidates, {
    get: (candidates, name) =>
      name === 'find' ? (filter: object) => kept(candidates.find(filter)) : unasked(name),
  }),
};
const deps = { db: listening, clock: makeClock(now - Date.now()), words, policy: defaultPolicy };

const figures = z.object({ executionStats: z.object({ totalDocsExamined: z.number() }) });

/** Draws a screen; how many of the people were looked at for it, and what it says. */
async function look(draw: () => Promise<string>): Promise<{ said: string; seen: number }> {
  asked = [];
  const said = await draw();
  expect(asked).not.toEqual([]);
  let seen = 0;
  for (const cursor of asked) {
    const told: unknown = await cursor.clone().explain('executionStats');
    seen += figures.parse(told).executionStats.totalDocsExamined;
  }
  return { said, seen };
}
const textOf = async (drawn: Promise<Rendered>) => (await drawn).text;
const found = (query: string) => textOf(drawCandidates(deps, member('head'), { id: 'x', query }, 0));
const week = DateTime.fromMillis(now, { zone: 'Europe/Moscow' }).startOf('week');
const calendar = async (of: string) => {
  const entries = await readEntries(deps, member(of), sayTo(words, member(of)), week);
  return entries.map(({ title }) => title).join('\n');
};

test.each<[screen: string, draw: () => Promise<string>, shown: string[], hidden: string[]]>([
  [
    'a recruiter’s /today',
    () => textOf(drawToday(deps, member('recruiter1'))),
    ['Отказной', 'Встреча'],
    ['Общий', 'Открытый', 'Прежний'],
  ],
  [
    'the head’s /today',
    () => textOf(drawToday(deps, member('head'))),
    ['Отказной', 'Общий', 'Встреча'],
    ['Прежний'],
  ],
  [
    'a recruiter’s /tasks',
    () => textOf(drawTasks(deps, member('recruiter1'), 'time', 0, '')),
    ['Отказной'],
    ['Общий', 'Прежний'],
  ],
  [
    'the head’s /tasks, one member’s',
    () => textOf(drawTasks(deps, member('head'), 'time', 0, 'head')),
    ['Общий'],
    ['Отказной', 'Прежний'],
  ],
  [
    'the head’s /tasks',
    () => textOf(drawTasks(deps, member('head'), 'time', 0, '')),
    ['Отказной', 'Общий'],
    ['Прежний'],
  ],
  ['/control', () => textOf(drawControl(deps, member('head'))), ['3'], [String(many)]],
  ['/team', () => textOf(drawTeam(deps, member('head'))), ['сегодня 1'], [String(many / 2)]],
  ['/candidates by name', () => found('встр'), ['Встреча'], ['Прежний', 'Общий']],
  ['/candidates by the end of a number', () => found('33-44'), ['Открытый'], ['Прежний', 'Общий']],
  ['/candidates by a name many have', () => found('прежний'), ['Прежний 0'], ['Прежний 2', 'Общий']],
  ['/candidates, the latest', () => found(''), ['Встреча', 'Прежний 0'], ['Прежний 100']],
  ['/candidates of a vacancy', () => found('v:driver'), ['Встреча', 'Прежний 0'], ['Прежний 100']],
  ['the calendar’s page', () => calendar('head'), ['Встреча', 'Первый день'], ['Прежний']],
])(
  '[A-05] [A-22] [B-11] %s looks at those it is about, however many were here',
  async (_screen, draw, shown, hidden) => {
    const { said, seen } = await look(draw);
    for (const word of shown) expect(said).toContain(word);
    for (const word of hidden) expect(said).not.toContain(word);
    // Some are found in two ways: by their stage, and by a task or a meeting; of a page what is passed over, too.
    expect(seen).toBeLessThan(15);
  },
);
