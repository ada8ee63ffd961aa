import type { Update } from 'grammy/types';
import type { VirtualTime } from '../world/virtualTime.ts';

/** A message as its reader sees it. */
export interface Shown {
  id: number;
  text: string;
  /** What stands on the buttons' other side. */
  data: string[];
  /** The keyboard that shares one's phone number. */
  contact: boolean;
}

/** The Telegram of this world: chats, updates that wait for the bot, and what it accepted, which nobody can deny. */
export interface VirtualTelegram {
  /** A person does something; the bot gets it when it asks, or when it is pushed to it. */
  post(chat: string, body: Omit<Update, 'update_id'>): void;
  /** Updates from an offset on, oldest first; asking confirms what lies before it. */
  updates(offset: number, limit: number): Update[];
  /** Told once when the next update comes. */
  onUpdate(work: () => void): void;
  accept(chat: string, text: string, markup: unknown): number;
  blocked(chat: string): boolean;
  block(chat: string, blocked: boolean): void;
  read(chat: string, reader: (message: Shown) => void): void;
  posted(): number;
}

export function makeVirtualTelegram(time: VirtualTime, posted: (update: Update) => void): VirtualTelegram {
  const readers = new Map<string, (message: Shown) => void>();
  const blocks = new Set<string>();
  let queue: Update[] = [];
  let watcher: (() => void) | undefined;
  let updateId = 0;
  let messageId = 0;
  return {
    post: (_chat, body) => {
      const update = { update_id: (updateId += 1), ...body } as Update;
      queue.push(update);
      posted(update);
      const tell = watcher;
      watcher = undefined;
      if (tell) time.after(0, tell);
    },
    updates: (offset, limit) => {
      if (queue[0] && queue[0].update_id < offset) queue = queue.filter(({ update_id: id }) => id >= offset);
      return queue.slice(0, limit);
    },
    onUpdate: (work) => {
      watcher = work;
    },
    accept: (chat, text, markup) => {
      messageId += 1;
      readers.get(chat)?.({ id: messageId, text, ...seen(markup) });
      return messageId;
    },
    blocked: (chat) => blocks.has(chat),
    block: (chat, blocked) => void (blocked ? blocks.add(chat) : blocks.delete(chat)),
    read: (chat, reader) => void readers.set(chat, reader),
    posted: () => updateId,
  };
}

interface Markup {
  inline_keyboard?: { callback_data?: string; disabled?: object }[][];
  keyboard?: object[][];
}

function seen(markup: unknown): { data: string[]; contact: boolean } {
  const { inline_keyboard: inline, keyboard } = (markup ?? {}) as Markup;
  const data = (inline ?? [])
    .flat()
    .flatMap(({ callback_data: text, disabled }) => (text && !disabled ? [text] : []));
  return { data, contact: keyboard !== undefined };
}
