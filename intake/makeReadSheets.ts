import type { Sheet, TableRead } from '../flows/imports/sheet.ts';
import type { TableImport } from '../flows/imports/tableImport.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Files } from '../runtime/files.ts';
import { readTable } from './readTable.ts';

/** How many tables are kept in memory between two looks at them. */
const remembered = 2;

/** The rows of an import's sheet, read from its kept file; the last few are remembered. */
export type ReadSheets = (table: Pick<TableImport, '_id' | 'file'>) => Promise<Sheet[]>;

export function makeReadSheets(deps: { files: Pick<Files, 'read'>; clock: Pick<Clock, 'after'> }): {
  read: ReadSheets;
  /** Somebody has just read it. */
  keep(id: string, sheets: Sheet[]): void;
} {
  const known = new Map<string, Sheet[]>();
  const keep = (id: string, sheets: Sheet[]): void => {
    known.delete(id);
    known.set(id, sheets);
    const [oldest] = known.keys();
    if (known.size > remembered && oldest !== undefined) known.delete(oldest);
  };
  return {
    keep,
    read: async ({ _id, file }) => {
      const there = known.get(_id);
      if (there) return there;
      const { bytes } = await deps.files.read(file);
      const table: TableRead = await readTable(bytes, deps.clock);
      if (!table.ok) throw new Error(`the file of import ${_id} cannot be read any more: ${table.fault}`);
      keep(_id, table.sheets);
      return table.sheets;
    },
  };
}
