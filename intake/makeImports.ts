import { createHash } from 'node:crypto';
import type { TableContext } from '../flows/imports/tableContext.ts';
import { noCounts, type TableImport } from '../flows/imports/tableImport.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import { insertNew } from '../models/databaseErrors.ts';
import type { CallOff, Clock } from '../runtime/clock.ts';
import type { Desk } from '../runtime/desk.ts';
import type { Files } from '../runtime/files.ts';
import type { Imports, Opened } from '../runtime/imports.ts';
import { oneAtATime } from '../runtime/oneAtATime.ts';
import type { Tell } from '../runtime/makeTell.ts';
import type { Words } from '../runtime/words.ts';
import { dataOf } from './dataOf.ts';
import { draftOf, fullest, remapped } from './draftImport.ts';
import { findAhead } from './findPeople.ts';
import type { FetchSheet } from './googleSheet.ts';
import { importReport } from './importReport.ts';
import { marksOfCells } from './marksOfCells.ts';
import { makeReadSheets } from './makeReadSheets.ts';
import { makeRunner } from './makeRunner.ts';
import { isTrouble, planImport } from './planImport.ts';
import { readContext } from './readContext.ts';
import { readTable } from './readTable.ts';

/** How often it is looked whether something runs, in milliseconds. */
const every = 1_000;
/** How many lines of a dry run are shown at most. */
const examples = 6;

export interface ImportDeps {
  db: Database;
  clock: Clock;
  desk: Desk;
  files: Files;
  words: Words;
  policy: Policy;
  tell: Tell;
  owner: string;
  fetchSheet: FetchSheet;
  log: (line: object) => void;
}

/** Tables come into the base: read, mapped, tried, brought in a row at a time, taken back. */
export function makeImports(deps: ImportDeps): Imports {
  const { db, clock, files, words, policy } = deps;
  const sheets = makeReadSheets(deps);
  const runner = makeRunner(deps, sheets.read);
  let callOff: CallOff | undefined;

  const theDraft = (id: string) => db.imports.findOne({ _id: id, status: 'draft' });

  const open: Imports['open'] = async (by, { bytes, name }, once = clock.id(12)): Promise<Opened> => {
    const _id = createHash('sha256').update(once).digest('hex').slice(0, 10);
    const before = await db.imports.findOne({ _id });
    if (before) return { ok: true, import: before };
    const table = await readTable(bytes, clock);
    if (!table.ok) return table;
    const drawn = draftOf(table.sheets, fullest(table.sheets), await readContext(deps));
    // Headings alone.
    if (drawn.rows === 0) return { ok: false, fault: 'empty' };
    const file = await files.keep(bytes, name, 'document', `import:${_id}`);
    const made: TableImport = {
      _id,
      by,
      createdAt: clock.now(),
      file,
      sheets: table.sheets.map((sheet) => sheet.name),
      ...drawn,
      status: 'draft',
      counts: noCounts,
      version: 1,
    };
    sheets.keep(_id, table.sheets);
    await insertNew(db.imports, [made]);
    return { ok: true, import: (await db.imports.findOne({ _id })) ?? made };
  };

  const change: Imports['change'] = async (id, { sheet, mapping }, version) => {
    const table = await theDraft(id);
    if (!table || (version !== undefined && table.version !== version)) return undefined;
    const [all, context] = await Promise.all([sheets.read(table), readContext(deps)]);
    const drawn = sheet === undefined ? table : draftOf(all, Math.min(sheet, all.length - 1), context);
    const next = mapping ? remapped(all[drawn.sheet]?.rows ?? [], drawn, mapping, context) : drawn.mapping;
    const { layout, rows, samples } = drawn;
    const set = { sheet: drawn.sheet, layout, rows, samples, mapping: next, version: table.version + 1 };
    const changed = await db.imports.findOneAndUpdate(
      { _id: id, status: 'draft', version: table.version },
      { $set: set },
      { returnDocument: 'after' },
    );
    return changed ?? undefined;
  };

  const check: Imports['check'] = async (id) => {
    const table = await db.imports.findOne({ _id: id });
    if (!table) return undefined;
    const [all, context] = await Promise.all([sheets.read(table), readContext(deps)]);
    const data = dataOf(all, table);
    const breathe = () => new Promise<void>((resolve) => clock.soon(resolve));
    const find = await findAhead(db, await wantedBy(data, table, context, breathe));
    const { counts, rows } = await planImport(table, data, context, find, breathe);
    const troubles = rows.filter(({ outcome }) => isTrouble(outcome));
    const member = await db.members.findOne({ _id: table.by });
    const reader = member ?? { lang: policy.lang, zone: policy.zone };
    return {
      counts,
      examples: troubles.slice(0, examples).map(({ number, outcome }) => ({ ...outcome, number })),
      ...(troubles.length > 0 && { problems: importReport(words, reader, table, troubles) }),
    };
  };

  const turn = async (id: string, from: TableImport['status'][], set: Partial<TableImport>) => {
    const where = { _id: id, status: { $in: from } };
    const { matchedCount } = await db.imports.updateOne(where, { $set: set, $inc: { version: 1 } });
    return matchedCount > 0;
  };

  return {
    open,
    openLink: async (by, link, id) => {
      const fetched = await deps.fetchSheet(link);
      return fetched.ok ? open(by, fetched, id) : fetched;
    },
    change,
    check,
    begin: (id) => turn(id, ['draft', 'stopped'], { status: 'running', startedAt: clock.now() }),
    stop: (id) => turn(id, ['draft', 'running'], { status: 'stopped', endedAt: clock.now() }),
    undo: (id) => turn(id, ['done', 'stopped'], { status: 'undoing' }),
    tick: runner,
    start: () => {
      callOff = oneAtATime(clock, every, runner, (error) =>
        deps.log({ level: 'error', imports: String(error) }),
      );
    },
    end: () => callOff?.(),
  };
}

/** Whom the rows could be, all at once. */
async function wantedBy(
  data: string[][],
  table: TableImport,
  context: TableContext,
  breathe: () => Promise<void>,
): Promise<{ ids: string[]; marks: string[] }> {
  const ids = new Set<string>();
  const marks = new Set<string>();
  for (const [index, cells] of data.entries()) {
    if (index % 100 === 99) await breathe();
    const [id, ...others] = marksOfCells(cells, table, context);
    if (id !== undefined) ids.add(id);
    for (const mark of others) marks.add(mark);
  }
  return { ids: [...ids], marks: [...marks] };
}
