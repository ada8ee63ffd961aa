import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const data = mkdtempSync(join(tmpdir(), 'store-supervised-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** The process of the store, once it is ready and another than before. */
async function storeProcess(before: number): Promise<number> {
  for (;;) {
    const [pid, uri] = readFileSync(join(data, 'store/store.pid'), 'utf8').split('\n');
    if (Number(pid) !== before && uri) return Number(pid);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test('a store that dies is started again, and the parent says so; one that keeps dying is given up', async () => {
  const { PATH = '', HOME = '' } = process.env;
  const product = spawn(process.execPath, [join(root, 'main.ts')], {
    cwd: data,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, HOME, DATA_DIR: data, PORT: '0' },
  });
  let said = '';
  product.stderr.on('data', (chunk) => (said += String(chunk)));
  product.stdout.on('data', (chunk) => (said += String(chunk)));
  const ended = once(product, 'exit');
  const heard = async (times: number, words: string): Promise<void> => {
    while (said.split(words).length <= times) await Promise.race([once(product.stdout, 'data'), ended]);
  };
  await heard(1, 'Open http');
  let pid = 0;
  for (let n = 1; n <= 6; n += 1) {
    pid = await storeProcess(pid);
    process.kill(pid, 'SIGKILL');
    if (n < 6) await heard(n, 'store ended (SIGKILL); starting it again');
  }
  expect(await ended).toEqual([1, null]);
  expect(said).toContain('store ended 6 times within a minute');
}, 120_000);
