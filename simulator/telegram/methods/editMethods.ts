import { isDeepStrictEqual } from 'node:util';
import { type StoredMessage, type TgMessage } from '../../records.ts';
import { without } from '../../without.ts';
import { type Call, type Method } from '../call.ts';
import { openChat } from '../openChat.ts';
import { readMarkup } from '../readMarkup.ts';
import { Refusal } from '../refusal.ts';
import { readText } from '../text/readText.ts';

/** Edits of the bot's own messages: text, caption, inline keyboard. */
export const editMethods: Record<string, Method> = {
  editMessageText(call) {
    const { text, entities } = readText(call.params, 'text');
    if (text === '') throw Refusal.bad('message text is empty');
    const target = editable(call);
    if (target.message.text === undefined) throw Refusal.bad('there is no text in the message to edit');
    const rest = without(target.message, 'entities');
    return change(call, target, { ...rest, text, ...(entities.length > 0 && { entities }) });
  },

  editMessageCaption(call) {
    const { text: caption, entities } = readText(call.params, 'caption');
    const target = editable(call);
    const rest = without(target.message, 'caption', 'caption_entities');
    if (!rest.document && !rest.photo && !rest.voice)
      throw Refusal.bad('there is no caption in the message to edit');
    return change(call, target, {
      ...rest,
      ...(caption !== '' && { caption }),
      ...(entities.length > 0 && { caption_entities: entities }),
    });
  },

  editMessageReplyMarkup(call) {
    const target = editable(call);
    return change(call, target, { ...target.message });
  },
};

function editable(call: Call): StoredMessage {
  if (!call.params.has('chat_id') && !call.params.has('message_id'))
    throw Refusal.bad('message identifier is not specified');
  const { chat } = openChat(call);
  const found = call.world.message(chat.id, call.params.integer('message_id') ?? 0);
  if (!found || found.bot !== call.bot.id) throw Refusal.bad('message to edit not found');
  if (found.message.from.id !== call.bot.id || found.fixed) throw Refusal.bad("message can't be edited");
  return found;
}

/** An edit without a keyboard removes the one that was there, as in Telegram. */
function change(call: Call, target: StoredMessage, edited: TgMessage): TgMessage {
  const { world, bot } = call;
  const markup = readMarkup(call.params);
  if (markup && !('inline_keyboard' in markup)) throw Refusal.bad('inline keyboard expected');
  const next: TgMessage = {
    ...without(edited, 'reply_markup', 'edit_date'),
    ...(markup && markup.inline_keyboard.length > 0 && { reply_markup: markup }),
  };
  if (isDeepStrictEqual(next, without(target.message, 'edit_date')))
    throw Refusal.bad(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  call.limits.check(bot.id, next.chat.id);
  next.edit_date = world.clock.seconds();
  target.message = next;
  world.saveMessage(target);
  const text = next.text ?? next.caption ?? '';
  world.account({ bot: bot.id, chat: next.chat.id, message: next.message_id, method: call.method, text });
  return next;
}
