import { type Api, GrammyError } from 'grammy';
import type { Clock } from '../../runtime/clock.ts';
import type { Receive } from '../../runtime/makeInbox.ts';
import { incomingUpdate } from './incomingUpdate.ts';

/** The kinds of update the product asks for. */
export const allowedUpdates = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

export interface Poller {
  stop(): Promise<void>;
}

/**
 * Long polling: a batch is stored whole before its offset is confirmed by the next call, so a crash in between
 * brings the same updates again and the inbox passes them over. grammY's own loop confirms one by one after the
 * handlers; here the handlers work from the inbox, and one write serves a hundred updates.
 */
export function poll(
  api: Pick<Api, 'getUpdates'>,
  botId: number,
  receive: Receive,
  clock: Pick<Clock, 'after'>,
  log: (line: object) => void,
): Poller {
  const abort = new AbortController();
  let running = true;
  const loop = async () => {
    let offset = 0;
    let failures = 0;
    while (running) {
      try {
        const updates = await api.getUpdates(
          { offset, timeout: 30, limit: 100, allowed_updates: [...allowedUpdates] },
          abort.signal as never,
        );
        if (updates.length > 0) await receive(updates.map((update) => incomingUpdate(botId, update)));
        const last = updates.at(-1);
        if (last) offset = last.update_id + 1;
        failures = 0;
      } catch (error) {
        if (!running) return;
        failures += 1;
        const wait = error instanceof GrammyError ? (error.parameters.retry_after ?? 0) * 1000 : 0;
        log({ level: 'warn', polling: error instanceof Error ? error.message : String(error), failures });
        await pause(clock, Math.max(wait, Math.min(100 * 2 ** failures, 5_000)), abort.signal);
      }
    }
  };
  const done = loop();
  return {
    stop: async () => {
      running = false;
      abort.abort();
      await done;
    },
  };
}

function pause(clock: Pick<Clock, 'after'>, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const callOff = clock.after(milliseconds, resolve);
    signal.addEventListener('abort', () => {
      callOff();
      resolve();
    });
  });
}
