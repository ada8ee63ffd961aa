import { type Bot, type Person, type TgMessage } from '../records.ts';
import { type Simulator } from '../simulator.ts';
import { ControlError } from './controlError.ts';
import { newMessage } from '../newMessage.ts';

/** A member writes in a group, in a topic of it when one is named; the bot sees it as an administrator does. */
export function sayInGroup(
  { world, updates }: Simulator,
  bot: Bot,
  person: Person,
  chat: number,
  thread: number | undefined,
  content: Partial<TgMessage>,
): { messageId: number; updateId: number | null } {
  const group = world.groups.get(chat);
  if (!group?.members.includes(person.id)) throw new ControlError(404, `this person is in no group ${chat}`);
  const open =
    thread === undefined || group.topics.some(({ id, deleted }) => id === thread && deleted !== true);
  if (!open) throw new ControlError(404, `the group has no topic ${thread}`);
  const message = newMessage(world, bot, person, content, { group, thread });
  return { messageId: message.message_id, updateId: updates.push(bot, chat, 'message', message) };
}
