import { type ChatState, type Person } from '../records.ts';
import { type Call } from './call.ts';
import { Refusal } from './refusal.ts';

/**
 * The private chat that a call names, if the bot may write there.
 * @param name the parameter that names it.
 * @throws Refusal: 400 unknown chat; 403 blocked, or a person who never wrote to this bot.
 */
export function openChat(call: Call, name = 'chat_id'): { person: Person; chat: ChatState } {
  const { person, chat } = knownChat(call, name);
  if (chat.blocked.includes(call.bot.id)) throw Refusal.blocked();
  if (!chat.started.includes(call.bot.id))
    throw new Refusal(403, "Forbidden: bot can't initiate conversation with a user");
  return { person, chat };
}

function knownChat({ world, params }: Call, name: string): { person: Person; chat: ChatState } {
  if (!params.has(name)) throw Refusal.bad('chat_id is empty');
  const id = params.integer(name);
  const person = id === undefined ? undefined : world.people.get(id);
  if (!person) throw Refusal.bad('chat not found');
  return { person, chat: world.chat(person.id) };
}
