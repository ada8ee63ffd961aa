import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { openDatabase } from '../models/database.ts';
import { startStore } from '../test/support/startStore.ts';

/** What became of windows that 64 in four processes wanted, killed all along. */
export interface ClaimFigures {
  windows: number;
  claims: number;
  kills: number;
  /** Given to two, or to one who does not have it. */
  doubled: number;
  unowned: number;
  perSecond: number;
}

/** @param windows how many; each is asked for by all 64. BENCH_WINDOWS=100000 for the long run */
export async function claimsUnderKills(
  windows = Number(process.env.BENCH_WINDOWS ?? 1_000),
): Promise<ClaimFigures> {
  const store = await startStore();
  const given = new Map<string, string>();
  let [doubled, kills] = [0, 0];
  /** Those that are at work: one that is killed on its way up never begins. */
  const children = new Map<number, ChildProcess>();
  const began = performance.now();

  const run = (group: number): Promise<void> => {
    let reached = 0;
    return new Promise((resolve) => {
      const start = (): void => {
        const range = [group * 16, group * 16 + 16, Math.max(0, reached - 100), windows].map(String);
        const child = spawn(
          process.execPath,
          [join(import.meta.dirname, 'claimant.ts'), store.uri, ...range],
          {
            stdio: ['ignore', 'pipe', 'inherit'],
          },
        );
        children.delete(group);
        let rest = '';
        let done = false;
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          const lines = (rest + text).split('\n');
          rest = lines.pop() ?? '';
          for (const line of lines) {
            children.set(group, child);
            const [window = '', owner = ''] = line.split(' ');
            if (line === 'done') done = true;
            else if (window === 'at') reached = Number(owner);
            else if ((given.get(window) ?? owner) !== owner) doubled += 1;
            else given.set(window, owner);
          }
        });
        child.once('close', () => (done ? resolve() : start()));
      };
      start();
    });
  };
  let over = false;
  const killing = (async () => {
    for (let turn = 0; !over; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      if (!over && children.get(turn % 4)?.kill('SIGKILL')) kills += 1;
    }
  })();
  await Promise.all([0, 1, 2, 3].map(run));
  over = true;
  const seconds = (performance.now() - began) / 1_000;
  await killing;
  const db = await openDatabase(store.uri);
  const rows = await db.slots.find({ interviewer: 'bench' }).toArray();
  for (const { start, application } of rows) {
    const owner = given.get(String(start));
    if (owner !== undefined && owner !== application) doubled += 1;
  }
  await db.close();
  await store.stop();
  const claims = windows * 64;
  return { windows, claims, kills, doubled, unowned: windows - rows.length, perSecond: claims / seconds };
}
