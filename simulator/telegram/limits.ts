import { type Clock } from '../clock.ts';
import { Refusal } from './refusal.ts';

/** Telegram's documented pace: one message a second in a chat (short bursts pass), thirty a second in all. */
const BURST = 3;
const ALL_PER_SECOND = 30;

/** A bucket that fills at `rate` tokens a second up to `size`. */
interface Bucket {
  tokens: number;
  at: number;
}

/** Telegram's limits on sending, on the machine's clock; off unless the simulator was started with `--limits`. */
export class Limits {
  private readonly buckets = new Map<string, Bucket>();
  private readonly clock: Clock;
  private readonly on: boolean;

  constructor(clock: Clock, on: boolean) {
    this.clock = clock;
    this.on = on;
  }

  /** @throws Refusal 429 with `retry_after` when this bot sends faster than Telegram allows. */
  check(bot: number, chat: number): void {
    if (!this.on) return;
    this.use(`${bot}`, ALL_PER_SECOND, ALL_PER_SECOND);
    // A group: twenty a minute.
    if (chat < 0) this.use(`${bot}:${chat}`, 20 / 60, 20);
    else this.use(`${bot}:${chat}`, 1, BURST);
  }

  private use(key: string, rate: number, size: number): void {
    const now = this.clock.real();
    const bucket = this.buckets.get(key) ?? { tokens: size, at: now };
    bucket.tokens = Math.min(size, bucket.tokens + ((now - bucket.at) / 1000) * rate);
    bucket.at = now;
    this.buckets.set(key, bucket);
    if (bucket.tokens < 1) throw Refusal.tooMany(Math.max(1, Math.ceil((1 - bucket.tokens) / rate)));
    bucket.tokens -= 1;
  }
}
