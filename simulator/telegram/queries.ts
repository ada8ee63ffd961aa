import { randomInt } from 'node:crypto';
import { type Clock } from '../clock.ts';
import { Refusal } from './refusal.ts';

/** How long a bot may wait before it answers a tap, milliseconds of the machine. Telegram's own value is not published [R]. */
const EXPIRES = 30_000;

/** What a bot showed in answer to a tap. */
export interface Answer {
  text?: string;
  showAlert?: boolean;
  url?: string;
}

interface Open {
  bot: number;
  at: number;
  answer: (answer: Answer) => void;
}

/** Callback queries that wait for their answer. Each can be answered once; none outlives a restart. */
export class Queries {
  private readonly open = new Map<string, Open>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Opens a query. @returns its id, and a promise of the answer that gives null after `wait` milliseconds. */
  ask(bot: number, wait: number): { id: string; answered: Promise<Answer | null> } {
    const now = this.clock.real();
    for (const [old, { at }] of this.open) {
      if (now - at < EXPIRES) break;
      this.open.delete(old);
    }
    const id = `${randomInt(1e9, 9e9)}${randomInt(1e9, 9e9)}`;
    const { promise, resolve } = Promise.withResolvers<Answer | null>();
    const timer = setTimeout(() => resolve(null), wait);
    this.open.set(id, {
      bot,
      at: now,
      answer: (answer) => {
        clearTimeout(timer);
        resolve(answer);
      },
    });
    return { id, answered: promise };
  }

  /** @throws Refusal when it is unknown, expired, answered before or another bot's. */
  answer(bot: number, id: string, answer: Answer): void {
    const query = this.open.get(id);
    if (!query || query.bot !== bot || this.clock.real() - query.at > EXPIRES)
      throw Refusal.bad('query is too old and response timeout expired or query ID is invalid');
    this.open.delete(id);
    query.answer(answer);
  }
}
