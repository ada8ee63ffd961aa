import type { InboxRow } from '../../models/rows.ts';
import type { Outages } from '../world/outages.ts';
import type { Verdict } from './verdict.ts';

const lateness = 60_000;

/**
 * What a person did. `order`: the messenger's own numbers say it; it is given out in it, where one process asks; or nothing
 * does, and what is brought first is first.
 */
export interface Deed {
  id: string;
  chat: string;
  order: 'numbered' | 'asked' | 'brought';
}

interface Waiting extends Deed {
  at: number;
  /** In the order in which it was done. */
  number: number;
  /** When it came to stand in the inbox, counted. */
  stood: number;
}

/** Everything a person did is worked once, in time, and in the order in which it came. */
export interface EventWatch {
  posted(deed: Deed): void;
  /** It stands in what it changed: the inbox may never have seen it. */
  decided(event: string): void;
  row(before: InboxRow | undefined, after: InboxRow): void;
  sweep(): void;
  worked(): number;
}

/**
 * @param polled updates come in the order of their numbers. Of pushed ones the earlier comes first where it stood in the
 *   inbox before the later did: of two that are on their way in at once the later may be worked before the earlier is there.
 *   Where nothing numbers them, two processes may take in two that follow each other: no order is promised there
 */
export function makeEventWatch(
  machineNow: () => number,
  polled: boolean,
  outages: Outages,
  verdict: Verdict,
): EventWatch {
  const waiting = new Map<string, Waiting>();
  let worked = 0;
  let stood = 0;
  let done = 0;
  const lateBy = (at: number) => machineNow() - at - outages.within(at, machineNow());

  const settle = (id: string): void => {
    const event = waiting.get(id);
    if (!event) return;
    waiting.delete(id);
    worked += 1;
    const late = lateBy(event.at);
    if (late > lateness) verdict.report('eventLate', `${id} ${late} ms`);
    for (const [other, earlier] of waiting)
      if (overtakes(event, earlier))
        verdict.report('order', `${id} was worked before ${other} of chat ${earlier.chat}`);
  };

  const overtakes = (event: Waiting, earlier: Waiting): boolean => {
    if (earlier.chat !== event.chat || earlier.number > event.number) return false;
    if (event.order === 'numbered' || polled)
      return event.order === 'brought' ? earlier.stood < event.stood : earlier.stood <= event.stood;
    return false;
  };

  return {
    worked: () => worked,
    decided: settle,
    posted: (deed) => {
      const stands = polled && deed.order !== 'brought' ? 0 : Infinity;
      waiting.set(deed.id, { ...deed, at: machineNow(), number: (done += 1), stood: stands });
    },
    row: (before, after) => {
      const event = waiting.get(after._id);
      if (!before && event?.stood === Infinity) event.stood = stood += 1;
      if (after.status === 'failed') verdict.report('eventLost', `${after._id} failed`);
      if (before?.status === 'waiting' && after.status === 'done') settle(after._id);
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
