import { createHash } from 'node:crypto';
import { plainText } from '../flows/imports/plainText.ts';

/** The same for rows with the same words under the same headings, wherever their columns stand. */
export function rowKey(headings: string[], cells: string[]): string {
  const pairs = cells.flatMap((cell, column) =>
    cell === '' ? [] : [[plainText(headings[column] ?? ''), cell]],
  );
  return hash(JSON.stringify(pairs.sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0))));
}

/** The id of a person whom an import makes: the same for whatever names the same person again. */
export function personId(identity: string): string {
  return `t${hash(identity)}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 20);
}
