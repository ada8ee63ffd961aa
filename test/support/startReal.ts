import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface RealProduct {
  url: string;
  process: ChildProcess;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** The product as an agency runs it: with a token and a database of its own, one process, settings from outside. */
export async function startReal(settings: Record<string, string>): Promise<RealProduct> {
  const child = spawn(process.execPath, ['main.js'], {
    cwd: root,
    env: { ...process.env, PORT: '0', LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /ready (http:\/\/\S+)/.exec(said)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}: ${said}`)));
  });
  const end = (signal: NodeJS.Signals) => async (): Promise<void> => {
    child.kill(signal);
    await gone;
  };
  return { url, process: child, stop: end('SIGTERM'), kill: end('SIGKILL') };
}
