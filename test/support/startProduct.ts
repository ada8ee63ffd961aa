import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeSimulator, type Simulator } from './simulator.ts';

export interface RunningProduct {
  url: string;
  dataDir: string;
  process: ChildProcess;
  sim: Simulator;
  /** Ends it as Ctrl-C does; the data stay. */
  stop(): Promise<void>;
  /** `kill -9` of the parent, as a power cut would. */
  kill(): Promise<void>;
  remove(): void;
}

const root = join(import.meta.dirname, '../..');

/** The whole product as `npm start` runs it, on a free port with data of its own. */
export async function startProduct(
  dataDir = mkdtempSync(join(tmpdir(), 'product-')),
): Promise<RunningProduct> {
  const child = spawn(process.execPath, ['main.js'], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const found = /Open (http:\/\/\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}: ${output}`)));
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    url,
    dataDir,
    process: child,
    sim: makeSimulator(url),
    stop: async () => {
      child.kill('SIGINT');
      await gone;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    remove: () => rmSync(dataDir, { recursive: true, force: true }),
  };
}
