import { type Bot, type Person, type TgMessage } from '../records.ts';
import { type Simulator } from '../simulator.ts';
import { begin, newMessage } from '../newMessage.ts';

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
  begin(world, bot, person);
  const message = newMessage(world, bot, person, content);
  return { messageId: message.message_id, updateId: updates.push(bot, person.id, 'message', message) };
}
