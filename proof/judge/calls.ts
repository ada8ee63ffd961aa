import type { CallEffect } from '../../flows/clientCalls/callTurn.ts';
import type { ClientCall } from '../../flows/clientCalls/clientCall.ts';
import type { Notify } from '../../flows/effect.ts';
import type { Verdict } from './verdict.ts';

/** Follows calls with clients: each event decided once, on what was there; and what their messages are judged by. */
export interface CallWatch {
  /** @returns the messages that were just ordered */
  committed(before: ClientCall | undefined, after: ClientCall): Notify[];
  /** Why a reminder of a call should not leave any more; undefined when its reason stands. */
  reasonGone(key: string): string | undefined;
}

/** What a send that is under way may still not know, in milliseconds of true time. */
const underWay = 5_000;
const reminders = /^clientCall\.\w+\.(soon|dayBefore)$/;

export function makeCallWatch(now: () => number, verdict: Verdict): CallWatch {
  const decided = new Set<string>();
  /** Until when a call was as its reminder says. */
  const about = new Map<string, { call: string; start: number }>();
  const calls = new Map<string, { start: number; over: boolean; since: number }>();
  return {
    committed: (before, after) => {
      const { _id, start, cancelled, version } = after;
      const event = after.decided.at(-1);
      // Somebody who took part was forgotten: nothing is decided by that.
      if (event === undefined || after.decided.length === before?.decided.length) return [];
      if (version !== (before?.version ?? 0) + 1)
        verdict.report('overwritten', `call ${_id} ${event}: ${before?.version} by ${version}`);
      const name = `${_id} ${event}`;
      if (decided.has(name)) verdict.report('decidedTwice', name);
      decided.add(name);
      const over = cancelled !== undefined;
      const known = calls.get(_id);
      if (known?.start !== start || known.over !== over) calls.set(_id, { start, over, since: now() });
      const told = (after.outbox as CallEffect[]).filter((effect) => effect.type === 'notify');
      for (const { key, message } of told)
        if (reminders.test(message.key)) about.set(key, { call: _id, start });
      return told;
    },
    reasonGone: (key) => {
      const reminder = about.get(key);
      const call = reminder && calls.get(reminder.call);
      if (!call || call.since > now() - underWay) return undefined;
      if (call.over) return 'the call was called off';
      return call.start === reminder.start ? undefined : 'the call was moved';
    },
  };
}
