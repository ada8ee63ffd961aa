import type { Candidate } from '../flows/candidate.ts';
import { marksOf } from '../flows/duplicates/sameAs.ts';
import type { TableContext } from '../flows/imports/tableContext.ts';
import { counted, noCounts, type RowOutcome, type TableImport } from '../flows/imports/tableImport.ts';
import type { Reported } from './importReport.ts';
import { type FindPeople, type Resolved, resolveRow } from './resolveRow.ts';

/** What a dry run found. */
export interface Planned {
  counts: typeof noCounts;
  rows: Reported[];
}

/**
 * Go through a table without changing anything. Whoever a row would make is known to the rows below it, as it will be
 * when it is done in earnest.
 *
 * @param breathe called now and then: others have their turn
 */
export async function planImport(
  table: TableImport,
  data: string[][],
  context: TableContext,
  find: FindPeople,
  breathe: () => Promise<void>,
): Promise<Planned> {
  const made = new Map<string, Candidate>();
  const byMark = new Map<string, Set<string>>();
  const both: FindPeople = async (ids, marks) => {
    const known = await find(ids, marks);
    const own = [
      ...ids.flatMap((id) => made.get(id) ?? []),
      ...marks.flatMap((mark) => [...(byMark.get(mark) ?? [])].flatMap((id) => made.get(id) ?? [])),
    ];
    const people = new Map([...known, ...own].map((person) => [person._id, person]));
    return [...people.values()];
  };
  const rows: Reported[] = [];
  let counts = noCounts;
  for (const [index, cells] of data.entries()) {
    if (index % 100 === 99) await breathe();
    const resolved = await resolveRow(cells, table, context, both);
    const outcome = 'outcome' in resolved ? resolved.outcome : resolved;
    counts = counted(counts, outcome);
    rows.push({ number: table.layout.first + index + 1, cells, outcome });
    if (!('outcome' in resolved)) continue;
    const person = afterwards(resolved, table._id);
    made.set(person._id, person);
    for (const mark of marksOf(person)) {
      const ids = byMark.get(mark) ?? new Set();
      byMark.set(mark, ids.add(person._id));
    }
  }
  return { counts, rows };
}

/** The person as the rows below will find them: who they are, what they are on, which rows they came by. */
function afterwards({ row, key, candidate, known, deal, outcome }: Resolved, id: string): Candidate {
  const person: Candidate = known ?? {
    _id: candidate,
    version: 1,
    createdAt: Number.MAX_SAFE_INTEGER,
    channels: [],
    lang: '',
    zone: '',
    applications: [],
    decided: [],
    outbox: [],
  };
  const also = person.also ?? { names: [], phones: [], emails: [] };
  const note = { at: 0, by: '', text: '' };
  // The dry run's own rows are known as the same row again, whatever import they came by.
  const from = { import: `${id}:plan`, key, event: '', file: '', number: 0, filled: [] };
  const on = deal && { id: '', vacancy: deal.vacancy, stage: deal.stage };
  return {
    ...person,
    ...(row.name && { name: person.name ?? row.name.value }),
    ...(row.phone && { phone: person.phone ?? row.phone.value }),
    ...(row.email && { email: person.email ?? row.email.value }),
    ...(row.username && { username: person.username ?? row.username.value }),
    ...(row.birthday && { birthday: person.birthday ?? row.birthday.value }),
    also: { ...also, phones: [...also.phones, ...row.phones] },
    notes: outcome.what === 'repeated' ? person.notes : [...(person.notes ?? []), { ...note, from }],
    ...(on && {
      applications: [
        ...person.applications,
        {
          ...on,
          source: '',
          createdAt: 0,
          stageAt: 0,
          answers: {},
          interviewVersion: 0,
          tasks: [],
          notes: [],
          files: [],
        },
      ],
    }),
  };
}

/** Is it worth a line of the list of troubles? */
export function isTrouble({ what, doubts, alike }: RowOutcome): boolean {
  return ['nobody', 'tooLong', 'skipped'].includes(what) || doubts.length > 0 || alike.length > 0;
}
