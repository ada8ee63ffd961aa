import type { Clock } from './clock.ts';

/** How urgent a message is: an answer to what somebody just did, a notice, one of many of a broadcast. */
export type Urgency = 'answer' | 'notice' | 'bulk';

/** Permission for one message. */
export interface PaceTurn {
  /** Its outcome is known: so it has arrived, if at all. */
  end(): void;
  /** Nothing was sent after all. */
  giveBack(): void;
}

/**
 * How fast a channel takes messages: so many in any sliding second, one at a time to a chat. Answers go before
 * notices, notices before broadcasts; the latter two are spread evenly over what answers leave, so that an answer never waits for more than
 * one of them.
 */
export interface Pace {
  /** Would a message to this address leave at once? */
  free(address: string): boolean;
  /** Ends when a message may leave to this address. */
  turn(address: string, urgency: Urgency): Promise<PaceTurn>;
  /** The channel said to wait so many milliseconds: with everything, or with one chat. */
  rest(milliseconds: number, address?: string): void;
  /** Does the channel ask to wait now? */
  resting(address: string): boolean;
  /** Ends when it does not. */
  rested(address: string): Promise<void>;
}

export interface PaceLimits {
  /** Messages in any sliding second. */
  perSecond: number;
  /** From one message to the next in a chat, in milliseconds. */
  chatGap(address: string): number;
  /** Which part of the limit is this process's: `index` of `of`. */
  share?: () => { index: number; of: number };
}

/** No limit: for a channel that has none. */
export const unlimited: PaceLimits = { perSecond: Infinity, chatGap: () => 0 };

/** So many places of a second stay free for answers while there are any: people seldom write one at a time. */
const keptFree = 2;

/**
 * How late a message counts that has no answer yet, in milliseconds after it left: one that hangs must not hold up all.
 */
const patience = 500;
const second = 1_000;

interface Sending {
  left: number;
  end?: number;
  answer: boolean;
}

interface Waiting {
  address: string;
  resolve: (turn: PaceTurn) => void;
}

