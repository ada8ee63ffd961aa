import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demoAgency } from '../../demo/demoAgency.ts';
import { defaultPolicy } from '../../flows/policies/defaultPolicy.ts';
import { outOfReach } from '../../proof/database/mongoError.ts';
import { makeVirtualDatabase } from '../../proof/database/virtualDatabase.ts';
import { makeClock } from '../../runtime/clock.ts';
import { newCandidate } from '../../runtime/newCandidate.ts';
import { makeEngine } from '../../runtime/makeEngine.ts';
import { loadWords } from '../../runtime/words.ts';
import { eventually } from '../support/eventually.ts';

const noon = Date.UTC(2026, 10, 24, 9);
const start = Date.UTC(2026, 10, 26, 9);

/** The engine over a database in memory that is out of reach whenever it is said to be, and somebody invited. */
function startWorld(fails: (operation: string) => boolean) {
  const database = makeVirtualDatabase({});
  const db = database.through((operation, work) =>
    fails(operation) ? Promise.reject(outOfReach()) : Promise.resolve().then(work),
  );
  const clock = { ...makeClock(noon - Date.now()), sleep: () => Promise.resolve() };
  const words = loadWords(join(import.meta.dirname, '../../locales'));
  const { members, vacancies } = demoAgency(words, noon);
  database.memory.members.insert(
    members.map((member) => ({ ...member })),
    true,
  );
  database.memory.vacancies.insert(
    vacancies.map((vacancy) => ({ ...vacancy })),
    true,
  );
  const application = {
    ...{ id: 'a1', vacancy: 'driver', source: 'hh', createdAt: noon, stage: 'invited', stageAt: noon },
    ...{ answers: {}, interviewVersion: 0, tasks: [], notes: [], files: [], recruiter: 'recruiter1' },
  };
  const person = { ...newCandidate('c1', defaultPolicy, noon), consent: { version: '2026-1', at: noon } };
  database.memory.candidates.insert([{ ...person, applications: [application] }], true);
  const engine = () =>
    makeEngine({
      db,
      clock,
      words,
      policy: defaultPolicy,
      channels: {},
      bell: { ring: () => Promise.resolve(), silence: () => Promise.resolve() },
      botUsername: 'bot',
      owner: 'test',
      alone: true,
      log: () => undefined,
      handlers: {},
      views: () => ({}),
    });
  const { desk } = engine();
  const book = () =>
    desk.perform('c1', {
      id: 'book',
      type: 'setInterview',
      application: 'a1',
      by: 'head',
      interviewer: 'recruiter1',
      start,
      format: 'phone',
    });
  /** By a process that has just begun. */
  const note = () =>
    engine().desk.perform('c1', { id: 'note', type: 'addNote', application: 'a1', by: 'head', text: 'tall' });
  return { book, note, person: () => database.memory.candidates.get('c1') };
}

test('[X-06] what follows from a decision is decided although the database was away just then', async () => {
  let commits = 0;
  // The answer about the window cannot be written, three times.
  const away = (operation: string) =>
    operation === 'candidates.replaceOne' && (commits += 1) > 1 && commits < 5;
  const { book, person } = startWorld(away);
  await book();
  expect(person()).toMatchObject({ applications: [{ stage: 'interview', interview: { start } }] });
});

test('[X-06] what is published is marked so, with all that followed: no restart looks at it again', async () => {
  let marks = 0;
  // The first attempt to write the marks fails: they are written by the next one, with nobody else's.
  const { book, person } = startWorld(
    (operation) => operation === 'candidates.bulkWrite' && (marks += 1) === 1,
  );
  await book();
  expect(person()).toMatchObject({ version: 2, unpublished: true });
  await eventually(
    () => Promise.resolve(person()),
    (now) => now?.unpublished === undefined,
  );
  expect(marks).toBe(2);
});

test.each([{ marked: true }, { marked: false }])(
  '[X-06] what a process left marked as unpublished is published anew by the next one, and nothing else: $marked',
  async ({ marked }) => {
    let [counts, inserts] = [false, 0];
    const { book, note, person } = startWorld((operation) => {
      if (counts && operation === 'ledger.insertMany') inserts += 1;
      // As a process leaves it that was killed before the mark was off.
      return marked && operation === 'candidates.bulkWrite';
    });
    await book();
    if (!marked)
      await eventually(
        () => Promise.resolve(person()),
        (now) => now?.unpublished === undefined,
      );
    counts = true;
    await note();
    // Once for what it decides itself.
    expect(inserts > 1).toBe(marked);
    expect(inserts).toBeGreaterThan(0);
  },
);
