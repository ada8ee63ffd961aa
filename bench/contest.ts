import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { compiled } from '../runtime/compiled.ts';

/** Claimants of one process, and how many claims each of them has under way. */
export const perGroup = 16;
/** Windows that are contended at a time. */
export const perPart = 64;
const groups = 4;

export interface Contest {
  uri: string;
  /** The product's claims, or bare conditional updates. */
  how: 'product' | 'bare';
  windows: number;
  /** Parts that are done between two kills: counted in work, as a busy machine works less between two starts. */
  killEach?: number;
  /** A claimant was given a window, once or again. */
  given?: (window: number, owner: string) => void;
}

/**
 * 64 claimants in four processes, each of which asks for every window; `kill -9` takes a process at any instant, and
 * its successor asks anew for whatever was not through. All work where the others are (what one missed while it was
 * away it asks for in the end), so that windows are fought for and not only found taken.
 *
 * @returns seconds since the first was at work, with all that the killed took to come back
 */
export async function contest(wanted: Contest): Promise<{ seconds: number; kills: number }> {
  const parts = Math.ceil(wanted.windows / perPart);
  const atWork = new Map<number, ChildProcess>();
  let front = 0;
  let began: number | undefined;
  let [done, kills] = [0, 0];
  const next = (open: Set<number>): number | undefined => {
    if (!open.has(front) && front + 1 < parts) front += 1;
    return open.has(front) ? front : open.values().next().value;
  };

  /** One of those who are in the midst of it: not of the group that was just through with a part. */
  const kill = (but: number): void => {
    const there = [...atWork.keys()].filter((index) => index !== but);
    const which = there[randomInt(Math.max(there.length, 1))];
    if (which === undefined || !atWork.get(which)?.kill('SIGKILL')) return;
    atWork.delete(which);
    kills += 1;
  };

  async function group(index: number): Promise<void> {
    const open = new Set(Array.from({ length: parts }, (_, part) => part));
    while (open.size > 0) {
      const child = claimants(wanted, index);
      const tell = (): void => {
        const part = next(open);
        if (part === undefined) child.stdin.end();
        else child.stdin.write(`${part}\n`);
      };
      // Whoever was killed hears no more of it.
      child.stdin.on('error', () => undefined);
      for await (const line of createInterface({ input: child.stdout })) {
        const [what = '', value = ''] = line.split(' ');
        if (what === 'ready') {
          began ??= performance.now();
          atWork.set(index, child);
          tell();
        } else if (what === 'done') {
          open.delete(Number(value));
          tell();
          done += 1;
          if (wanted.killEach !== undefined && done % wanted.killEach === 0) kill(index);
        } else wanted.given?.(Number(what), value);
      }
      atWork.delete(index);
    }
  }

  await Promise.all(Array.from({ length: groups }, (_, index) => group(index)));
  return { seconds: (performance.now() - (began ?? 0)) / 1_000, kills };
}

function claimants({ uri, how }: Contest, index: number) {
  return spawn(process.execPath, [join(import.meta.dirname, 'claimant.ts'), uri, String(index), how], {
    env: { ...process.env, NODE_COMPILE_CACHE: compiled },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
}
