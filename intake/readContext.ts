import { importStages } from '../flows/imports/mapping.ts';
import { contextWords, type TableContext } from '../flows/imports/tableContext.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import type { Clock } from '../runtime/clock.ts';
import { parsePhone } from '../runtime/readFacts.ts';
import type { Words } from '../runtime/words.ts';

/** What a table is read with, as the agency is now: its vacancies, stages and recruiters by their names. */
export async function readContext(deps: {
  db: Database;
  clock: Clock;
  words: Words;
  policy: Policy;
}): Promise<TableContext> {
  const { db, clock, words, policy } = deps;
  const [vacancies, members] = await Promise.all([
    db.vacancies.find().sort({ createdAt: -1 }).toArray(),
    db.members.find({ active: true, role: { $ne: 'client' } }).toArray(),
  ]);
  const { zone } = policy;
  return {
    now: clock.now(),
    zone,
    phone: parsePhone,
    ...contextWords(words.lexicon),
    // An open one first, should two have one name.
    vacancies: vacancies
      .sort((a, b) => Number(b.status === 'open') - Number(a.status === 'open'))
      .map(({ _id, title }) => ({ id: _id, names: Object.values(title) })),
    stages: importStages.map((id) => ({
      id,
      names: words.langs.map((lang) => words.label({ lang, zone }, { key: `staff.stage.${id}` })),
    })),
    recruiters: members.map(({ _id, name }) => ({ id: _id, names: [name] })),
  };
}
