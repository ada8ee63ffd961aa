import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commands } from '../bot/commands.ts';

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

/** Whether a test of this file says in its title that it proves the row. */
const names = (file: string, id: string) => {
  const path = join(root, file);
  return existsSync(path) && new RegExp(`\\[${id}\\]`).test(readFileSync(path, 'utf8'));
};

describe('what a person reads first', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');

  test('[B-12] the README names every command there is, and no other', () => {
    const named = new Set(readme.match(/(?<=`\/)[a-z]+(?=`)/g));
    expect(commands.filter(({ name }) => !named.has(name)).map(({ name }) => name)).toEqual([]);
    // What candidates write, and what is written in the group.
    const others = ['status', 'human', 'news', 'link', 'mydata', 'forget', 'desk'];
    const known = [...commands.map(({ name }) => name), ...others];
    expect([...named].filter((name) => !known.includes(name))).toEqual([]);
  });

  test('[B-12] every setting stands in the README and in .env.example', () => {
    const example = readFileSync(join(root, '.env.example'), 'utf8').match(/^[A-Z_]+(?==)/gm) ?? [];
    const config = readFileSync(join(root, 'runtime/config.ts'), 'utf8').match(/^ {2}[A-Z_]+(?=:)/gm) ?? [];
    // Where a stand-in takes the place of the real one, and what the parent process tells its child.
    const ours = /_ROOT$|^SIMULATOR_URL$|^RECRUITING_CHILD$/;
    const settings = config.map((name) => name.trim()).filter((name) => !ours.test(name));
    expect(example.toSorted()).toEqual(settings.toSorted());
    expect(settings.filter((name) => !readme.includes(`\`${name}`))).toEqual([]);
  });
});

describe('what the seeds ask for', () => {
  test('[B-12] every row of the requirements stands in docs/coverage.md', () => {
    const named = new Set(text.match(/\b[PACKBX]-\d\d\b/g));
    expect(rows.filter((row) => !named.has(row))).toEqual([]);
    expect([...named].filter((row) => !rows.includes(row))).toEqual([]);
  });

  test('[B-12] every test file that is named for a row has a test that names the row', () => {
    const silent = cells.flatMap((row) => {
      const files = row.at(-1)?.match(/\btest\/[\w/]+\.test\.ts/g) ?? [];
      const ids =
        row
          .slice(0, -2)
          .join(' ')
          .match(/\b[PACKBX]-\d\d\b/g) ?? [];
      return ids.flatMap((id) => files.filter((file) => !names(file, id)).map((file) => `${id} ${file}`));
    });
    expect(silent).toEqual([]);
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
