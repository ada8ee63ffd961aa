import { profiles } from '../profiles.ts';
import { type ChatState, type Group, type TgChat } from '../records.ts';
import { type Call } from './call.ts';
import { Refusal } from './refusal.ts';

/** A chat a bot may write to, as the Bot API shows it; `group` when it is one. */
export interface OpenChat {
  chat: ChatState;
  shown: TgChat;
  group?: Group;
}

/**
 * The chat that a call names, if the bot may write there.
 * @param name the parameter that names it.
 * @throws Refusal: 400 unknown chat; 403 blocked, or a person who never wrote to this bot.
 */
export function openChat(call: Call, name = 'chat_id'): OpenChat {
  const { world, params, bot } = call;
  if (!params.has(name)) throw Refusal.bad('chat_id is empty');
  const id = params.integer(name) ?? 0;
  const group = world.groups.get(id);
  if (group) return { chat: world.chat(id), shown: profiles.group(group), group };
  const person = world.people.get(id);
  if (!person) throw Refusal.bad('chat not found');
  const chat = world.chat(person.id);
  if (chat.blocked.includes(bot.id)) throw Refusal.blocked();
  if (!chat.started.includes(bot.id))
    throw new Refusal(403, "Forbidden: bot can't initiate conversation with a user");
  return { chat, shown: profiles.chat(person) };
}

/** The topic a call names, undefined when it names none. @throws Refusal when it is not there, or closed */
export function openTopic({ params }: Call, { group }: OpenChat): number | undefined {
  const id = params.integer('message_thread_id');
  if (id === undefined) return undefined;
  const topic = group?.topics.find((one) => one.id === id && one.deleted !== true);
  if (!topic) throw Refusal.bad('message thread not found');
  if (topic.closed) throw Refusal.bad('TOPIC_CLOSED');
  return id;
}
