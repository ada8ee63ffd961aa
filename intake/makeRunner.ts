import { importStages } from '../flows/imports/mapping.ts';
import type { TableContext } from '../flows/imports/tableContext.ts';
import { counted, type ImportCounts, noCounts, type TableImport } from '../flows/imports/tableImport.ts';
import { plainText } from '../flows/imports/plainText.ts';
import { isOpen } from '../flows/pipelines/stages.ts';
import { insertNew } from '../models/databaseErrors.ts';
import type { ImportRow } from '../models/rows.ts';
import { type Reported, importReport } from './importReport.ts';
import { dataOf } from './dataOf.ts';
import type { ImportDeps } from './makeImports.ts';
import type { ReadSheets } from './makeReadSheets.ts';
import { readContext } from './readContext.ts';
import { inOrder } from './inOrder.ts';
import { marksOfCells } from './marksOfCells.ts';
import { importRow, undoRow } from './runImport.ts';

/** For how long a process has an import to itself, by the machine's clock, in milliseconds. */
const lease = 20_000;
/** How many rows are worked on before they are written down, and how often it is told how far it is. */
const handful = 8;
const tellEvery = 2_500;

/**
 * Goes on with what runs, until nothing does: a handful of rows at a time, so that a stop takes hold and everybody
 * else has their turn. What a process that died had begun is taken up where it was.
 */
export function makeRunner(deps: ImportDeps, sheets: ReadSheets): () => Promise<void> {
  const { db, clock, desk, owner } = deps;
  let told = 0;

  /** @returns whether it still is ours to go on with */
  const claim = async (_id: string, status: TableImport['status']): Promise<boolean> => {
    const now = clock.real();
    const free = [{ owner }, { owner: { $exists: false } }, { until: { $lt: now } }];
    const { matchedCount } = await db.imports.updateOne(
      { _id, status, $or: free },
      { $set: { owner, until: now + lease } },
    );
    return matchedCount > 0;
  };

  const tell = async ({ _id, by }: TableImport, ended: boolean): Promise<void> => {
    const now = clock.real();
    if (!ended && now - told < tellEvery) return;
    told = now;
    const message = { key: 'view:import', params: { id: _id } };
    await deps.tell(`import:${_id}:shown:${clock.id(8)}`, [by], message, `import:${_id}`);
  };

  const run = async (table: TableImport): Promise<void> => {
    const [all, context] = await Promise.all([sheets(table), readContext(deps)]);
    const data = dataOf(all, table);
    const there = await db.importRows.find({ import: table._id }).toArray();
    const done = new Set(there.map(({ row }) => row));
    let counts = there.reduce((sum, { outcome }) => counted(sum, outcome), noCounts);
    const ahead = openBefore(data, table, context);
    await tell(table, false);
    for (let at = 0; at < data.length; at += handful) {
      if (!(await claim(table._id, 'running'))) return;
      const some = data.slice(at, at + handful).map((cells, offset) => ({ cells, index: at + offset }));
      const todo = some.filter(({ index }) => !done.has(index));
      const rows = await inOrder(
        todo,
        ({ cells }) => marksOfCells(cells, table, context),
        async ({ cells, index }): Promise<ImportRow> => {
          const outcome = await importRow(deps, table, { cells, index, ahead: ahead[index] ?? 0 }, context);
          return { _id: `${table._id}:${index}`, import: table._id, row: index, outcome };
        },
      );
      await insertNew(db.importRows, rows);
      counts = rows.reduce((sum, { outcome }) => counted(sum, outcome), counts);
      await save(table, counts);
      await tell(table, false);
    }
    await finish(table, data, counts);
  };

  const save = (table: TableImport, counts: ImportCounts) =>
    db.imports.updateOne({ _id: table._id, owner }, { $set: { counts } });

  const finish = async (table: TableImport, data: string[][], counts: ImportCounts): Promise<void> => {
    const result = await keepReport(table, data);
    const set = { status: 'done' as const, counts, result, endedAt: clock.now() };
    const ended = await db.imports.updateOne({ _id: table._id, status: 'running' }, { $set: set });
    if (ended.matchedCount === 0) return;
    await tell(table, true);
    const params = { name: table.file.name };
    await deps.tell(`import:${table._id}:result`, [table.by], { key: 'import.result', params, file: result });
  };

  const keepReport = async (table: TableImport, data: string[][]) => {
    const rows = await db.importRows.find({ import: table._id }).toArray();
    const reported = rows
      .sort((a, b) => a.row - b.row)
      .map(({ row, outcome }): Reported => ({
        number: table.layout.first + row + 1,
        cells: data[row] ?? [],
        outcome,
      }));
    const { lang, zone } = deps.policy;
    const reader = (await db.members.findOne({ _id: table.by })) ?? { lang, zone };
    const bytes = importReport(deps.words, reader, table, reported);
    const name = `${deps.words.label(reader, { key: 'import.report.file' })}.csv`;
    return deps.files.keep(bytes, name, 'document', `import:${table._id}:result:${table.version}`);
  };

  const undo = async (table: TableImport): Promise<void> => {
    const rows = await db.importRows.find({ import: table._id }).toArray();
    const people = new Set(
      rows.flatMap(({ outcome: { what, candidate } }) =>
        candidate && (what === 'made' || what === 'joined') ? [candidate] : [],
      ),
    );
    let counts = { ...table.counts, undone: 0, kept: 0 };
    for (const [index, candidate] of [...people].entries()) {
      if (index % handful === 0 && !(await claim(table._id, 'undoing'))) return;
      const undone = await undoRow(desk, table, candidate);
      counts = { ...counts, [undone ? 'undone' : 'kept']: counts[undone ? 'undone' : 'kept'] + 1 };
      if (index % handful === 0) await save(table, counts);
      await tell(table, false);
    }
    await save(table, counts);
    const set = { status: 'undone' as const, endedAt: clock.now() };
    await db.imports.updateOne({ _id: table._id, status: 'undoing' }, { $set: set });
    await tell(table, true);
  };

  return async () => {
    const work = await db.imports.find({ status: { $in: ['running', 'undoing'] } }).toArray();
    for (const table of work) {
      if (!(await claim(table._id, table.status))) continue;
      await (table.status === 'running' ? run(table) : undo(table));
    }
  };
}

/** Before each row, how many above it bring somebody a task: each is due a little later than the one before. */
function openBefore(data: string[][], { mapping }: TableImport, context: TableContext): number[] {
  const column = mapping.columns.indexOf('stage');
  const people = Math.max(1, context.recruiters.length);
  let open = 0;
  return data.map((row) => {
    const value = plainText(row[column] ?? '');
    const to = mapping.stages.find((one) => one.value === value)?.to;
    const stage = importStages.find((one) => one === to) ?? mapping.stage;
    const before = Math.floor(open / people);
    if (isOpen(stage)) open += 1;
    return before;
  });
}
