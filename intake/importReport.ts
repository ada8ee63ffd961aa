import type { RowOutcome, TableImport } from '../flows/imports/tableImport.ts';
import type { Reader, Words } from '../runtime/words.ts';
import { writeCsv } from './writeCsv.ts';

/** A row of the table with what became of it. `number`: as the program shows it, from 1. */
export interface Reported {
  number: number;
  cells: string[];
  outcome: RowOutcome;
}

/** What became of each row, with the row itself beside it: a CSV. */
export function importReport(
  words: Words,
  reader: Reader,
  { layout }: Pick<TableImport, 'layout'>,
  rows: Reported[],
): Uint8Array {
  const label = (key: string) => words.label(reader, { key: `import.report.${key}` });
  const head = [label('number'), label('result'), label('look'), ...layout.headings];
  return writeCsv([
    head,
    ...rows.map(({ number, cells, outcome }) => [
      String(number),
      words.label(reader, { key: `import.row.${outcome.what}` }),
      lookAt(words, reader, outcome),
      ...cells,
    ]),
  ]);
}

/** What a person should look at, in words; empty when nothing. */
export function lookAt(words: Words, reader: Reader, { doubts, alike }: RowOutcome): string {
  return [
    ...doubts.map((field) => words.label(reader, { key: `import.doubt.${field}` })),
    ...(alike.length > 0
      ? [words.label(reader, { key: 'import.alike', params: { names: alike.join(', ') } })]
      : []),
  ].join('; ');
}
