import type { Update } from 'grammy/types';
import { chatOf } from '../../channels/telegram/readUpdate.ts';
import type { InboxRow } from '../../models/rows.ts';
import type { Outages } from '../world/outages.ts';
import type { Verdict } from './verdict.ts';

const lateness = 60_000;

interface Waiting {
  at: number;
  chat: string;
  /** Telegram's own. */
  number: number;
  /** When it came to stand in the inbox, counted. */
  stood: number;
}

/** Everything a person did is worked once, in time, and in the order in which it came. */
export interface EventWatch {
  posted(update: Update): void;
  /** It stands in what it changed: the inbox may never have seen it. */
  decided(event: string): void;
  row(before: InboxRow | undefined, after: InboxRow): void;
  sweep(): void;
  worked(): number;
}

/**
 * @param polled updates come in the order of their numbers. Of pushed ones the earlier comes first where it stood in the
 *   inbox before the later did: of two that are on their way in at once the later may be worked before the earlier is there
 */
export function makeEventWatch(
  machineNow: () => number,
  botId: number,
  polled: boolean,
  outages: Outages,
  verdict: Verdict,
): EventWatch {
  const waiting = new Map<string, Waiting>();
  let worked = 0;
  let stood = 0;
  const lateBy = (at: number) => machineNow() - at - outages.within(at, machineNow());

  const settle = (id: string): void => {
    const event = waiting.get(id);
    if (!event) return;
    waiting.delete(id);
    worked += 1;
    const late = lateBy(event.at);
    if (late > lateness) verdict.report('eventLate', `${id} ${late} ms`);
    for (const [other, { chat, number, stood }] of waiting)
      if (chat === event.chat && number < event.number && stood <= event.stood)
        verdict.report('order', `${id} was worked before ${other} of chat ${chat}`);
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
        number,
        stood: polled ? 0 : Infinity,
      });
    },
    row: (before, after) => {
      const event = waiting.get(after._id);
      if (!before && event && !polled) event.stood = stood += 1;
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
