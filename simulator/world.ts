import { Clock } from './clock.ts';
import { EventStream } from './eventStream.ts';
import { Store } from './store.ts';
import {
  type Bot,
  type ChatState,
  type Demo,
  type Group,
  type LedgerEntry,
  type Person,
  type StoredMessage,
} from './records.ts';

/** The first person's id; nine digits, as Telegram's are. */
const FIRST_PERSON = 100_000_001;
/** Update ids start high, as Telegram's do, so that nobody mistakes them for counters from 1. */
const FIRST_UPDATE = 700_000_001;

/**
 * Everything the simulator knows, hot in memory and written behind to the store: people, bots, chats, messages, the
 * clock. It holds no rules of the Bot API; those stand in `telegram/`.
 */
export class World {
  readonly people = new Map<number, Person>();
  readonly bots = new Map<number, Bot>();
  readonly groups = new Map<number, Group>();
  readonly events = new EventStream();
  readonly clock: Clock;
  demo: Demo = { people: [], vacancies: [] };
  /** The bot that said hello last (`getMe`, `setWebhook`): whom people write to unless told otherwise. */
  activeBot: number | null;
  /** Grows with every change of a message. */
  rev = 0;
  private readonly chats = new Map<
    number,
    { state: ChatState; messages: Map<number, StoredMessage>; last: number }
  >();
  private lastLedger: number;

  readonly store: Store;

  constructor(store: Store) {
    this.store = store;
    this.clock = new Clock(store.get<number>('offset', '') ?? 0);
    this.activeBot = store.get<number>('activeBot', '') ?? null;
    this.lastLedger = store.get<number>('lastLedger', '') ?? 0;
    this.demo = store.get<Demo>('demo', '') ?? this.demo;
    for (const person of store.all<Person>('person')) this.people.set(person.id, person);
    for (const group of store.all<Group>('group')) this.groups.set(group.id, group);
    for (const bot of store.all<Bot>('bot')) this.bots.set(bot.id, bot);
    for (const state of store.all<ChatState>('chat'))
      this.chats.set(state.id, { state, messages: new Map(), last: 0 });
    for (const stored of store.all<StoredMessage>('message')) {
      const chat = this.room(stored.message.chat.id);
      chat.messages.set(stored.message.message_id, stored);
      chat.last = Math.max(chat.last, stored.message.message_id);
      this.rev = Math.max(this.rev, stored.rev);
    }
  }

  /** The bot of an id, made when it is met for the first time. */
  bot(id: number): Bot {
    const known = this.bots.get(id);
    if (known) return known;
    const texts = { names: {}, descriptions: {}, shortDescriptions: {}, commands: {}, menuButtons: {} };
    const bot: Bot = { id, username: `demo_${id}_bot`, ...texts, nextUpdate: FIRST_UPDATE };
    this.saveBot(bot);
    if (this.activeBot === null) this.activate(id);
    return bot;
  }

  saveBot(bot: Bot): void {
    this.bots.set(bot.id, bot);
    this.store.put('bot', Store.key(bot.id), bot);
    this.events.tell({ type: 'bot' });
  }

  /** Keeps a bot's settings without telling the page: for what the page does not show. */
  saveBotQuietly(bot: Bot): void {
    this.store.put('bot', Store.key(bot.id), bot);
  }

  activate(bot: number): void {
    if (this.activeBot === bot) return;
    this.activeBot = bot;
    this.store.put('activeBot', '', bot);
    this.events.tell({ type: 'bot' });
  }

  /** Adds a person, or renews the one with that id. */
  savePerson(person: Omit<Person, 'id'> & { id?: number | undefined }): Person {
    const id = person.id ?? Math.max(FIRST_PERSON - 1, ...this.people.keys()) + 1;
    const saved: Person = { ...person, id };
    this.people.set(id, saved);
    this.store.put('person', Store.key(id), saved);
    this.events.tell({ type: 'user', id });
    return saved;
  }

  /** Adds a group, or keeps what was changed of one. */
  saveGroup(group: Group): void {
    this.groups.set(group.id, group);
    this.store.put('group', Store.key(-group.id), group);
    this.events.tell({ type: 'user', id: group.id });
  }

  /** A chat's state; change it and call `saveChat`. */
  chat(id: number): ChatState {
    return this.room(id).state;
  }

  saveChat(state: ChatState): void {
    this.store.put('chat', Store.key(state.id), state);
    this.events.tell({ type: 'user', id: state.id });
  }

  /** Messages of a chat, oldest first, the deleted ones among them. */
  messages(chat: number): StoredMessage[] {
    return [...this.room(chat).messages.values()];
  }

  /** A message that is there and was not deleted. */
  message(chat: number, id: number): StoredMessage | null {
    const stored = this.room(chat).messages.get(id);
    return stored && !stored.deleted ? stored : null;
  }

  nextMessageId(chat: number): number {
    return (this.room(chat).last += 1);
  }

  /** Writes a new or changed message and tells the page. */
  saveMessage(stored: StoredMessage): void {
    const { message } = stored;
    stored.rev = this.rev += 1;
    this.room(message.chat.id).messages.set(message.message_id, stored);
    this.store.put('message', Store.key(message.chat.id, message.message_id), stored);
    this.events.tell({ type: 'message', user: message.chat.id, id: message.message_id, rev: stored.rev });
  }

  /** Notes an accepted send or edit. */
  account(entry: Omit<LedgerEntry, 'id' | 'at'>): void {
    const id = (this.lastLedger += 1);
    this.store.put('ledger', Store.key(id), { ...entry, id, at: this.clock.iso() });
    this.store.put('lastLedger', '', id);
  }

  saveDemo(demo: Demo): void {
    this.demo = demo;
    this.store.put('demo', '', demo);
    this.events.tell({ type: 'bot' });
  }

  /** Moves the virtual time to `at`, milliseconds of UTC, and keeps the new offset. */
  moveClock(at: number, moving: boolean): void {
    this.clock.moveTo(at);
    this.store.put('offset', '', this.clock.offset);
    this.events.tell({ type: 'clock', offset: this.clock.offset, moving });
  }

  private room(id: number): { state: ChatState; messages: Map<number, StoredMessage>; last: number } {
    const known = this.chats.get(id);
    if (known) return known;
    const state: ChatState = { id, started: [], blocked: [], keyboards: {}, pinned: [] };
    const room = { state, messages: new Map<number, StoredMessage>(), last: 0 };
    this.chats.set(id, room);
    return room;
  }
}
