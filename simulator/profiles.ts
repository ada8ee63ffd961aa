import { type Bot, type Group, type Person, type TgGroup, type TgPrivate, type TgUser } from './records.ts';

/** How people and bots look in the Bot API. */
export const profiles = {
  /** A person as the `from` of a message. */
  user(person: Person): TgUser {
    return { id: person.id, is_bot: false, ...names(person), language_code: person.lang };
  },

  /** A person's private chat. */
  chat(person: Person): TgPrivate {
    return { id: person.id, ...names(person), type: 'private' };
  },

  group({ id, title, forum }: Group): TgGroup {
    return { id, type: 'supergroup', title, ...(forum && { is_forum: true }) };
  },

  /** A bot; its name is the one it gave itself with `setMyName`. */
  bot(bot: Bot): TgUser {
    return { id: bot.id, is_bot: true, first_name: bot.names[''] ?? `Bot ${bot.id}`, username: bot.username };
  },
};

function names(person: Person): { first_name: string; last_name?: string; username?: string } {
  const [first = person.name, ...rest] = person.name.trim().split(/\s+/);
  return {
    first_name: first,
    ...(rest.length > 0 && { last_name: rest.join(' ') }),
    ...(person.username !== undefined && { username: person.username }),
  };
}
