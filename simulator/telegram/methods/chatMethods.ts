import { profiles } from '../../profiles.ts';
import { type Call, type Method } from '../call.ts';
import { openChat } from '../openChat.ts';
import { Refusal } from '../refusal.ts';

/** A message can be deleted for two days of the chat's time, seconds. */
const DELETABLE = 48 * 3600;
const ACTIONS =
  /^(typing|upload_(photo|video|voice|document|video_note)|record_(video|voice|video_note)|choose_sticker|find_location)$/;

/** What a bot does in a chat besides sending. */
export const chatMethods: Record<string, Method> = {
  getChat(call) {
    const id = call.params.integer('chat_id');
    const group = call.world.groups.get(id ?? 0);
    if (group) return { ...profiles.group(group), accent_color_id: 0, max_reaction_count: 11 };
    const person = id === undefined ? undefined : call.world.people.get(id);
    if (!person || !call.world.chat(person.id).started.includes(call.bot.id))
      throw Refusal.bad('chat not found');
    const accepted = {
      unlimited_gifts: true,
      limited_gifts: true,
      unique_gifts: true,
      premium_subscription: true,
    };
    return {
      ...profiles.chat(person),
      accent_color_id: person.id % 7,
      max_reaction_count: 11,
      accepted_gift_types: { ...accepted, gifts_from_channels: true },
    };
  },

  sendChatAction(call) {
    const { chat } = openChat(call);
    const action = call.params.text('action') ?? '';
    if (!ACTIONS.test(action)) throw Refusal.bad('wrong parameter action in request');
    call.world.events.tell({ type: 'action', user: chat.id, action });
    return true;
  },

  deleteMessage(call) {
    const { chat } = openChat(call);
    remove(call, chat.id, call.params.integer('message_id') ?? 0);
    return true;
  },

  answerCallbackQuery({ bot, params, queries }) {
    const text = params.text('text');
    if (text !== undefined && text.length > 200) throw Refusal.bad('MESSAGE_TOO_LONG');
    const url = params.text('url');
    queries.answer(bot.id, params.text('callback_query_id') ?? '', {
      ...(text && { text }),
      ...(params.flag('show_alert') && { showAlert: true }),
      ...(url && { url }),
    });
    return true;
  },

  pinChatMessage(call) {
    const { chat } = openChat(call);
    const id = call.params.integer('message_id') ?? 0;
    if (!call.world.message(chat.id, id)) throw Refusal.bad('message to pin not found');
    chat.pinned = [...chat.pinned.filter((other) => other !== id), id];
    call.world.saveChat(chat);
    return true;
  },

  unpinChatMessage(call) {
    const { chat } = openChat(call);
    const id = call.params.integer('message_id') ?? chat.pinned.at(-1);
    if (id === undefined || !chat.pinned.includes(id)) throw Refusal.bad('message to unpin not found');
    chat.pinned = chat.pinned.filter((other) => other !== id);
    call.world.saveChat(chat);
    return true;
  },

  unpinAllChatMessages(call) {
    const { chat } = openChat(call);
    chat.pinned = [];
    call.world.saveChat(chat);
    return true;
  },
};

function remove({ world, bot }: Call, chat: number, id: number): void {
  const found = world.message(chat, id);
  if (!found || found.bot !== bot.id) throw Refusal.bad('message to delete not found');
  if (world.clock.seconds() - found.message.date > DELETABLE)
    throw Refusal.bad("message can't be deleted for everyone");
  found.deleted = true;
  world.saveMessage(found);
}
