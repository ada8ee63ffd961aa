import { parse } from 'csv-parse/sync';

/** Between cells, the most Russian first: it wins where two split a file alike. */
const delimiters = [';', '\t', ','];

/** How many rows are looked at to tell which of them it is. */
const sample = 60;

/**
 * The rows of a CSV text. What separates its cells is told from the text: the one that splits most rows into the same
 * number of cells. A quote that stands in the middle of a cell, or is never closed, is a character like any other.
 */
export function parseCsv(text: string): string[][] {
  const named = /^sep=(.)\r?\n/i.exec(text);
  const body = named ? text.slice(named[0].length) : text;
  return read(body, named?.[1] ?? delimiterOf(body));
}

function delimiterOf(text: string): string {
  const scored = delimiters.map((delimiter) => {
    const rows = read(text, delimiter, sample).filter((row) => row.some((cell) => cell !== ''));
    const counts = new Map<number, number>();
    for (const { length } of rows) counts.set(length, (counts.get(length) ?? 0) + 1);
    const [width, often] = [...counts].reduce((best, one) => (one[1] > best[1] ? one : best), [1, 0]);
    const share = width > 1 ? often / rows.length : 0;
    return { delimiter, score: share * 100 + Math.min(width, 50) / 10 };
  });
  return scored.reduce((best, one) => (one.score > best.score ? one : best)).delimiter;
}

function read(text: string, delimiter: string, to?: number): string[][] {
  const options = { delimiter, relax_column_count: true, relax_quotes: true, bom: true };
  const some = to === undefined ? {} : { to };
  try {
    return parse(text, { ...options, ...some });
  } catch {
    // A quote that is never closed.
    return parse(text, { ...options, ...some, quote: false });
  }
}
