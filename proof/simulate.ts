import { cpuUsage } from 'node:process';
import { rememberOffsets } from './world/rememberOffsets.ts';
import { firstMoment, type Options } from './world/options.ts';
import { makeTrace } from './world/trace.ts';
import { makeWorld } from './world/makeWorld.ts';
import type { CheckName, Violation } from './judge/verdict.ts';

const day = 86_400_000;
/** Looks are taken beside the grid of windows and whole hours, where much is just under way. */
const odd = 437_000;

/** What came of a run. */
export interface Outcome {
  options: Options;
  hash: string;
  violations: Violation[];
  counts: Partial<Record<CheckName, number>>;
  figures: {
    events: number;
    updates: number;
    messages: number;
    deaths: number;
    steps: number;
    lines: number;
    /** Of a processor, for everything this process did meanwhile: what others do on the machine counts little. */
    seconds: number;
    days: number;
  };
  last: string[];
  /** Every kind of call at which a process could have died. */
  passed: ReadonlySet<string>;
}

export interface Watch {
  /** Stop at the first violation; on by default. */
  stop?: boolean;
  traceFile?: string;
  eachDay?: (day: number) => void;
}

/** Live through a run and judge it. The same options give the same hash. */
export async function simulate(options: Options, watch: Watch = {}): Promise<Outcome> {
  rememberOffsets();
  const started = cpuUsage();
  const world = makeWorld(options, (now) => makeTrace(now, watch.traceFile));
  const { time, judge, trace, database } = world;
  const halt = () => watch.stop !== false && judge.verdict.violations().length > 0;
  let lived = 0;
  while (lived < options.days && !halt()) {
    lived += 1;
    for (let hour = 1; hour <= 24 && !halt(); hour += 1) {
      await time.run(firstMoment + (lived - 1) * day + (hour * day) / 24 + odd, halt);
      judge.sweep(hour === 24);
    }
    if (halt()) break;
    forget(database.memory.inbox, time.now() - 14 * day);
    if (lived % 7 === 0) await judge.look();
    if (lived % 7 === 0 && world.calm()) await judge.audit();
    watch.eachDay?.(lived);
  }
  if (!halt()) {
    world.peace();
    await time.run(time.now() + day / 2 + odd, halt);
    judge.sweep(true);
    await judge.audit();
  }
  const { decisions, accepted } = judge.counts();
  return {
    options,
    hash: trace.hash(),
    violations: judge.verdict.violations(),
    counts: judge.verdict.counts(),
    last: trace.last(60),
    passed: world.faults.passed(),
    figures: {
      events: decisions,
      updates: world.posted(),
      messages: accepted,
      deaths: world.deaths(),
      steps: time.steps(),
      lines: trace.count(),
      seconds: secondsSince(started),
      days: lived,
    },
  };
}

function secondsSince(started: ReturnType<typeof cpuUsage>): number {
  const { user, system } = cpuUsage(started);
  return (user + system) / 1_000_000;
}

/** The inbox forgets what is two weeks old, as its index tells a real database to. */
function forget(inbox: { remove(filter: object, many: boolean): number }, before: number): void {
  inbox.remove({ at: { $lt: new Date(before) } }, true);
}
