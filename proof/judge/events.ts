import type { Update } from 'grammy/types';
import type { InboxRow } from '../../models/rows.ts';
import type { Outages } from '../world/outages.ts';
import type { Verdict } from './verdict.ts';

const lateness = 60_000;

/** Everything a person did is worked once, in time, and in the order in which it came. */
export interface EventWatch {
  posted(update: Update): void;
  row(before: InboxRow | undefined, after: InboxRow): void;
  sweep(): void;
  worked(): number;
}

export function makeEventWatch(machineNow: () => number, botId: number, outages: Outages, verdict: Verdict): EventWatch {
  const waiting = new Map<string, { at: number }>();
  const arrivals = new Map<string, number>();
  const last = new Map<string, number>();
  let arrived = 0;
  let worked = 0;
  const lateBy = (at: number) => machineNow() - at - outages.within(at, machineNow());
  return {
    worked: () => worked,
    posted: (update) => {
      waiting.set(`tg:${botId}:${update.update_id}`, { at: machineNow() });
    },
    row: (before, after) => {
      if (!before) arrivals.set(after._id, (arrived += 1));
      if (after.status === 'failed') verdict.report('eventLost', `${after._id} failed`);
      if (before?.status !== 'waiting' || after.status !== 'done') return;
      worked += 1;
      const number = arrivals.get(after._id) ?? 0;
      const earlier = last.get(after.lane) ?? 0;
      if (earlier > number) verdict.report('order', `${after._id} was worked after later ones of ${after.lane}`);
      else last.set(after.lane, number);
      arrivals.delete(after._id);
      const event = waiting.get(after._id);
      if (!event) return;
      waiting.delete(after._id);
      const late = lateBy(event.at);
      if (late > lateness) verdict.report('eventLate', `${after._id} ${late} ms`);
    },
    sweep: () => {
      for (const [id, { at }] of waiting) {
        if (lateBy(at) < 2 * lateness) continue;
        verdict.report('eventLost', `${id} not worked after ${lateBy(at)} ms`);
        waiting.delete(id);
      }
    },
  };
}
