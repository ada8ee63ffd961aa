import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A store in a process of its own, on a folder of its own. */
export interface RunningStore {
  uri: string;
  folder: string;
  child: ChildProcess;
  /** Ends it and, unless `keep`, removes the folder. */
  stop: (keep?: boolean) => Promise<void>;
}

/** Starts a store and waits until it says that it is ready. */
export async function startStore(
  folder = mkdtempSync(join(tmpdir(), 'store-')),
  ...more: string[]
): Promise<RunningStore> {
  const main = new URL('../../store/main.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [main, '--data', folder, ...more], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const errors: string[] = [];
  child.stderr?.on('data', (chunk) => errors.push(String(chunk)));
  child.stdout?.resume();
  const uri = await new Promise<string>((resolve, reject) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && 'uri' in message) resolve(String(message.uri));
    });
    child.on('exit', (code) => reject(new Error(`the store ended with ${code}: ${errors.join('')}`)));
  });
  const stop = async (keep = false): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
    if (!keep) rmSync(folder, { recursive: true, force: true });
  };
  return { uri, folder, child, stop };
}
