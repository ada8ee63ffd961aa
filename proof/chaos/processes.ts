import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const root = join(import.meta.dirname, '../..');

/** A process that is started again whenever it ends, as the product's parent does. */
export interface Kept {
  name: string;
  /** Its address of the moment; undefined while it is down. */
  address(): string | undefined;
  kill(): void;
  /** Stop it in its tracks for a while, as a suspended machine does. */
  freeze(milliseconds: number): void;
  /** When it was down: from the kill to its being ready again. */
  downs: { from: number; to: number }[];
  ready(): Promise<void>;
  end(): Promise<void>;
}

export function keep(
  name: string,
  script: string,
  args: () => string[],
  env: () => Record<string, string>,
): Kept {
  let child: ChildProcess | undefined;
  let address: string | undefined;
  let ending = false;
  const became: (() => void)[] = [];
  const downs: Kept['downs'] = [];
  const now = () => performance.timeOrigin + performance.now();

  const start = (): void => {
    child = fork(join(root, script), args(), {
      env: { ...process.env, LOG_LEVEL: 'silent', ...env() },
      stdio: ['ignore', 'ignore', process.env.CHAOS_TALK ? 'inherit' : 'ignore', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    child.on('message', (message: { ready?: boolean; uri?: string; url?: string }) => {
      if (!message.ready) return;
      address = message.uri ?? message.url;
      const down = downs.at(-1);
      if (down && down.to === Infinity) down.to = now();
      for (const tell of became.splice(0)) tell();
    });
    child.once('exit', () => {
      address = undefined;
      if (downs.at(-1)?.to !== Infinity) downs.push({ from: now(), to: Infinity });
      if (!ending) setTimeout(start, 20);
    });
  };
  start();

  return {
    name,
    downs,
    address: () => address,
    kill: () => {
      if (address === undefined) return;
      address = undefined;
      downs.push({ from: now(), to: Infinity });
      child?.kill('SIGKILL');
    },
    freeze: (milliseconds) => {
      const frozen = child;
      downs.push({ from: now(), to: now() + milliseconds });
      frozen?.kill('SIGSTOP');
      setTimeout(() => frozen?.kill('SIGCONT'), milliseconds);
    },
    ready: () => (address ? Promise.resolve() : new Promise((resolve) => became.push(resolve))),
    end: () =>
      new Promise((resolve) => {
        ending = true;
        if (!child || child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
