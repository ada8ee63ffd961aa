import type { Message, Update, User } from 'grammy/types';
import type { Happened } from '../../flows/event.ts';
import type { IncomingFile } from '../../flows/question.ts';

type Arrived = Extract<Happened, { type: 'messageArrived' }>;

/** Telegram's update as what happened in the product's own words; undefined for what does not concern a person. */
export function readUpdate(update: Update): Happened | undefined {
  const query = update.callback_query;
  if (query) {
    const pressed = query.message && 'reply_markup' in query.message ? query.message.reply_markup : undefined;
    const data = query.data ?? '';
    const label = pressed?.inline_keyboard
      .flat()
      .find((button) => 'callback_data' in button && button.callback_data === data)?.text;
    return {
      type: 'buttonTapped',
      reach: { channel: 'telegram', address: String(query.from.id) },
      person: personOf(query.from),
      data,
      ...(label && { label }),
    };
  }
  const member = update.my_chat_member;
  if (member?.chat.type === 'private') {
    const blocked = member.new_chat_member.status === 'kicked';
    return {
      type: blocked ? 'channelBlocked' : 'channelUnblocked',
      reach: { channel: 'telegram', address: String(member.chat.id) },
    };
  }
  const message = update.message ?? update.edited_message;
  if (message?.chat.type !== 'private') return undefined;
  return readMessage(message, update.edited_message !== undefined);
}

/** The chat an update belongs to: the lane it is worked in. */
export function chatOf(update: Update): string | undefined {
  const chat =
    update.message?.chat ??
    update.edited_message?.chat ??
    update.my_chat_member?.chat ??
    update.callback_query?.message?.chat;
  const id = chat?.id ?? update.callback_query?.from.id;
  return id === undefined ? undefined : String(id);
}

/** The lane an update is worked in: its chat; in a group with topics, its topic. */
export function laneOf(update: Update): string {
  const thread = update.message?.message_thread_id ?? update.edited_message?.message_thread_id;
  return `tg:${chatOf(update) ?? 'other'}${thread === undefined ? '' : `:${thread}`}`;
}

/** A message as what happened, whichever chat it stands in. */
export function readMessage(message: Message, edited: boolean): Arrived {
  const base = {
    type: 'messageArrived' as const,
    reach: { channel: 'telegram' as const, address: String(message.chat.id) },
    person: message.from ? personOf(message.from) : {},
  };
  const text = message.text ?? message.caption;
  const said = text === undefined ? {} : { text };
  if (edited) return { ...base, kind: 'edited', ...said };
  if (message.contact) {
    const { phone_number: number, user_id: owner } = message.contact;
    const phone = number.startsWith('+') ? number : `+${number}`;
    return { ...base, kind: 'contact', contact: { phone, own: owner === message.from?.id } };
  }
  const file = fileOf(message);
  if (file) return { ...base, kind: file.kind === 'voice' ? 'voice' : 'file', file, ...said };
  if (message.sticker) return { ...base, kind: 'sticker' };
  if (message.forward_origin) return { ...base, kind: 'forwarded', ...said };
  if (text !== undefined) return { ...base, kind: 'text', text };
  return { ...base, kind: 'other' };
}

function fileOf(message: Message): IncomingFile | undefined {
  const { document, photo, voice, video_note: note, video, audio } = message;
  const largest = photo?.at(-1);
  if (document) {
    const name = document.file_name ?? 'document';
    return { channel: 'telegram', id: document.file_id, name, kind: 'document', ...size(document.file_size) };
  }
  if (largest)
    return {
      channel: 'telegram',
      id: largest.file_id,
      name: 'photo.jpg',
      kind: 'photo',
      ...size(largest.file_size),
    };
  if (voice)
    return {
      channel: 'telegram',
      id: voice.file_id,
      name: 'voice.ogg',
      kind: 'voice',
      ...size(voice.file_size),
    };
  const other = note ?? video ?? audio;
  return (
    other && {
      channel: 'telegram',
      id: other.file_id,
      name: 'media',
      kind: 'other',
      ...size(other.file_size),
    }
  );
}

function size(bytes: number | undefined): { size?: number } {
  return bytes === undefined ? {} : { size: bytes };
}

function personOf({ language_code: lang, username, ...user }: User) {
  return { lang, name: fullName(user), ...(username && { username }) };
}

function fullName(user: { first_name: string; last_name?: string }): string {
  return [user.first_name, user.last_name].filter(Boolean).join(' ');
}
