import type { Clock } from '../../../runtime/clock.ts';

/** A person with a phone writes neither at once nor evenly; whoever does is taken for a machine and banned. */
export interface HumanPace {
  /** Ends when the next message may be typed; `typing` is for how many milliseconds. */
  turn(characters: number): Promise<{ typing: number }>;
}

/** Between two messages, in milliseconds, and how many in a minute. */
const gap = { least: 3_000, most: 9_000 };
const perMinute = 8;
const minute = 60_000;

/** One message at a time, with random pauses, few in a minute. */
export function makeHumanPace(clock: Pick<Clock, 'real' | 'sleep' | 'id'>): HumanPace {
  let before: Promise<unknown> = Promise.resolve();
  let sent: number[] = [];
  let next = 0;
  const random = (): number =>
    parseInt(Buffer.from(clock.id(8), 'base64url').toString('hex').slice(0, 8), 16) / 2 ** 32;

  const wait = async (characters: number): Promise<{ typing: number }> => {
    sent = sent.filter((at) => at > clock.real() - minute);
    const [oldest] = sent.length >= perMinute ? sent : [];
    const at = Math.max(next, oldest === undefined ? 0 : oldest + minute);
    if (at > clock.real()) await clock.sleep(at - clock.real());
    sent.push(clock.real());
    next = clock.real() + gap.least + random() * (gap.most - gap.least);
    return { typing: Math.round(Math.min(800 + characters * 20, 5_000) * (0.7 + random() * 0.6)) };
  };

  return {
    turn: (characters) => {
      const mine = before.then(() => wait(characters));
      before = mine.catch(() => undefined);
      return mine;
    },
  };
}
