import readExcelFile from 'read-excel-file/node';
import type { Sheet } from '../flows/imports/sheet.ts';

/**
 * The sheets of a workbook, every cell as text: a number as it is (a phone stays one), a date as `15.03.2025`, with
 * its time when it has one. Formulas are not run: their last result is what stands there.
 *
 * @throws when it is no workbook
 */
export async function parseXlsx(bytes: Buffer): Promise<Sheet[]> {
  const sheets = await readExcelFile(bytes);
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(textOf)) }));
}

/** Before it Excel has no days: what is earlier is a time of day alone. */
const firstDay = Date.UTC(1900, 0, 1);

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return dateText(cell);
  if (typeof cell === 'number') return numberText(cell);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return typeof cell === 'string' ? cell : JSON.stringify(cell);
}

/** Never in the form of 1.2e+21, and without the noise of binary fractions. */
function numberText(value: number): string {
  if (Number.isInteger(value)) return BigInt(value).toString();
  return String(Number(value.toPrecision(15)));
}

function dateText(date: Date): string {
  if (Number.isNaN(date.getTime())) return '';
  const two = (value: number) => String(value).padStart(2, '0');
  // Excel keeps a time as a fraction of a day: a second more or less is its rounding.
  const near = new Date(Math.round(date.getTime() / 1_000) * 1_000);
  const time = `${two(near.getUTCHours())}:${two(near.getUTCMinutes())}`;
  if (near.getTime() < firstDay) return time;
  const day = `${two(near.getUTCDate())}.${two(near.getUTCMonth() + 1)}.${near.getUTCFullYear()}`;
  return time === '00:00' ? day : `${day} ${time}`;
}
