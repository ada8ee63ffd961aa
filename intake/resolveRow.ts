import type { Candidate } from '../flows/candidate.ts';
import { isBlank } from '../flows/imports/isBlank.ts';
import type { ImportStage, Mapping } from '../flows/imports/mapping.ts';
import { calledLike, isDay, marksOfRow, matchRow, nameIdentity } from '../flows/imports/matchRow.ts';
import { type ReadRow, readRow } from '../flows/imports/readRow.ts';
import type { TableContext } from '../flows/imports/tableContext.ts';
import type { RowOutcome, TableImport } from '../flows/imports/tableImport.ts';
import { isOpen } from '../flows/pipelines/stages.ts';
import { personId, rowKey } from './rowKey.ts';

/** People by id and by mark, whoever knows them. */
export type FindPeople = (ids: string[], marks: string[]) => Promise<Candidate[]>;

/** A row that becomes somebody. */
export interface Resolved {
  row: ReadRow;
  key: string;
  /** Of the person it is, or will be. */
  candidate: string;
  known?: Candidate;
  deal?: { vacancy: string; stage: ImportStage; recruiter?: string };
  /** Ids of those who are alike. */
  alike: string[];
  outcome: RowOutcome;
}

/** What a row will become, by the mapping and by who is known: the same for the dry run and for the import itself. */
export async function resolveRow(
  cells: string[],
  { _id, layout, mapping }: Pick<TableImport, '_id' | 'layout' | 'mapping'>,
  context: TableContext,
  find: FindPeople,
): Promise<Resolved | RowOutcome> {
  const row = readRow(cells, layout, mapping, context);
  if (typeof row === 'string') return { what: row, doubts: [], alike: [] };
  const key = rowKey(layout.headings, cells);
  const own = personId(nameIdentity(row) ?? key);
  const marks = marksOfRow(row);
  const [reached, born] = await Promise.all([
    find(
      [own],
      marks.filter((mark) => !isDay(mark)),
    ),
    find([], marks.filter(isDay)),
  ]);
  const people = [...new Map([...reached, ...calledLike(row, born)].map((one) => [one._id, one])).values()];
  const { same, alike } = matchRow(row, people);
  const mine = people.find((one) => one._id === own);
  const known = same ?? (mine?.merged ? await follow(mine, find) : mine);
  const before = [...people, ...(known ? [known] : [])].flatMap(({ notes = [] }) =>
    notes.flatMap(({ from }) => (from?.key === key ? [from] : [])),
  )[0];
  const deal = before ? undefined : dealOf(row, mapping, known);
  const name = row.name?.value ?? known?.name ?? row.phone?.value ?? row.email?.value;
  const what = before?.import === _id ? (before.made ? 'made' : 'joined') : undefined;
  return {
    row,
    key,
    candidate: known?._id ?? own,
    ...(known && { known }),
    ...(deal && { deal }),
    alike: before ? [] : alike.map((one) => one._id),
    outcome: {
      what: what ?? (before ? 'repeated' : known && !isBlank(known) ? 'joined' : 'made'),
      ...(name && { name }),
      candidate: known?._id ?? own,
      ...((deal ?? (what && before?.application)) && { application: true }),
      ...(deal && isOpen(deal.stage) && { task: true, ...(row.interviewAt && { meets: true }) }),
      doubts: before ? [] : [...new Set(row.doubts)],
      alike: before ? [] : alike.map((one) => one.name ?? one.phone ?? one._id),
    },
  };
}

/** A card that was joined to another leads there. */
async function follow({ merged }: Candidate, find: FindPeople): Promise<Candidate | undefined> {
  if (!merged) return undefined;
  const [next] = await find([merged.into], []);
  return next?.merged ? follow(next, find) : next;
}

/** The application that comes with it: none where the table names no vacancy we have, or the person is on it. */
function dealOf(row: ReadRow, mapping: Mapping, known: Candidate | undefined): Resolved['deal'] {
  const vacancy = row.vacancy?.value ?? mapping.vacancy;
  if (vacancy === undefined || known?.applications.some((one) => one.vacancy === vacancy)) return undefined;
  // Who is to be met has been invited, whatever the other rows are.
  const stage = row.stage?.value ?? (row.interviewAt ? 'invited' : mapping.stage);
  const recruiter = row.recruiter?.value;
  return { vacancy, stage, ...(recruiter && { recruiter }) };
}
