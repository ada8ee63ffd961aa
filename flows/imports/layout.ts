import { meaning, plainText } from './plainText.ts';
import type { TableWords } from './tableWords.ts';

/** Where the headings of a sheet stand, and what they say; data begin at row `first`, counted from 0. */
export interface Layout {
  headings: string[];
  first: number;
}

/** How far down headings are looked for: above them stand a title, a logo, a date. */
const looked = 15;

/**
 * Find the headings: the row in which most cells are called what tables call things. Headings in two rows (a group
 * above, its parts below) are read together. A sheet without any has the letters of its columns, as Excel shows them.
 */
export function layoutOf(rows: string[][], words: TableWords[]): Layout {
  const known = rows.slice(0, looked).map((row) => row.filter((cell) => isHeading(cell, words)).length);
  const most = Math.max(0, ...known);
  const at = known.indexOf(most);
  const width = Math.max(0, ...rows.map(({ length }) => length));
  if (most === 0 || (most === 1 && !standsAlone(rows, at, words))) return withoutHeadings(rows, width);
  const below = cells(rows[at + 1]);
  const two = below.length > 0 && below.every((cell) => isHeading(cell, words));
  const headings = Array.from({ length: width }, (_, column) => {
    const own = rows[at]?.[column] ?? '';
    const under = two ? (rows[at + 1]?.[column] ?? '') : '';
    const above = rows[at - 1]?.[column] ?? '';
    return under || own || (cells(rows[at - 1]).length > 1 ? above : '') || letterOf(column);
  });
  return { headings, first: at + (two ? 2 : 1) };
}

function withoutHeadings(rows: string[][], width: number): Layout {
  const [top = [], ...rest] = rows;
  // Words we do not know may be headings still: nothing in them looks like somebody's data.
  const named = rest.length > 0 && cells(top).length > 1 && !top.some((cell) => /\d{3}|@/.test(cell));
  const letters = Array.from({ length: width }, (_, column) => letterOf(column));
  if (!named || cells(top).length < width) return { headings: letters, first: 0 };
  const filled = rest.slice(0, looked).some((row) => row.some((cell) => /\d{3}|@/.test(cell)));
  return filled ? { headings: [...top], first: 1 } : { headings: letters, first: 0 };
}

/** A cell that is called as a field is, and is no more than a heading. */
function isHeading(cell: string, words: TableWords[]): boolean {
  if (cell.length > 60 || /\d{4}|@/.test(cell)) return false;
  const field = meaning(
    cell,
    words.map(({ fields }) => fields),
  );
  return field !== undefined && plainText(cell).split(' ').length <= 6;
}

function cells(row: string[] | undefined): string[] {
  return (row ?? []).filter((cell) => cell !== '');
}

/** One word we know makes headings of a row only at the top, and when it is no more than that word. */
function standsAlone(rows: string[][], at: number, words: TableWords[]): boolean {
  const row = cells(rows[at]);
  if (row.length <= 3) return true;
  const exact = row.some((cell) =>
    words.some(({ fields }) => Object.values(fields).some((list) => list.includes(plainText(cell)))),
  );
  const top = rows.slice(0, at).every((above) => cells(above).length <= 1);
  return exact && top && !row.some((cell) => /\d{5}|@/.test(cell));
}

/** A, B … Z, AA: what Excel calls a column. */
export function letterOf(column: number): string {
  const before = Math.floor(column / 26);
  return `${before > 0 ? letterOf(before - 1) : ''}${String.fromCharCode(65 + (column % 26))}`;
}
