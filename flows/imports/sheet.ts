/** A sheet of a table as it was read: every cell is text, rows may differ in length. */
export interface Sheet {
  name: string;
  rows: string[][];
}

/** Why a file is no table that can be read; the words are `import.fault.<code>`. */
export const tableFaults = [
  'empty',
  'notTable',
  'oldExcel',
  'broken',
  'tooLarge',
  'tooManyRows',
  'tooSlow',
] as const;
export type TableFault = (typeof tableFaults)[number];

/** What came of reading a file. */
export type TableRead = { ok: true; sheets: Sheet[] } | { ok: false; fault: TableFault };

/** The most rows of one table, and the most columns: more is refused, never cut. */
export const mostRows = 20_000;
export const mostColumns = 120;
