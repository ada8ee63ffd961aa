import { profiles } from './profiles.ts';
import { type Bot, type Group, type Person, type TgMessage } from './records.ts';
import { type World } from './world.ts';

/** What a person writes, stored and shown: to a bot in their own chat, or in a group, in a topic of it. */
export function newMessage(
  world: World,
  bot: Bot,
  person: Person,
  content: Partial<TgMessage>,
  where: { group?: Group; thread?: number | undefined } = {},
): TgMessage {
  const { group, thread } = where;
  const chat = group?.id ?? person.id;
  const message: TgMessage = {
    message_id: world.nextMessageId(chat),
    from: profiles.user(person),
    chat: group ? profiles.group(group) : profiles.chat(person),
    date: world.clock.seconds(),
    ...(thread !== undefined && { message_thread_id: thread, is_topic_message: true }),
    ...content,
  };
  world.saveMessage({ bot: bot.id, rev: 0, message });
  return message;
}

/** Writing once allows a bot to write back. */
export function begin(world: World, bot: Bot, person: Person): void {
  const chat = world.chat(person.id);
  if (chat.started.includes(bot.id)) return;
  chat.started.push(bot.id);
  world.saveChat(chat);
}
