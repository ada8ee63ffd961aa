import { type Bot, type TgUpdate } from '../records.ts';
import { Store } from '../store.ts';
import { type World } from '../world.ts';
import { type Caller } from './call.ts';
import { type Faults } from './faults.ts';
import { HeldPolls } from './heldPolls.ts';

/** Kinds a bot gets only when it asks for them by name. */
const ON_REQUEST = ['chat_member', 'message_reaction', 'message_reaction_count'];

/** An update that waits for its bot. */
export interface Queued {
  bot: number;
  chat: number;
  update: TgUpdate;
  /** How many deliveries it still wants; 2 when a duplicate was ordered. */
  copies: number;
  sent?: boolean;
  /** Was confirmed once and is to come again, below the offset. */
  again?: boolean;
}

/** The updates of every bot: kept until confirmed, given out by held long poll or handed to the webhook's delivery. */
export class Updates {
  /** Called when an update was committed for a bot with a webhook. */
  onWebhookUpdate: (bot: Bot) => void = () => undefined;
  /** How many updates were made or confirmed since the start. */
  made = 0;
  private readonly queues = new Map<number, Map<number, Queued>>();
  private readonly polls: HeldPolls;
  private readonly world: World;
  private readonly faults: Faults;

  constructor(world: World, faults: Faults) {
    this.world = world;
    this.polls = new HeldPolls(world.clock);
    this.faults = faults;
    for (const queued of world.store.all<Queued>('update'))
      this.queue(queued.bot).set(queued.update.update_id, queued);
  }

  /** Makes an update for a bot. @returns its id, or null when the bot did not ask for this kind. */
  push(bot: Bot, chat: number, kind: string, payload: unknown): number | null {
    if (bot.allowed ? !bot.allowed.includes(kind) : ON_REQUEST.includes(kind)) return null;
    const id = bot.nextUpdate;
    bot.nextUpdate += 1;
    this.made += 1;
    this.world.saveBotQuietly(bot);
    const copies = this.faults.takeDuplicate(chat) ? 2 : 1;
    const queued: Queued = { bot: bot.id, chat, update: { update_id: id, [kind]: payload }, copies };
    this.queue(bot.id).set(id, queued);
    this.world.store.put('update', Store.key(bot.id, id), queued);
    void this.world.store.flushed().then(() => {
      if (bot.webhook) this.onWebhookUpdate(bot);
      else this.polls.wake(bot.id);
    });
    return id;
  }

  /** Waiting updates, in order. */
  pending(bot: number): Queued[] {
    return [...this.queue(bot).values()];
  }

  /** Counts one delivery of an update as done; forgets it after the last. */
  done(queued: Queued): void {
    this.made += 1;
    queued.copies -= 1;
    queued.sent = false;
    queued.again = queued.copies > 0;
    if (queued.again) return;
    this.queue(queued.bot).delete(queued.update.update_id);
    this.world.store.remove('update', Store.key(queued.bot, queued.update.update_id));
  }

  /** Forgets everything that waits for a bot. */
  drop(bot: number): void {
    for (const queued of this.pending(bot)) {
      queued.copies = 1;
      this.done(queued);
    }
  }

  /** Updates that running bots have not confirmed yet. */
  unconfirmed(): number {
    let count = 0;
    for (const [id, queue] of this.queues) {
      if (this.polls.running(id) || this.world.bots.get(id)?.webhook) count += queue.size;
    }
    return count;
  }

  /**
   * getUpdates: confirms what lies below `offset`, then answers at once when something waits, else when something comes
   * or `timeout` seconds have passed. A second poll of the same bot ends the first with 409.
   */
  async poll(
    bot: Bot,
    asked: { offset: number; limit: number; timeout: number },
    caller: Caller,
  ): Promise<TgUpdate[]> {
    this.polls.interrupt(bot.id, 'getUpdates');
    this.polls.note(bot.id, caller);
    const from = this.confirm(bot.id, asked.offset);
    const ready = this.take(bot.id, from, asked.limit);
    if (ready.length > 0 || asked.timeout <= 0) return ready;
    await this.polls.hold(bot.id, asked.timeout, caller);
    return caller.gone.aborted ? [] : this.take(bot.id, from, asked.limit);
  }

  /** Ends a held poll, because a webhook was set. */
  interrupt(bot: number): void {
    this.polls.interrupt(bot, 'setWebhook');
  }

  /** A poll is being dropped by an ordered fault: its bot runs and will ask again. */
  dropped(bot: number): void {
    this.polls.note(bot, { gone: new AbortController().signal, connected: () => true });
  }

  /** A negative offset counts from the end and forgets all before it. @returns the offset to read from. */
  private confirm(bot: number, offset: number): number {
    const ids = [...this.queue(bot).keys()];
    const from = offset < 0 ? (ids.at(offset) ?? ids[0] ?? 0) : offset;
    for (const queued of this.pending(bot)) {
      if (queued.update.update_id >= from) break;
      if (queued.sent === true || queued.again !== true) this.done(queued);
    }
    return from;
  }

  private take(bot: number, from: number, limit: number): TgUpdate[] {
    const batch: TgUpdate[] = [];
    for (const queued of this.queue(bot).values()) {
      if (batch.length >= limit) break;
      if (queued.update.update_id < from && queued.again !== true) continue;
      queued.sent = true;
      batch.push(queued.update);
    }
    return batch;
  }

  private queue(bot: number): Map<number, Queued> {
    const known = this.queues.get(bot);
    if (known) return known;
    const queue = new Map<number, Queued>();
    this.queues.set(bot, queue);
    return queue;
  }
}
