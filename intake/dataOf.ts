import type { Sheet } from '../flows/imports/sheet.ts';
import type { TableImport } from '../flows/imports/tableImport.ts';

/** The rows of an import, below its headings. */
export function dataOf(sheets: Sheet[], { sheet, layout }: TableImport): string[][] {
  return (sheets[sheet]?.rows ?? []).slice(layout.first);
}
