import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { makeSimulator } from '../test/support/simulator.ts';
import { ended, said } from './chat.ts';

/** The demo as a newcomer starts it: seconds to the first reply, and the memory of all its processes together. */
export async function demoStart(): Promise<{ firstReply: number; megabytes: number; processes: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-'));
  const started = performance.now();
  const child = spawn(process.execPath, ['main.ts'], {
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
  const tree = processesUnder(child.pid ?? 0);
  const megabytes = tree.reduce((sum, pid) => sum + residentMegabytes(pid), 0);
  await ended(child);
  rmSync(dataDir, { recursive: true, force: true });
  return { firstReply, megabytes, processes: tree.length };
}

function processesUnder(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]));
    } catch {
      // It ended while we looked.
    }
  }
  const under = (pid: number): boolean => pid === root || (pid > 1 && under(parents.get(pid) ?? 0));
  return [...parents.keys()].filter(under);
}

function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
