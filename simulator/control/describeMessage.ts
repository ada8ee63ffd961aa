import { type World } from '../world.ts';
import { type StoredMessage, type TgFile, type TgInlineButton, type TgMessage } from '../records.ts';

/** A button as a person sees it. */
export interface ButtonView {
  label: string;
  data?: string;
  url?: string;
  copy?: string;
  disabled?: true;
  style?: string;
}

/** A message as the person sees it: the shape is part of the control API. */
export function describeMessage(world: World, { bot, rev, deleted, message }: StoredMessage): object {
  const { message_id: id, from, text, caption, date, edit_date, document, photo, voice, sticker } = message;
  const shown = world.chat(message.chat.id).keyboards[bot];
  const keyboard = shown?.message === id && !deleted ? shown.markup.keyboard : null;
  const picture = photo?.at(-1);
  return {
    id,
    rev,
    bot,
    from: from.is_bot ? 'bot' : 'user',
    text: deleted ? '' : (text ?? caption ?? ''),
    entities: message.entities ?? message.caption_entities ?? [],
    buttons: deleted ? [] : (message.reply_markup?.inline_keyboard.map((row) => row.map(button)) ?? []),
    ...(keyboard && {
      keyboard: keyboard.map((row) =>
        row.map(({ text: label, request_contact, style }) => ({
          label,
          ...(request_contact === true && { contact: true }),
          ...(style !== undefined && { style }),
        })),
      ),
    }),
    ...(document && { document: file(document) }),
    ...(picture && { photo: { ...file(picture), width: picture.width, height: picture.height } }),
    ...(voice && { voice: { ...file(voice), duration: voice.duration } }),
    ...(sticker && { sticker: { emoji: sticker['emoji'] } }),
    ...(message.contact && { contact: contact(message.contact) }),
    ...(message.reply_to_message && { replyTo: message.reply_to_message.message_id }),
    ...(message.forward_origin && { forwarded: true }),
    ...(world.chat(message.chat.id).pinned.includes(id) && { pinned: true }),
    date: world.clock.iso(date * 1000),
    edited: edit_date !== undefined,
    ...(deleted && { deleted: true }),
  };
}

function button(shown: TgInlineButton): ButtonView {
  const { text: label, callback_data: data, style } = shown;
  const url = shown.url ?? shown.web_app?.url ?? shown.login_url?.url;
  return {
    label,
    ...(data !== undefined && { data }),
    ...(url !== undefined && { url }),
    ...(shown.copy_text && { copy: shown.copy_text.text }),
    ...(shown.disabled && { disabled: true as const }),
    ...(style !== undefined && { style }),
  };
}

function file(stored: TgFile): object {
  return { name: stored.file_name ?? '', size: stored.file_size, url: `/sim/files/${stored.file_unique_id}` };
}

function contact({ phone_number, first_name, last_name }: NonNullable<TgMessage['contact']>): object {
  return { phone: phone_number, name: [first_name, last_name].filter(Boolean).join(' ') };
}
