import { marksOfRow, nameIdentity } from '../flows/imports/matchRow.ts';
import { readRow } from '../flows/imports/readRow.ts';
import type { TableContext } from '../flows/imports/tableContext.ts';
import type { TableImport } from '../flows/imports/tableImport.ts';
import { personId, rowKey } from './rowKey.ts';

/** What a row finds people by, with the id of whom it would make; nothing for a row that is nobody. */
export function marksOfCells(
  cells: string[],
  { layout, mapping }: Pick<TableImport, 'layout' | 'mapping'>,
  context: TableContext,
): string[] {
  const row = readRow(cells, layout, mapping, context);
  if (typeof row === 'string') return [];
  return [personId(nameIdentity(row) ?? rowKey(layout.headings, cells)), ...marksOfRow(row)];
}
