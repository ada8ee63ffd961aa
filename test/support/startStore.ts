import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomId } from '../../runtime/clock.ts';

export interface RunningStore {
  uri: string;
  process: ChildProcess | undefined;
  stop(): Promise<void>;
}

/** A database of a test's own: the embedded store, or a fresh name on MONGODB_URI when that is set. */
export async function startStore(): Promise<RunningStore> {
  const outside = process.env.MONGODB_URI;
  if (outside) {
    const url = new URL(outside);
    url.pathname = `/test_${randomId(10).replaceAll('-', '_')}`;
    return { uri: url.toString(), process: undefined, stop: () => Promise.resolve() };
  }
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  const child = fork(join(import.meta.dirname, '../../store/main.ts'), ['--data', folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const uri = await new Promise<string>((resolve, reject) => {
    child.once('message', (message) => {
      if (typeof message === 'object' && message && 'uri' in message) resolve(String(message.uri));
    });
    child.once('exit', (code) => reject(new Error(`the store ended with ${code}`)));
  });
  return {
    uri,
    process: child,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => {
          rmSync(folder, { recursive: true, force: true });
          resolve();
        });
        child.kill('SIGTERM');
      }),
  };
}
