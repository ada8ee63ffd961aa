import {
  mostColumns,
  mostRows,
  type Sheet,
  type TableFault,
  type TableRead,
} from '../flows/imports/sheet.ts';
import { checkZip } from './checkZip.ts';
import { decodeText } from './decodeText.ts';
import { parseCsv } from './parseCsv.ts';
import { parseXlsx } from './parseXlsx.ts';

/** What an old Excel file, and one behind a password, begins with. */
const oldExcel = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const zip = Buffer.from([0x50, 0x4b]);
/** A short PDF may have nothing in it that text has not. */
const pdf = Buffer.from('%PDF');

/** Read a table from a file's bytes: what it is is told from the bytes, never from its name. */
export async function tableOf(bytes: Buffer): Promise<TableRead> {
  if (bytes.length === 0) return { ok: false, fault: 'empty' };
  if (bytes.subarray(0, 4).equals(oldExcel)) return { ok: false, fault: 'oldExcel' };
  if (bytes.subarray(0, 4).equals(pdf)) return { ok: false, fault: 'notTable' };
  const sheets = bytes.subarray(0, 2).equals(zip) ? await workbook(bytes) : text(bytes);
  return typeof sheets === 'string' ? { ok: false, fault: sheets } : bounded(sheets);
}

async function workbook(bytes: Buffer): Promise<Sheet[] | TableFault> {
  const parts = checkZip(bytes);
  if (typeof parts === 'string') return parts;
  if (!parts.some((name) => name.endsWith('workbook.xml'))) return 'notTable';
  try {
    return await parseXlsx(bytes);
  } catch {
    return 'broken';
  }
}

function text(bytes: Buffer): Sheet[] | TableFault {
  const decoded = decodeText(bytes);
  // A picture, a PDF: no text has these.
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000e-\u001a]/.test(decoded.slice(0, 10_000))) return 'notTable';
  return [{ name: '', rows: parseCsv(decoded) }];
}

/** Empty sheets are left out; ends of rows and of the sheet that are empty as well. */
function bounded(sheets: Sheet[]): TableRead {
  const full = sheets
    .map(({ name, rows }) => ({ name, rows: trimmed(rows) }))
    .filter(({ rows }) => rows.length > 0);
  if (full.length === 0) return { ok: false, fault: 'empty' };
  if (full.some(({ rows }) => rows.length > mostRows)) return { ok: false, fault: 'tooManyRows' };
  const wide = full.some(({ rows }) => rows.some(({ length }) => length > mostColumns));
  return wide ? { ok: false, fault: 'tooLarge' } : { ok: true, sheets: full };
}

function trimmed(rows: string[][]): string[][] {
  const short = rows.map((row) => {
    // A space that does not break, and other spaces that only look like one.
    const cells = row.map((cell) => cell.replaceAll(/[\u00a0\u2007\u202f]/g, ' ').trim());
    return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
  });
  return short.slice(0, short.findLastIndex((row) => row.length > 0) + 1);
}
