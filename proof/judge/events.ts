import type { Update } from 'grammy/types';
import { chatOf } from '../../channels/telegram/readUpdate.ts';
import type { InboxRow } from '../../models/rows.ts';
import type { Outages } from '../world/outages.ts';
import type { Verdict } from './verdict.ts';

const lateness = 60_000;

interface Waiting {
  at: number;
  chat: string;
  /** Its place in the order: its own number, or the true time when it was first received. */
  number: number;
  /** Since when it stands in the inbox, in true time. */
  stood: number;
}

/** Everything a person did is worked once, in time, and in the order in which it came. */
export interface EventWatch {
  posted(update: Update): void;
  /** One of the processes was handed it. */
  received(update: Update): void;
  /** It stands in what it changed: the inbox may never have seen it. */
  decided(event: string): void;
  row(before: InboxRow | undefined, after: InboxRow): void;
  sweep(): void;
  worked(): number;
}

/**
 * @param polled updates come in the order of their numbers. Pushed ones have one only where the later was received when
 *   the earlier stood already: two that are on their way in at once may be worked either way round
 */
export function makeEventWatch(
  now: () => number,
  machineNow: () => number,
  botId: number,
  polled: boolean,
  outages: Outages,
  verdict: Verdict,
): EventWatch {
  const waiting = new Map<string, Waiting>();
  const last = new Map<string, number>();
  let worked = 0;
  const lateBy = (at: number) => machineNow() - at - outages.within(at, machineNow());

  const settle = (id: string): void => {
    const event = waiting.get(id);
    if (!event) return;
    waiting.delete(id);
    worked += 1;
    const { at, chat, number, stood } = event;
    const late = lateBy(at);
    if (late > lateness) verdict.report('eventLate', `${id} ${late} ms`);
    const earlier = last.get(chat) ?? 0;
    if (earlier > Math.max(number, stood))
      verdict.report('order', `${id} was worked after a later one of chat ${chat}`);
    else last.set(chat, Math.max(earlier, number));
  };

  return {
    worked: () => worked,
    decided: settle,
    posted: (update) => {
      const { update_id: number } = update;
      const chat = chatOf(update) ?? '';
      waiting.set(`tg:${botId}:${number}`, {
        at: machineNow(),
        chat,
        number: polled ? number : Infinity,
        stood: 0,
      });
    },
    received: ({ update_id: number }) => {
      const event = waiting.get(`tg:${botId}:${number}`);
      if (event && !polled) event.number = Math.min(event.number, now());
    },
    row: (before, after) => {
      const event = waiting.get(after._id);
      if (!before && event && !polled) event.stood = now();
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
