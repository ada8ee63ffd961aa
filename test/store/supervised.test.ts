import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const data = mkdtempSync(join(tmpdir(), 'store-supervised-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** The process of the store at work, then its address. */
const atWork = (): string[] => readFileSync(join(data, 'store/store.pid'), 'utf8').split('\n');

test('a store that dies is started again, and the parent says so; one that keeps dying is given up', async () => {
  const { PATH = '', HOME = '' } = process.env;
  const product = spawn(process.execPath, [join(root, 'main.js')], {
    cwd: data,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, DATA_DIR: data, PORT: '0' },
  });
  let said = '';
  product.stderr.on('data', (chunk) => (said += String(chunk)));
  product.stdout.on('data', (chunk) => (said += String(chunk)));
  const ended = once(product, 'exit');
  const heard = async (times: number, words: string): Promise<void> => {
    while (said.split(words).length <= times && product.exitCode === null)
      await Promise.race([once(product.stdout, 'data'), ended]);
  };
  await heard(1, 'Open http');
  for (let deaths = 1; product.exitCode === null; deaths += 1) {
    process.kill(Number(atWork()[0]), 'SIGKILL');
    await heard(deaths, 'store runs again');
  }
  expect(await ended).toEqual([1, null]);
  expect(said).toContain('store ended (SIGKILL); starting it again');
  expect(said).toContain('store ended 6 times within a minute');
}, 120_000);
