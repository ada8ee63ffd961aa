/** A number with its sign, or a phone: it is no formula. */
const plainNumber = /^[+-][\d\s().-]*$/;

/**
 * A CSV that a Russian Excel opens as it is: UTF-8 with its mark, semicolons. A cell that a program would run as a
 * formula begins with an apostrophe.
 */
export function writeCsv(rows: string[][]): Uint8Array {
  const text = rows.map((row) => row.map(cellOf).join(';')).join('\r\n');
  return new TextEncoder().encode(`\ufeff${text}\r\n`);
}

function cellOf(cell: string): string {
  const safe = /^[=@\t\r]/.test(cell) || (/^[+-]/.test(cell) && !plainNumber.test(cell)) ? `'${cell}` : cell;
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
