import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { makeSimulator } from '../test/support/simulator.ts';
import { processTree } from './processTree.ts';
import { ended, said } from './startBench.ts';

/** The demo as a newcomer starts it: seconds to the first reply, and the memory of all its processes together. */
export async function demoStart(): Promise<{ firstReply: number; megabytes: number; processes: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-'));
  const started = performance.now();
  const child = spawn(process.execPath, ['main.js'], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = /Open (\S+)/.exec(await said(child, /Open http\S+\s/))?.[1] ?? '';
  const simulator = makeSimulator(url);
  const person = await simulator.newPerson('Bench');
  await person.say('/start');
  await person.last();
  const firstReply = (performance.now() - started) / 1000;
  const tree = processTree(child.pid ?? 0);
  const megabytes = tree.reduce((sum, one) => sum + one.megabytes, 0);
  await ended(child);
  rmSync(dataDir, { recursive: true, force: true });
  return { firstReply, megabytes, processes: tree.length };
}
