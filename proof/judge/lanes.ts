import type { Outages } from '../world/outages.ts';
import type { Verdict } from './verdict.ts';

/** How long a lane is surely its holder's after they began to work on something, in milliseconds of the machine. */
const surely = 2_500;

/** What one person did is worked on by one process at a time, or they would be answered twice. */
export interface LaneWatch {
  begins(worker: Worker, chat: string): void;
  ends(worker: Worker, chat: string): void;
}

interface Worker {
  readonly name: string;
  alive(): boolean;
}

export function makeLaneWatch(machineNow: () => number, outages: Outages, verdict: Verdict): LaneWatch {
  const working = new Map<string, { worker: Worker; since: number }>();
  return {
    begins: (worker, chat) => {
      const now = machineNow();
      const other = working.get(chat);
      // Where something was in the way, a lane may have been given up in the middle.
      if (
        other?.worker.alive() &&
        other.worker !== worker &&
        now - other.since < surely &&
        outages.within(other.since, now) === 0
      )
        verdict.report('sideBySide', `chat ${chat}: ${worker.name} while ${other.worker.name} works on it`);
      working.set(chat, { worker, since: now });
    },
    ends: (worker, chat) => {
      if (working.get(chat)?.worker === worker) working.delete(chat);
    },
  };
}
