import type { Channel, SendResult } from '../../runtime/channel.ts';
import type { Receipts } from '../../runtime/receipts.ts';
import type { SendWatch } from '../telegram/virtualApi.ts';
import type { Faults, NetworkFate } from '../world/faults.ts';
import type { Life } from '../world/life.ts';
import { hash, type Random } from '../world/random.ts';
import type { VirtualTime } from '../world/virtualTime.ts';

/** Mail and SMS of this world: what goes beyond the chats. Nobody answers there. */
export interface VirtualPost {
  of(life: Life, watch: PostWatch): { email: Channel; sms: Channel };
  /** A process hears from the gateway what became of each SMS. */
  join(life: Life, receipts: Receipts): void;
}

export type PostWatch = SendWatch & {
  sends(address: string, key: string | undefined): void;
  ends(address: string): void;
};

/** What the gateway knows and the sender may only hear of later. */
export interface PostJudge {
  /** It was taken, and will be known not to have arrived: call what this gives when that is told. */
  willFail(key: string): () => void;
  /** Nothing is heard of it: it may go another way, too. */
  unheard(key: string): void;
  /** That it arrived is still to be told: call what this gives when it is. */
  awaits(key: string): () => void;
}

/** A receipt is written down so long after it was told, at the latest: somebody may have to start first. */
export const heardBy = 120_000;

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

export function makeVirtualPost(deps: {
  time: VirtualTime;
  machineNow: () => number;
  faults: Faults;
  random: Random;
  judge: () => PostJudge;
}): VirtualPost {
  const { time, machineNow, faults, random, judge } = deps;
  let listeners: { life: Life; receipts: Receipts }[] = [];
  let taken = 0;

  /** Some process hears it, whoever sent the message: the gateway tries until one is there. */
  const tell = (messageId: string, state: 'delivered' | 'read' | 'failed', after: number): void => {
    time.after(after, () => {
      listeners = listeners.filter(({ life }) => life.alive());
      const [first] = listeners;
      if (!first) return tell(messageId, state, 15_000);
      const receipt = { channel: 'sms' as const, messageId, state, at: machineNow() };
      let heard = false;
      const end = () => (heard = true);
      first.life.deliver(() => void first.receipts(receipt).then(end, () => undefined));
      time.after(60_000, () => {
        if (!heard) tell(messageId, state, 0);
      });
    });
  };

  const follow = (key: string, messageId: string): void => {
    const fate = random.next();
    const after = random.between(3_000, 120_000);
    if (fate < 0.04) {
      time.after(after, judge().willFail(key));
      return tell(messageId, 'failed', after);
    }
    if (fate < 0.07) return judge().unheard(key);
    time.after(after + heardBy, judge().awaits(key));
    tell(messageId, 'delivered', after);
    // Read before it was delivered, as they tell it; or delivered twice.
    if (fate < 0.2)
      tell(messageId, random.chance(0.5) ? 'read' : 'delivered', random.between(3_000, 120_000));
  };

  const send =
    (channel: 'email' | 'sms', life: Life, watch: PostWatch): Channel['send'] =>
    async (address, _message, { key }) => {
      if (!life.survives('post.send', 'before')) return never();
      const fate = faults.network();
      const half = Math.ceil(fate.latency / 2);
      watch.sends(address, key);
      watch.begins(address);
      const result = await new Promise<SendResult>((resolve) => {
        time.after(half, () => {
          const arrives = fate.kind === 'fine' || fate.kind === 'lostAfter';
          const gone = arrives && isGone(address);
          const messageId = arrives && !gone ? `${channel}${(taken += 1)}` : undefined;
          if (messageId !== undefined) {
            watch.accepted(address);
            if (channel === 'sms' && fate.kind === 'fine') follow(key, messageId);
          }
          if (!life.survives('post.send', 'after')) return;
          time.after(half, () => life.deliver(() => resolve(gone ? noSuch : resultOf(fate, messageId))));
        });
      });
      watch.ends(address);
      return result;
    };

  return {
    join: (life, receipts) => void listeners.push({ life, receipts }),
    of: (life, watch) => ({
      email: { send: send('email', life, watch) },
      sms: { send: send('sms', life, watch) },
    }),
  };
}

const noSuch: SendResult = { outcome: 'blocked', error: 'no such address' };

/** Every twelfth address is nobody's any more. */
function isGone(address: string): boolean {
  return hash(address) % 12 === 0;
}

function resultOf({ kind }: NetworkFate, messageId: string | undefined): SendResult {
  if (kind === 'fine' && messageId !== undefined) return { outcome: 'sent', messageId };
  if (kind === 'lostBefore' || kind === 'lostAfter') return { outcome: 'uncertain', error: 'ECONNRESET' };
  return { outcome: 'notArrived', error: 'ECONNREFUSED' };
}
