import type { FaultKind, Options } from './options.ts';
import type { Outages } from './outages.ts';
import type { Piles } from './piles.ts';
import { makeRandom, type Random } from './random.ts';
import type { VirtualTime } from './virtualTime.ts';

const minute = 60_000;
const day = 86_400_000;

/** What happens to one operation of the database. */
export interface DatabaseFate {
  latency: number;
  error?: 'before' | 'after';
}

/** What happens to one call of Telegram. `lost`: nobody knows; it was accepted or it was not. */
export type NetworkFate =
  | { kind: 'fine'; latency: number }
  | { kind: 'refused' | 'unavailable' | 'lostBefore' | 'lostAfter'; latency: number }
  | { kind: 'tooMany'; latency: number; retryAfter: number };

/**
 * Where a process can die: before or after each thing it does outside itself. The named points are among them:
 * after receiving (`inbox.insertMany` after), after commit (`candidates.updateOne` after), before send and after
 * accept (`telegram.send`), before mark (`ledger.bulkWrite` before).
 */
export const crashPoints = [
  'inbox.insertMany',
  'inbox.updateMany',
  'candidates.updateOne',
  'candidates.findOne',
  'candidates.insertOne',
  'candidates.bulkWrite',
  'ledger.insertMany',
  'ledger.updateOne',
  'ledger.bulkWrite',
  'ledger.find',
  'timers.bulkWrite',
  'timers.find',
  'timers.findOne',
  'slots.insertMany',
  'slots.bulkWrite',
  'places.updateOne',
  'choices.replaceOne',
  'clientCalls.insertOne',
  'clientCalls.replaceOne',
  'windows.updateOne',
  'telegram.send',
  'whatsapp.send',
  'max.send',
  'post.send',
] as const;

/** How a decision is written. */
const commits = new Set(['candidates.updateOne', 'candidates.bulkWrite']);

export interface Faults {
  on(kind: FaultKind): boolean;
  /** From now on everything goes well. */
  peace(): void;
  /** Does the process die here? */
  crash(operation: string): 'before' | 'after' | undefined;
  /** Where a process could have died so far: a point that is never come by protects nothing. */
  passed(): ReadonlySet<string>;
  database(operation: string): DatabaseFate;
  /** The first such call after the next decision takes a second or two, whoever makes it. */
  drag(operation: string): void;
  /** The next call of Telegram is told to wait so many seconds. */
  askToWait(seconds: number): void;
  network(): NetworkFate;
  bell(): 'fine' | 'lost' | 'early' | 'late' | 'twice';
  delivery(): { latency: number; twice: boolean; lostAnswer: boolean };
}

/** Slow and flaky at once: what was asked first is answered last, or never, and is asked again meanwhile. */
function torn(random: Random): number {
  return random.chance(0.05) ? random.between(1_000, 10_000) : random.between(5, 500);
}

/** What a misfortune does to the processes is the world's business. */
export interface Victims {
  suspend(milliseconds: number): void;
  jump(milliseconds: number, back: number): void;
  deploy(): void;
  machineNow(): number;
  note(line: string): void;
}

