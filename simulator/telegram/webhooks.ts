import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Bot } from '../records.ts';
import { type Simulator } from '../simulator.ts';
import { Params } from './params.ts';
import { Refusal } from './refusal.ts';
import { runMethod } from './runMethod.ts';
import { type Queued } from './updates.ts';

/** First and longest pause between two attempts, milliseconds; doubled after each failure. */
const PAUSE = { first: 250, longest: 30_000 };
/** How long the bot's server may take to answer, milliseconds. */
const PATIENCE = 60_000;

const withMethod = z.looseObject({ method: z.string() });

/**
 * Delivers updates to webhooks: in order within a chat, chats side by side up to `max_connections`, again and again
 * until the answer is 2xx, the webhook is taken away or the simulator stops.
 */
export class Webhooks {
  private readonly sim: Simulator;
  /** Chats that are being delivered to, per bot. */
  private readonly busy = new Map<number, Set<number>>();
  private readonly stop = new AbortController();

  constructor(sim: Simulator) {
    this.sim = sim;
    sim.updates.onWebhookUpdate = (bot) => this.pump(bot);
  }

  /** Goes on with what was left undelivered before a restart. */
  start(): void {
    for (const bot of this.sim.world.bots.values()) this.pump(bot);
  }

  close(): void {
    this.stop.abort();
  }

  private pump(bot: Bot): void {
    if (!bot.webhook || this.stop.signal.aborted) return;
    const busy = this.busy.get(bot.id) ?? new Set<number>();
    this.busy.set(bot.id, busy);
    for (const queued of this.sim.updates.pending(bot.id)) {
      if (busy.size >= bot.webhook.maxConnections) return;
      if (busy.has(queued.chat)) continue;
      busy.add(queued.chat);
      void this.deliver(bot, queued).finally(() => {
        busy.delete(queued.chat);
        this.pump(bot);
      });
    }
  }

  private async deliver(bot: Bot, queued: Queued): Promise<void> {
    const { world, updates } = this.sim;
    for (let pause = PAUSE.first; bot.webhook; pause = Math.min(pause * 2, PAUSE.longest)) {
      const trouble = await this.attempt(bot, queued);
      if (trouble === null) return updates.done(queued);
      if (!bot.webhook || this.stop.signal.aborted) return;
      bot.webhook.lastErrorDate = world.clock.seconds();
      bot.webhook.lastErrorMessage = trouble;
      world.saveBot(bot);
      await sleep(pause, undefined, { signal: this.stop.signal }).catch(() => undefined);
    }
  }

  /** One POST. @returns null when it was taken, else what went wrong in Telegram's words. */
  private async attempt(bot: Bot, queued: Queued): Promise<string | null> {
    const { url = '', secret } = bot.webhook ?? {};
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secret !== undefined && { 'x-telegram-bot-api-secret-token': secret }),
        },
        body: JSON.stringify(queued.update),
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(PATIENCE), this.stop.signal]),
      });
      const body = await answer.text();
      if (!answer.ok) return `Wrong response from the webhook: ${answer.status} ${answer.statusText}`;
      await this.runReply(bot, body);
      return null;
    } catch (error) {
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      return timedOut ? 'Read timeout expired' : 'Connection refused';
    }
  }

  /** A webhook may answer with a method call in its body; refusals of it go nowhere, as in Telegram. */
  private async runReply(bot: Bot, body: string): Promise<void> {
    if (!body.startsWith('{')) return;
    try {
      const reply = withMethod.safeParse(JSON.parse(body));
      if (!reply.success || /updates|webhook/i.test(reply.data.method)) return;
      const caller = { gone: this.stop.signal, connected: () => false };
      await runMethod(this.sim, bot.id, reply.data.method, new Params(reply.data), caller);
    } catch (error) {
      if (!(error instanceof Refusal) && !(error instanceof SyntaxError)) throw error;
    }
  }
}
