import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { screenedDriver } from '../test/support/screenedDriver.ts';
import { makeSimulator } from '../test/support/simulator.ts';
import { processTree } from './processTree.ts';
import { ended, said } from './startBench.ts';

/** The demo as a newcomer starts it. */
export interface DemoFigures {
  /** Seconds. */
  firstReply: number;
  processes: number;
  /** Memory of all of them together: after the first reply, and when so many have answered every question. */
  megabytes: number;
  conversations: number;
  later: number;
}

/** @param conversations three at a time; BENCH_CONVERSATIONS=500 for the long run */
export async function demoStart(
  conversations = Number(process.env.BENCH_CONVERSATIONS ?? 20),
): Promise<DemoFigures> {
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
  const tree = () => processTree(child.pid ?? 0);
  const memory = () => tree().reduce((sum, one) => sum + one.megabytes, 0);
  const [megabytes, processes] = [memory(), tree().length];
  let talked = 0;
  const talk = async (): Promise<void> => {
    while (talked < conversations) {
      talked += 1;
      await screenedDriver(simulator, { name: 'Bench', phone: `+7916${1_000_000 + talked}` });
    }
  };
  await Promise.all([talk(), talk(), talk()]);
  const later = memory();
  await ended(child);
  rmSync(dataDir, { recursive: true, force: true });
  return { firstReply, processes, megabytes, conversations, later };
}
