/** The records that the simulator keeps, and the shapes of Telegram's objects as far as it produces them. */

/** A user or a bot, as the Bot API shows it. */
export interface TgUser {
  id: number;
  is_bot: boolean;
  first_name: string;
  last_name?: string;
  username?: string;
  language_code?: string;
}

/** A supergroup; with topics when `is_forum`. */
export interface TgGroup {
  id: number;
  type: 'supergroup';
  title: string;
  is_forum?: true;
}

/** A topic of a group: its id is that of the message that began it. */
export interface Topic {
  id: number;
  name: string;
  closed?: true;
  deleted?: true;
}

/** A supergroup of the simulator. `managed`: the bot is an administrator who may manage topics. */
export interface Group {
  id: number;
  title: string;
  members: number[];
  forum: boolean;
  managed: boolean;
  topics: Topic[];
}

/** A private chat: its id is the person's id. */
export interface TgPrivate {
  id: number;
  type: 'private';
  first_name: string;
  last_name?: string;
  username?: string;
}

export type TgChat = TgPrivate | TgGroup;

/** A span of a text; `offset` and `length` in UTF-16 units. */
export interface TgEntity {
  type: string;
  offset: number;
  length: number;
  url?: string;
  language?: string;
  user?: TgUser;
  custom_emoji_id?: string;
  unix_time?: number;
  date_time_format?: string;
}

export interface TgInlineButton {
  text: string;
  callback_data?: string;
  url?: string;
  copy_text?: { text: string };
  web_app?: { url: string };
  login_url?: { url: string };
  disabled?: Record<string, never>;
  style?: string;
  [other: string]: unknown;
}

export interface TgKeyboardButton {
  text: string;
  request_contact?: boolean;
  style?: string;
  [other: string]: unknown;
}

export interface TgInlineKeyboard {
  inline_keyboard: TgInlineButton[][];
}

export interface TgReplyKeyboard {
  keyboard: TgKeyboardButton[][];
  resize_keyboard?: boolean;
  one_time_keyboard?: boolean;
  is_persistent?: boolean;
  input_field_placeholder?: string;
}

/** What `reply_markup` may hold, after validation. */
export type TgMarkup = TgInlineKeyboard | TgReplyKeyboard | { remove_keyboard: true } | TgForceReply;

export interface TgForceReply {
  force_reply: true;
  input_field_placeholder?: string;
}

/** A stored file as a message names it. */
export interface TgFile {
  file_id: string;
  file_unique_id: string;
  file_size: number;
  file_name?: string;
  mime_type?: string;
  width?: number;
  height?: number;
  duration?: number;
  [other: string]: unknown;
}

export interface TgMessage {
  message_id: number;
  from: TgUser;
  chat: TgChat;
  date: number;
  edit_date?: number;
  text?: string;
  entities?: TgEntity[];
  caption?: string;
  caption_entities?: TgEntity[];
  document?: TgFile;
  photo?: TgFile[];
  voice?: TgFile;
  sticker?: TgFile;
  contact?: { phone_number: string; first_name: string; last_name?: string; user_id?: number };
  reply_markup?: TgInlineKeyboard;
  reply_to_message?: TgMessage;
  message_thread_id?: number;
  is_topic_message?: true;
  forum_topic_created?: { name: string; icon_color: number };
  forward_origin?: Record<string, unknown>;
  pinned_message?: TgMessage;
  /** WhatsApp: sent as a template; seen by the person. */
  template?: true;
  read?: boolean;
}

/** An update: its id and one field named by its kind. */
export type TgUpdate = { update_id: number } & Record<string, unknown>;

/** A command of a bot's menu. */
export interface TgCommand {
  command: string;
  description: string;
}

/** A person of the simulator. */
export interface Person {
  id: number;
  name: string;
  lang: string;
  /** Where they are; Telegram when nothing is said. Whoever is on mail or SMS has no chat. */
  channel?: 'telegram' | 'whatsapp' | 'max' | 'email' | 'sms';
  phone?: string;
  email?: string;
  username?: string;
}

export interface Webhook {
  url: string;
  secret?: string;
  maxConnections: number;
  lastErrorDate?: number;
  lastErrorMessage?: string;
}

/** A bot: what it told of itself, and its counters. Texts are keyed by language code, '' is the default. */
export interface Bot {
  id: number;
  username: string;
  names: Record<string, string>;
  descriptions: Record<string, string>;
  shortDescriptions: Record<string, string>;
  /** Keyed by scope and language, see `commandKey`. */
  commands: Record<string, TgCommand[]>;
  /** Keyed by chat id, '' is the default. */
  menuButtons: Record<string, unknown>;
  /** The kinds of update it asked for; absent = Telegram's default set. */
  allowed?: string[];
  webhook?: Webhook;
  nextUpdate: number;
}

/** What a chat remembers besides its messages, per bot. */
export interface ChatState {
  id: number;
  /** Bots this person has written to. */
  started: number[];
  /** Bots this person has blocked. */
  blocked: number[];
  /** The reply keyboard that is shown, and the message that brought it, by bot id. */
  keyboards: Record<string, { message: number; markup: TgReplyKeyboard }>;
  /** Pinned messages. */
  pinned: number[];
}

/** A message with what Telegram does not show of it. `rev` grows with every change in the whole simulator. */
export interface StoredMessage {
  bot: number;
  rev: number;
  deleted?: true;
  /** Sent with a keyboard that is not inline: Telegram refuses to edit those. */
  fixed?: true;
  /** Emoji the bot put on it. */
  reactions?: string[];
  message: TgMessage;
}

/** One accepted send or edit of a bot, kept apart from the messages so that a test can judge by it. */
export interface LedgerEntry {
  id: number;
  bot: number;
  chat: number;
  message: number;
  method: string;
  text: string;
  at: string;
}

/** What the seeded demo offers. */
export interface Demo {
  people: { id: number; name: string; role: string }[];
  vacancies: { title: string; start: string }[];
}
