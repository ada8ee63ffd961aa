import { guessMapping, withValues } from '../flows/imports/guessMapping.ts';
import { layoutOf } from '../flows/imports/layout.ts';
import type { Mapping } from '../flows/imports/mapping.ts';
import type { Sheet } from '../flows/imports/sheet.ts';
import type { TableContext } from '../flows/imports/tableContext.ts';
import type { TableImport } from '../flows/imports/tableImport.ts';

type Drawn = Pick<TableImport, 'sheet' | 'layout' | 'mapping' | 'rows' | 'samples'>;

/** How many words of a column are shown, and how long each. */
const samples = 3;
const longest = 40;

/** What is made of a sheet: its headings, a first mapping, some words of each column. */
export function draftOf(sheets: Sheet[], sheet: number, context: TableContext): Drawn {
  const rows = sheets[sheet]?.rows ?? [];
  const layout = layoutOf(rows, context.words);
  const data = rows.slice(layout.first);
  return {
    sheet,
    layout,
    mapping: guessMapping(rows, layout, context),
    rows: data.length,
    samples: layout.headings.map((heading, column) => samplesOf(data, column, heading)),
  };
}

/** A mapping that somebody has changed: with a line for each vacancy and stage its columns name now. */
export function remapped(rows: string[][], table: Drawn, mapping: Mapping, context: TableContext): Mapping {
  const { vacancy, ...rest } = mapping;
  const columns = table.layout.headings.map((_, column) => mapping.columns[column] ?? 'note');
  const next = { ...rest, columns, ...(vacancy !== undefined && { vacancy }) };
  return withValues(next, rows.slice(table.layout.first), table.layout.headings, context);
}

/** The sheet that has most in it: the first one is a cover now and then. */
export function fullest(sheets: Sheet[]): number {
  const sizes = sheets.map(({ rows }) => rows.length);
  return sizes.indexOf(Math.max(...sizes));
}

function samplesOf(data: string[][], column: number, heading: string): string[] {
  const found = new Set<string>();
  for (const row of data) {
    const cell = row[column] ?? '';
    if (cell !== '' && cell !== heading) found.add(cell.replaceAll(/\s+/g, ' ').slice(0, longest));
    if (found.size >= samples) break;
  }
  return [...found];
}
