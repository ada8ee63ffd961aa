import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { telegramStub, type TelegramStub } from './telegramStub.ts';

/** The product over an embedded database of its own, against a Bot API with nothing behind it. */
export interface Bench {
  stub: TelegramStub;
  child: ChildProcess;
  dataDir: string;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '..');

/** @param more settings beside the token and the Bot API's address */
export async function startBench(more: Record<string, string> = {}): Promise<Bench> {
  const stub = await telegramStub();
  const dataDir = mkdtempSync(join(tmpdir(), 'bench-'));
  const child = spawn(process.execPath, ['main.js'], {
    cwd: root,
    env: {
      ...process.env,
      PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      TELEGRAM_BOT_TOKEN: '42:bench-bench-bench-bench-bench-bench',
      TELEGRAM_API_ROOT: stub.url,
      ...more,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await said(child, /Open http/);
  return {
    stub,
    child,
    dataDir,
    close: async () => {
      await ended(child);
      stub.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Wait until a process has printed something. */
export function said(child: ChildProcess, what: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (what.test(output)) resolve(output);
    });
    child.once('exit', (code) => reject(new Error(`ended with ${code}: ${output}`)));
  });
}

/** End a process and wait until it is gone. */
export function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
