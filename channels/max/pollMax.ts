import type { Clock } from '../../runtime/clock.ts';
import type { Receive } from '../../runtime/makeInbox.ts';
import type { MaxApi } from './makeMaxApi.ts';
import { readMax } from './readMax.ts';

/**
 * Long polling of MAX: a batch is stored whole before its marker is confirmed by the next call, so a crash in between
 * brings the same updates again and the inbox passes them over.
 */
export function pollMax(
  api: Pick<MaxApi, 'updates'>,
  receive: Receive,
  clock: Pick<Clock, 'sleep'>,
  log: (line: object) => void,
): { stop(): Promise<void> } {
  const abort = new AbortController();
  const loop = async (): Promise<void> => {
    let marker: number | undefined;
    let failures = 0;
    while (!abort.signal.aborted) {
      try {
        const batch = await api.updates(marker, abort.signal);
        await receive(batch.updates.flatMap((raw) => readMax(raw) ?? []));
        marker = batch.marker ?? marker;
        failures = 0;
      } catch (error) {
        if (abort.signal.aborted) return;
        failures += 1;
        log({ level: 'warn', channel: 'max', polling: String(error), failures });
        await clock.sleep(Math.min(100 * 2 ** failures, 5_000));
      }
    }
  };
  const done = loop();
  return {
    stop: async () => {
      abort.abort();
      await done;
    },
  };
}
