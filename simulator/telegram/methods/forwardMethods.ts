import { type TgMessage } from '../../records.ts';
import { type Call, type Method } from '../call.ts';
import { openChat } from '../openChat.ts';
import { post } from '../post.ts';
import { Refusal } from '../refusal.ts';
import { readText } from '../text/readText.ts';

/** Copies and forwards between the chats of a bot. */
export const forwardMethods: Record<string, Method> = {
  copyMessage(call) {
    const { caption, caption_entities, ...content } = contents(source(call, 'copy'));
    const own = call.params.has('caption') ? readText(call.params, 'caption') : null;
    const words = own
      ? { caption: own.text, caption_entities: own.entities }
      : { ...(caption !== undefined && { caption }), ...(caption_entities && { caption_entities }) };
    const { message_id } = post(call, { ...content, ...(content.text === undefined && words) });
    return { message_id };
  },

  forwardMessage(call) {
    const original = source(call, 'forward');
    const { from, date } = original;
    const origin = original.forward_origin ?? { type: 'user', sender_user: from, date };
    return post(call, { ...contents(original), forward_origin: origin });
  },
};

function source(call: Call, what: string): TgMessage {
  openChat(call);
  const { chat } = openChat(call, 'from_chat_id');
  const found = call.world.message(chat.id, call.params.integer('message_id') ?? 0);
  if (!found || found.bot !== call.bot.id) throw Refusal.bad(`message to ${what} not found`);
  return found.message;
}

/** What a message says, without who, where, when and its keyboard. */
function contents(message: TgMessage): Partial<TgMessage> {
  const { text, entities, caption, caption_entities, document, photo, voice, sticker, contact } = message;
  const all = { text, entities, caption, caption_entities, document, photo, voice, sticker, contact };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}
