import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Mutant, mutants } from './mutants.ts';

/**
 * `npm run mutants`: is the checker any good? Each planted defect is put into a copy of the tree and lived with for
 * some simulated days; a check must fail. Exits with 1 when one is not found. `--only word` tries some of them.
 */
const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    seeds: { type: 'string', default: '8' },
    days: { type: 'string', default: '10' },
    people: { type: 'string', default: '5000' },
  },
});
const root = join(import.meta.dirname, '../..');
const parts = [
  'flows',
  'models',
  'runtime',
  'channels',
  'demo',
  'locales',
  'jobs',
  'store',
  'proof',
  'package.json',
];
const say = (line: string) => process.stdout.write(`${line}\n`);

const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true });
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));

const chosen = mutants.filter(({ name, file }) => `${name} ${file}`.includes(values.only));
let missed = 0;
try {
  for (const mutant of chosen) {
    const found = await plant(mutant);
    if (found === undefined) missed += 1;
    say(`${found === undefined ? 'NOT FOUND' : 'found    '}  ${mutant.name}  (${found ?? mutant.file})`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
say(`${chosen.length - missed} of ${chosen.length} found`);
process.exitCode = missed > 0 ? 1 : 0;

/** Live with a defect; which check told of it, and on which day. */
async function plant({ file, find, replace, processes = 1 }: Mutant): Promise<string | undefined> {
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  if (!source.includes(find)) return 'no longer fits the source: bring it up to date';
  writeFileSync(
    path,
    source.replace(find, () => replace),
  );
  try {
    for (let seed = 1; seed <= Number(values.seeds); seed += 1) {
      const output = await live(seed, processes);
      const check = /FAILED (\w+)/.exec(output)?.[1];
      if (check) return `${check}, seed ${seed}, day ${/: (\d+) days/.exec(output)?.[1] ?? '?'}`;
      if (!output.includes('sha256')) return `the run broke down: ${output.trim().split('\n').at(-1) ?? ''}`;
    }
    return undefined;
  } finally {
    writeFileSync(path, source);
  }
}

function live(seed: number, processes: number): Promise<string> {
  const { days, people } = values;
  const numbers = { seed, days, people, vacancies: 12, processes };
  const args = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.execPath, [join(folder, 'proof/main.ts'), ...args, '--no-short'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 600_000,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => child.once('close', () => resolve(output)));
}
