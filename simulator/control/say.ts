import { profiles } from '../profiles.ts';
import { type Bot, type Person, type TgMessage } from '../records.ts';
import { type Simulator } from '../simulator.ts';

/**
 * A person's message to a bot: stored, shown and made into an update. Writing once allows the bot to write back.
 * @param content what makes it a text, a contact, a file …
 */
export function say(
  { world, updates }: Simulator,
  bot: Bot,
  person: Person,
  content: Partial<TgMessage>,
): { messageId: number; updateId: number | null } {
  const chat = world.chat(person.id);
  if (!chat.started.includes(bot.id)) {
    chat.started.push(bot.id);
    world.saveChat(chat);
  }
  const message: TgMessage = {
    message_id: world.nextMessageId(person.id),
    from: profiles.user(person),
    chat: profiles.chat(person),
    date: world.clock.seconds(),
    ...content,
  };
  world.saveMessage({ bot: bot.id, rev: 0, message });
  return { messageId: message.message_id, updateId: updates.push(bot, person.id, 'message', message) };
}