export function makeFaults(
  options: Options,
  time: VirtualTime,
  outages: Outages,
  piles: Pick<Piles, 'high'>,
  victims: () => Victims,
): Faults {
  let peaceful = false;
  const on = (kind: FaultKind) => !peaceful && !options.without.includes(kind);
  const dice = (name: string) => makeRandom(options.seed, `fault:${name}`);
  const [crashes, database, network, bells, deliveries] = [
    dice('crash'),
    dice('database'),
    dice('network'),
    dice('bell'),
    dice('delivery'),
  ];
  const passed = new Set<string>();
  let dragged: { operation: string; decided: boolean } | undefined;
  let armed: { operation: string; side: 'before' | 'after'; skip: number } | undefined;
  let mood: 'well' | 'slow' | 'flaky' | 'torn' | 'down' = 'well';
  let telegramDown = false;
  let wait: number | undefined;

  /** Again and again, about so often. */
  const often = (
    kind: FaultKind,
    name: string,
    every: number,
    work: (from: typeof crashes) => void,
  ): void => {
    if (!on(kind)) return;
    const random = dice(`${kind}:${name}`);
    const next = (): void => {
      time.after(Math.round(every * (0.2 + 1.6 * random.next())), () => {
        if (peaceful) return;
        work(random);
        next();
      });
    };
    next();
  };

  const spell = (name: typeof mood, length: number): void => {
    if (mood !== 'well') return;
    mood = name;
    const from = victims().machineNow();
    victims().note(`database ${name} ${length}`);
    outages.add(from, from + length);
    time.after(length, () => {
      mood = 'well';
    });
  };

  often('crash', 'arm', day / 4, (random) => {
    armed = {
      operation: random.pick(crashPoints),
      side: random.chance(0.5) ? 'before' : 'after',
      skip: random.between(0, 3),
    };
  });
  often('database', 'slow', day, (random) => spell('slow', random.between(minute, 10 * minute)));
  often('database', 'flaky', day / 2, (random) => spell('flaky', random.between(10_000, 5 * minute)));
  often('database', 'torn', day, (random) => spell('torn', random.between(minute, 5 * minute)));
  often('database', 'down', 2 * day, (random) => spell('down', random.between(5_000, 2 * minute)));
  often('network', 'down', 2 * day, (random) => {
    const length = random.between(5_000, 2 * minute);
    telegramDown = true;
    const from = victims().machineNow();
    victims().note(`telegram down ${length}`);
    outages.add(from, from + length);
    time.after(length, () => {
      telegramDown = false;
    });
  });
  often('suspend', 'sleep', 15 * day, (random) => victims().suspend(random.between(minute, 180 * minute)));
  often('clock', 'jump', 15 * day, (random) =>
    victims().jump(random.pick([-60, 60]) * minute, random.between(minute, 180 * minute)),
  );
  often('deploy', 'deploy', 3 * day, () => victims().deploy());

  /** Now and then a process dies just when there is more than one thing to be taken up after it. */
  const overPile = (): 'before' | 'after' | undefined => {
    if (!piles.high() || !on('crash') || !crashes.chance(0.003)) return undefined;
    return crashes.chance(0.5) ? 'before' : 'after';
  };

  return {
    on,
    peace: () => {
      peaceful = true;
      armed = undefined;
    },
    passed: () => passed,
    crash: (operation) => {
      passed.add(operation);
      if (armed?.operation !== operation) return overPile();
      if ((armed.skip -= 1) >= 0) return undefined;
      const { side } = armed;
      armed = undefined;
      // The way up again is a dangerous one too.
      if (crashes.chance(0.3))
        armed = { operation: crashes.pick(crashPoints), side: 'before', skip: crashes.between(0, 5) };
      return side;
    },
    drag: (operation) => {
      dragged = { operation, decided: false };
    },
    database: (operation) => {
      if (!on('database')) return { latency: 0 };
      if (dragged && commits.has(operation)) dragged.decided = true;
      if (dragged?.decided && dragged.operation === operation) {
        dragged = undefined;
        return { latency: database.between(1_000, 2_000) };
      }
      if (mood === 'down') return { latency: 5, error: 'before' };
      if (mood === 'slow') return { latency: database.between(50, 2_000) };
      const latency = mood === 'torn' ? torn(database) : database.chance(0.15) ? database.between(1, 20) : 0;
      if ((mood === 'flaky' || mood === 'torn') && database.chance(0.15))
        return { latency, error: database.chance(0.5) ? 'before' : 'after' };
      return { latency };
    },
    askToWait: (seconds) => {
      wait = seconds;
    },
    network: () => {
      const latency = network.between(30, 150);
      if (!on('network')) return { kind: 'fine', latency };
      if (telegramDown) return { kind: network.chance(0.5) ? 'refused' : 'unavailable', latency };
      if (wait !== undefined) {
        const retryAfter = wait;
        wait = undefined;
        return { kind: 'tooMany', latency, retryAfter };
      }
      const dice = network.next();
      if (dice < 0.002) return { kind: 'lostAfter', latency };
      if (dice < 0.003) return { kind: 'lostBefore', latency };
      if (dice < 0.006) return { kind: 'unavailable', latency };
      if (dice < 0.008) return { kind: 'refused', latency };
      if (dice < 0.009) return { kind: 'tooMany', latency, retryAfter: network.between(1, 40) };
      return { kind: 'fine', latency };
    },
    bell: () => {
      if (!on('bell')) return 'fine';
      const dice = bells.next();
      if (dice < 0.01) return 'lost';
      if (dice < 0.02) return 'early';
      if (dice < 0.03) return 'late';
      return dice < 0.05 ? 'twice' : 'fine';
    },
    delivery: () =>
      on('delivery')
        ? {
            latency: deliveries.around(80),
            twice: deliveries.chance(0.02),
            lostAnswer: deliveries.chance(0.01),
          }
        : { latency: 50, twice: false, lostAnswer: false },
  };
}
