import { profiles } from '../profiles.ts';
import { type StoredMessage, type TgMessage } from '../records.ts';
import { without } from '../without.ts';
import { type Call } from './call.ts';
import { openChat, openTopic } from './openChat.ts';
import { readMarkup } from './readMarkup.ts';
import { readReply } from './readReply.ts';

/**
 * Sends a message of the bot: checks the chat, the markup, the reply and the limits, then stores it, accounts for it
 * and shows it to the person.
 * @param content what makes it a text, a document, a photo …
 * @returns the message as the Bot API answers it.
 */
export function post(call: Call, content: Partial<TgMessage>): TgMessage {
  const { world, bot } = call;
  const markup = readMarkup(call.params);
  const opened = openChat(call);
  const { chat, shown } = opened;
  const thread = openTopic(call, opened);
  const reply = readReply(call, chat.id);
  call.limits.check(bot.id, chat.id);

  const message: TgMessage = {
    message_id: world.nextMessageId(chat.id),
    from: profiles.bot(bot),
    chat: shown,
    date: world.clock.seconds(),
    ...(reply && { reply_to_message: reply }),
    ...(thread !== undefined && { message_thread_id: thread, is_topic_message: true }),
    ...content,
  };
  const stored: StoredMessage = { bot: bot.id, rev: 0, message };
  if (markup && 'inline_keyboard' in markup) {
    if (markup.inline_keyboard.length > 0) message.reply_markup = markup;
  } else if (markup) {
    stored.fixed = true;
    if ('keyboard' in markup) chat.keyboards[bot.id] = { message: message.message_id, markup };
    else chat.keyboards = without(chat.keyboards, String(bot.id));
    world.saveChat(chat);
  }
  world.saveMessage(stored);
  const text = message.text ?? message.caption ?? message.document?.file_name ?? '';
  world.account({ bot: bot.id, chat: chat.id, message: message.message_id, method: call.method, text });
  return message;
}
