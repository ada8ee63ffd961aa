import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const text = readFileSync(join(root, 'docs/coverage.md'), 'utf8');

/** How many rows of the requirements each section has. */
const sections = { P: 21, A: 27, C: 6, K: 9, B: 14, X: 12 };
const rows = Object.entries(sections).flatMap(([section, count]) =>
  Array.from({ length: count }, (_, index) => `${section}-${String(index + 1).padStart(2, '0')}`),
);
const lines = text.split('\n').filter((line) => /^\| (?!line|row|---)/.test(line));
const cells = lines.map((line) =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim()),
);

describe('what the seeds ask for', () => {
  test('[B-12] every row of the requirements stands in docs/coverage.md', () => {
    const named = new Set(text.match(/\b[PACKBX]-\d\d\b/g));
    expect(rows.filter((row) => !named.has(row))).toEqual([]);
    expect([...named].filter((row) => !rows.includes(row))).toEqual([]);
  });

  test('[B-12] every test that is named there exists', () => {
    const files = [...new Set(text.match(/\btest\/[\w/]+\.test\.ts/g))];
    expect(files.length).toBeGreaterThan(25);
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  test('[B-12] what has no test says that it is open', () => {
    const silent = cells.filter(
      (row) => row.at(-1) === '–' && !/\*\*open\*\*|nothing to do/.test(row.at(-2) ?? ''),
    );
    expect(silent).toEqual([]);
    const both = cells.filter((row) => row.at(-1) !== '–' && /\*\*open\*\*/.test(row.at(-2) ?? ''));
    expect(both).toEqual([]);
  });
});
