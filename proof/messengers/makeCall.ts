import type { SendWatch } from '../telegram/virtualApi.ts';
import type { Faults, NetworkFate } from '../world/faults.ts';
import type { Life } from '../world/life.ts';
import type { VirtualTime } from '../world/virtualTime.ts';

/** What became of a call where it arrived. */
export type Accepted<T> = { taken: T } | { refused: Error };
/** One call that carries a message to a chat: it may be lost before or after, or its process die in it. */
export type Call = <T>(chat: string, method: string, accept: () => Accepted<T>) => Promise<T>;

/**
 * A process's way to a messenger, with the network's misfortunes.
 *
 * @param deps.point where a process can die before and after
 * @param deps.errorOf how this messenger's client tells of each, and how many seconds it asks to wait, if it does
 */
export function makeCall(deps: {
  life: Life;
  time: VirtualTime;
  faults: Faults;
  watch: SendWatch;
  point: 'telegram.send' | 'whatsapp.send' | 'max.send';
  errorOf: (fate: NetworkFate, method: string) => { error: Error; retryAfter?: number };
}): Call {
  const { life, time, faults, watch, point, errorOf } = deps;
  return (chat, method, accept) => {
    if (!life.survives(point, 'before')) return new Promise(() => undefined);
    const fate = faults.network();
    const half = Math.ceil(fate.latency / 2);
    watch.begins(chat);
    return new Promise((resolve, reject) => {
      const answer = (
        kind: NetworkFate['kind'] | 'blocked',
        retryAfter: number | undefined,
        work: () => void,
      ) =>
        time.after(half, () =>
          life.deliver(() => {
            watch.answered(chat, kind, retryAfter);
            work();
          }),
        );
      const fail = (): void => {
        const { error, retryAfter } = errorOf(fate, method);
        answer(fate.kind, retryAfter, () => reject(error));
      };
      time.after(half, () => {
        if (fate.kind !== 'fine' && fate.kind !== 'lostAfter') return fail();
        const accepted = accept();
        if ('refused' in accepted) return answer('blocked', undefined, () => reject(accepted.refused));
        watch.accepted(chat);
        if (!life.survives(point, 'after')) return;
        if (fate.kind === 'lostAfter') return fail();
        answer('fine', undefined, () => resolve(accepted.taken));
      });
    });
  };
}

/** A connection that broke, or was never made, as Node tells of it. */
export function networkError(code: 'ECONNRESET' | 'ECONNREFUSED'): Error {
  return Object.assign(new Error(code), { code });
}
