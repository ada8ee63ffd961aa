import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { makeRandom } from '../world/random.ts';
import type { Stretch } from './alarmsDue.ts';
import { namesFor } from './killPoints.ts';
import type { Kept } from './processes.ts';
import type { Proxy } from './proxy.ts';

/** What was done to the product during a run. */
export interface Misfortunes {
  kills: number;
  /** How often it died at each named point. */
  points: Record<string, number>;
  freezes: number;
  cuts: number;
  fullDisks: number;
  /** Stretches in which the wire to the database was in the way. */
  excused: Stretch[];
  /** What was done, and when. */
  log: Happening[];
}

/** Something that was done to the product. */
export interface Happening {
  at: number;
  what: string;
}

const now = (): number => performance.timeOrigin + performance.now();
/** How long a process may take to come by a named point, in milliseconds; then it is killed where it is. */
const patience = 4_000;

/**
 * Kill, freeze, cut, slow and fill until so many kills are done; every named point has its turn.
 *
 * @param killed is told of every kill how many there were
 */
export async function torment(
  { seed, kills: wanted, processes }: { seed: number; kills: number; processes: number },
  { store, products, proxy }: { store: Kept; products: Kept[]; proxy: Proxy },
  killed: (kills: number) => void,
): Promise<Misfortunes> {
  const dice = makeRandom(seed, 'kills');
  const names = namesFor(processes);
  const points = Object.fromEntries(names.map((name) => [name, 0]));
  const done: Misfortunes = { kills: 0, points, freezes: 0, cuts: 0, fullDisks: 0, excused: [], log: [] };
  const note = (what: string): void => void done.log.push({ at: now(), what });
  const kill = (what: string): void => {
    note(what);
    killed((done.kills += 1));
  };
  let turn = dice.between(0, names.length - 1);

  const atPoint = async (victim: Kept): Promise<void> => {
    const name = names[(turn += 1) % names.length] ?? '';
    // On the way up: it dies of the second start, which begins with the first one's end.
    if (name === 'on the way up') {
      victim.kill();
      await victim.ended(patience);
    }
    victim.dieAt(name, name === 'on the way up' ? 0 : dice.between(0, 2));
    if (await victim.ended(patience)) points[name] = (points[name] ?? 0) + 1;
    else victim.kill();
    kill(`${victim.name} killed ${name}`);
  };

  while (done.kills < wanted) {
    await pause(dice.between(50, 900));
    const victim = dice.pick(products);
    const what = dice.next();
    if (what < 0.06) {
      done.freezes += 1;
      note(`${victim.name} frozen`);
      victim.freeze(dice.between(300, 1_500));
    } else if (what < 0.12) {
      done.cuts += 1;
      note('wire cut');
      done.excused.push({ from: now(), to: now() + 100 });
      proxy.cut();
    } else if (what < 0.17) {
      proxy.slow(15);
      note('wire slow');
      const from = now();
      await pause(600);
      proxy.slow(0);
      done.excused.push({ from, to: now() });
    } else if (what < 0.2) {
      done.fullDisks += 1;
      note('disk full');
      store.fill(dice.between(100, 1_200));
    } else if (what < 0.3) {
      await store.ready();
      await pause(dice.between(0, 400));
      store.kill();
      kill('store killed');
    } else {
      // Now and then in the middle of its start, mostly when it runs.
      if (!dice.chance(0.15)) await victim.ready();
      if (victim.address() === undefined) continue;
      if (dice.chance(0.7)) await atPoint(victim);
      else {
        await pause(dice.between(0, 400));
        victim.kill();
        kill(`${victim.name} killed`);
      }
    }
  }
  return done;
}
