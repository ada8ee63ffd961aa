import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Stretch } from './alarmsDue.ts';

const root = join(import.meta.dirname, '../..');

/** A process that is started again whenever it ends, as the product's parent does. */
export interface Kept {
  name: string;
  /** Its address of the moment; undefined while it is down. */
  address(): string | undefined;
  kill(): void;
  /** Tell it, or the one that is started next, to die at a named point, the next time but so many that it comes by. */
  dieAt(point: string, skip: number): void;
  /** Stop it in its tracks for a while, as a suspended machine does. */
  freeze(milliseconds: number): void;
  /** Whatever it writes for a while finds the disk full. */
  fill(milliseconds: number): void;
  /** When it was down: from the kill to its being ready again. */
  downs: Stretch[];
  /** When it was stopped in its tracks. */
  frozen: Stretch[];
  ready(): Promise<void>;
  /** Its next end, or after so many milliseconds without one: false. */
  ended(patience: number): Promise<boolean>;
  /** Kill it for good: nobody starts it again. */
  lose(): void;
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
  let fullUntil = 0;
  /** For the one that is about to be started. */
  let waiting: { dieAt: string; skip: number } | undefined;
  const became: (() => void)[] = [];
  let wentDown: (() => void)[] = [];
  const downs: Stretch[] = [];
  const frozen: Stretch[] = [];
  const now = () => performance.timeOrigin + performance.now();

  const down = (): void => {
    address = undefined;
    if (downs.at(-1)?.to !== Infinity) downs.push({ from: now(), to: Infinity });
  };
  const start = (): void => {
    child = fork(join(root, script), args(), {
      env: { ...process.env, LOG_LEVEL: 'silent', ...env() },
      stdio: ['ignore', 'ignore', process.env.CHAOS_TALK ? 'inherit' : 'ignore', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    if (fullUntil > now()) limit();
    // Kept by Node until it listens.
    if (waiting) child.send(waiting);
    waiting = undefined;
    child.on('message', (message: { ready?: boolean; uri?: string; url?: string }) => {
      if (!message.ready) return;
      address = message.uri ?? message.url;
      const last = downs.at(-1);
      if (last && last.to === Infinity) last.to = now();
      for (const tell of became.splice(0)) tell();
    });
    child.once('exit', () => {
      down();
      const told = wentDown;
      wentDown = [];
      for (const tell of told) tell();
      if (!ending) setTimeout(start, 20);
    });
  };
  /** No file of it may grow beyond a page: what SQLite hears is what a full disk says. */
  const limit = (): void => {
    try {
      execFileSync('prlimit', [`--pid=${child?.pid}`, '--fsize=4096:4096'], { stdio: 'ignore' });
    } catch {
      // It has just ended.
    }
  };
  start();

  return {
    name,
    downs,
    frozen,
    address: () => address,
    kill: () => {
      if (address === undefined) return;
      down();
      child?.kill('SIGKILL');
    },
    dieAt: (dieAt, skip) => {
      if (child?.connected) child.send({ dieAt, skip });
      else waiting = { dieAt, skip };
    },
    freeze: (milliseconds) => {
      const stopped = child;
      frozen.push({ from: now(), to: now() + milliseconds });
      stopped?.kill('SIGSTOP');
      setTimeout(() => stopped?.kill('SIGCONT'), milliseconds);
    },
    fill: (milliseconds) => {
      fullUntil = now() + milliseconds;
      limit();
    },
    ready: () => (address ? Promise.resolve() : new Promise((resolve) => became.push(resolve))),
    ended: (patience) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), patience);
        wentDown.push(() => {
          clearTimeout(timer);
          resolve(true);
        });
      }),
    lose: () => {
      ending = true;
      down();
      child?.kill('SIGKILL');
    },
    end: () =>
      new Promise((resolve) => {
        ending = true;
        if (!child || child.exitCode !== null || child.signalCode !== null) return resolve();
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}