export function makePace(clock: Pick<Clock, 'real' | 'after' | 'sleep'>, limits: PaceLimits): Pace {
  const { perSecond, chatGap, share } = limits;
  /** What counts still, in the order it left. */
  let sendings: Sending[] = [];
  const chats = new Map<string, Sending>();
  const queues: Record<Urgency, Waiting[]> = { answer: [], notice: [], bulk: [] };
  /** The least time from a message's leaving to its answer. */
  let fastest: number | undefined;
  /** When the next that is spread evenly may leave. */
  let spread = 0;
  let nap: { at: number; callOff: () => void } | undefined;
  /** End when the channel takes messages again: timers, so that a clock that is set back prolongs nothing. */
  let rest: Promise<unknown> = Promise.resolve();
  let resting = 0;
  const chatRests = new Map<string, { until: Promise<unknown> }>();

  const capacity = (): number => {
    if (perSecond === Infinity || !share) return perSecond;
    const { index, of } = share();
    return Math.floor(perSecond / of) + (index < perSecond % of ? 1 : 0);
  };
  /**
   * The latest at which the receiver can have counted it, less what every message takes there and back at least: what
   * leaves a second after that arrives more than a second after it, however uneven the way is. A slow way costs nothing,
   * only its unevenness does.
   */
  const counted = ({ left, end }: Sending): number =>
    Math.min(end === undefined ? Infinity : end - (fastest ?? 0), left + patience) + 1;
  const counts = (sending: Sending): number => counted(sending) + second;

  /** When the next message may leave, one of `most` in a second. */
  const next = (most: number): number => {
    if (most === Infinity) return 0;
    const now = clock.real();
    // A machine's clock that was set back must hold nothing up.
    sendings = sendings.filter((one) => counts(one) > now && one.left <= now);
    if (most <= 0) return now + second / 2;
    const before = sendings[sendings.length - most];
    return before ? counts(before) : 0;
  };

  const chatNext = (address: string): number => {
    const last = chats.get(address);
    if (!last || last.left > clock.real()) return 0;
    return counted(last) + chatGap(address);
  };

  const forgetChats = (): void => {
    if (chats.size < 5_000) return;
    for (const address of chats.keys()) if (chatNext(address) <= clock.real()) chats.delete(address);
  };

  const grant = (address: string, urgency: Urgency): PaceTurn => {
    const sending: Sending = { left: clock.real(), answer: urgency === 'answer' };
    if (capacity() !== Infinity) sendings.push(sending);
    if (chatGap(address) > 0) {
      forgetChats();
      chats.delete(address);
      chats.set(address, sending);
    }
    return {
      end: () => {
        sending.end ??= clock.real();
        fastest = Math.min(fastest ?? Infinity, sending.end - sending.left);
        pump();
      },
      giveBack: () => {
        sendings = sendings.filter((one) => one !== sending);
        if (chats.get(address) === sending) chats.delete(address);
        pump();
      },
    };
  };

  /** The first of a queue, when its chat takes it now; one that must wait for its chat comes back by itself. */
  const take = (urgency: Urgency): Waiting | undefined => {
    const queue = queues[urgency];
    while (queue.length > 0) {
      const one = queue.shift();
      if (!one) return undefined;
      const wait = chatNext(one.address) - clock.real();
      if (wait <= 0) return one;
      later(urgency, one, wait);
    }
    return undefined;
  };

  const later = (urgency: Urgency, one: Waiting, wait: number): void =>
    void clock.after(Math.ceil(wait), () => {
      queues[urgency].push(one);
      pump();
    });

  const pump = (): void => {
    for (;;) {
      const waiting = queues.answer.length + queues.notice.length + queues.bulk.length;
      if (waiting === 0) return;
      const now = clock.real();
      const most = capacity();
      const at = next(most);
      if (at > now) return wakeAt(at);
      const answer = take('answer');
      if (answer) {
        answer.resolve(grant(answer.address, 'answer'));
        continue;
      }
      if (spread > now + second) spread = now;
      const answers = sendings.filter((one) => one.answer).length;
      const kept = answers > 0 ? Math.min(keptFree, Math.floor(most / 4)) : 0;
      const evenly = Math.max(spread, next(most - kept));
      if (evenly > now) return wakeAt(evenly);
      const urgency = queues.notice.length > 0 ? 'notice' : 'bulk';
      const other = take(urgency);
      if (!other) {
        if (urgency === 'notice') continue;
        return;
      }
      if (most !== Infinity) spread = Math.max(spread, now - 5) + second / Math.max(most - answers - kept, 1);
      other.resolve(grant(other.address, urgency));
    }
  };

  const wakeAt = (at: number): void => {
    if (nap && nap.at <= at) return;
    nap?.callOff();
    const callOff = clock.after(Math.max(Math.ceil(at - clock.real()), 1), () => {
      nap = undefined;
      pump();
    });
    nap = { at, callOff };
  };

  /** As long as it was told; while one waits, another may have been told to wait longer. */
  const rested = async (address: string): Promise<void> => {
    for (let last: unknown; last !== rest;) {
      last = rest;
      await last;
    }
    await chatRests.get(address)?.until;
  };

  const isResting = (address: string): boolean => resting > 0 || chatRests.has(address);

  return {
    free: (address) =>
      !isResting(address) &&
      queues.answer.length + queues.notice.length === 0 &&
      next(capacity()) <= clock.real() &&
      chatNext(address) <= clock.real(),
    turn: async (address, urgency) => {
      await rested(address);
      return new Promise<PaceTurn>((resolve) => {
        queues[urgency].push({ address, resolve });
        pump();
      });
    },
    rest: (milliseconds, address) => {
      const asleep = clock.sleep(milliseconds);
      if (address !== undefined) {
        const mine = { until: Promise.all([chatRests.get(address)?.until, asleep]) };
        chatRests.set(address, mine);
        void mine.until.then(() => chatRests.get(address) === mine && chatRests.delete(address));
        return;
      }
      resting += 1;
      void asleep.then(() => (resting -= 1));
      rest = Promise.all([rest, asleep]);
    },
    resting: isResting,
    rested,
  };
}
