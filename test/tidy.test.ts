import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ts'], {
  cwd: root,
})
  .toString()
  .split('\n')
  .filter((file) => file !== '' && !file.startsWith('test/'));
const source = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
const folderOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : '.');
const importsOf = (file: string) =>
  [...(source.get(file) ?? '').matchAll(/(?:from|import) '([^']+)'/g)].map(([, name]) => name ?? '');

/** Which of our folders a folder may import; `types` of flows are everybody's words. */
const mayImport: Record<string, string[]> = {
  flows: [],
  models: ['flows'],
  runtime: ['flows', 'models', 'store'],
  channels: ['flows', 'models', 'runtime'],
  jobs: ['flows', 'models', 'runtime'],
  bot: ['flows', 'models', 'runtime', 'channels'],
  intake: ['flows', 'models', 'runtime'],
  api: ['flows', 'models', 'runtime', 'channels'],
  demo: ['flows', 'models', 'runtime'],
  scripts: ['flows', 'models', 'runtime'],
  // The simulated year puts the product together itself: all but what speaks to the outside.
  // Chaos starts the product itself, with something around its doors.
  proof: ['flows', 'models', 'runtime', 'channels', 'jobs', 'demo', '.'],
  simulator: [],
  store: [],
};

/** Libraries that have one home. */
const homes: Record<string, string[]> = {
  grammy: ['bot', 'channels', 'proof', '.'],
  '@grammyjs/conversations': ['bot'],
  mongoose: ['models'],
  agenda: ['jobs'],
  '@agendajs/mongo-backend': ['jobs'],
  'csv-parse': ['intake'],
  'csv-parse/sync': ['intake'],
  'read-excel-file/node': ['intake'],
};

describe('the house is tidy', () => {
  test('the store is no longer than decided (docs/decisions/0023)', () => {
    const lines = files
      .filter((file) => folderOf(file) === 'store')
      .map((file) => (source.get(file) ?? '').split('\n').length - 1);
    expect(lines.reduce((all, own) => all + own, 0)).toBeLessThan(6800);
  });
  test.each(files)('%s imports only what its folder may', (file) => {
    const folder = folderOf(file);
    const wrong = importsOf(file).flatMap((name) => {
      if (name.startsWith('.')) {
        const target = folderOf(relative(root, resolve(root, dirname(file), name)));
        const allowed = mayImport[folder];
        return allowed && target !== folder && !allowed.includes(target) ? [name] : [];
      }
      const home = homes[name];
      const tooling = folder === 'simulator' || folder === 'store' || folder === 'bench';
      if (home && !home.includes(folder) && !tooling) return [name];
      if (folder === 'flows' && !['zod', 'luxon'].includes(name)) return [name];
      return [];
    });
    expect(wrong).toEqual([]);
  });

  test.each(files)('%s asks only the clock for the time, and only locales for words', (file) => {
    const text = source.get(file) ?? '';
    const clock = ['runtime/clock.ts', 'store/clock.ts', 'simulator/clock.ts'].includes(file);
    if (!clock) expect(text).not.toMatch(/Date\.now\(|new Date\(\)|Math\.random\(/);
    expect(text).not.toMatch(/[\u0400-\u04ff]/);
  });

  test.each(files.filter((file) => ['runtime', 'jobs', 'channels', 'proof'].includes(folderOf(file))))(
    '%s waits by the clock it is given',
    (file) => {
      if (file === 'runtime/clock.ts' || file === 'proof/world/virtualTime.ts') return;
      // Real processes under the machine's own clock.
      if (file.startsWith('proof/chaos/')) return;
      expect(source.get(file)).not.toMatch(/\b(setTimeout|setInterval|setImmediate)\(/);
    },
  );
});
