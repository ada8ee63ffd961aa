import { type MaxApi, MaxRefusal } from '../../channels/max/makeMaxApi.ts';
import { copy } from '../database/copy.ts';
import type { SendWatch } from '../telegram/virtualApi.ts';
import type { Faults, NetworkFate } from '../world/faults.ts';
import type { Life } from '../world/life.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { makeCall, networkError } from './makeCall.ts';
import type { VirtualMax } from './virtualMax.ts';

/** One process's connection to MAX, with its own refusals: the channel in front of it is the product's. */
export function makeVirtualMaxApi(deps: {
  life: Life;
  time: VirtualTime;
  faults: Faults;
  max: VirtualMax;
  watch: SendWatch;
}): MaxApi {
  const { life, time, faults, max } = deps;
  const call = makeCall({ ...deps, point: 'max.send', errorOf });
  const told = <T>(answer: T) =>
    new Promise<T>((resolve) => time.after(80, () => life.deliver(() => resolve(answer))));
  return {
    me: () => told({ user_id: 1, username: 'agency_max' }),
    send: (user, body) => call(user, 'messages', () => max.accept(user, body)),
    edit: (mid, body) => call(max.userOf(mid), 'edit', () => max.edit(mid, body)),
    answer: () => told(undefined),
    upload: (_type, _bytes, name) => told({ token: name }),
    download: () => told(new Uint8Array([1])),
    subscribe: () => told(undefined),
    unsubscribe: () => told(undefined),
    updates: (marker = max.confirmed()) =>
      new Promise((resolve, reject) => {
        max.confirm(marker);
        const { latency } = faults.delivery();
        const look = (): void => {
          const updates = max.updates(marker);
          if (updates.length === 0) return max.onUpdate(() => life.deliver(look));
          const { lostAnswer } = faults.delivery();
          const answer = { updates: updates.map((one) => copy(one)), marker: marker + updates.length };
          time.after(latency, () =>
            life.deliver(() => (lostAnswer ? reject(networkError('ECONNRESET')) : resolve(answer))),
          );
        };
        look();
      }),
  };
}

function errorOf({ kind }: NetworkFate): { error: Error; retryAfter?: number } {
  if (kind === 'tooMany')
    return { error: new MaxRefusal(429, 'too.many.requests', 'Too many requests'), retryAfter: 1 };
  if (kind === 'unavailable') return { error: new MaxRefusal(502, 'unknown', 'Bad Gateway') };
  return { error: networkError(kind === 'refused' ? 'ECONNREFUSED' : 'ECONNRESET') };
}
