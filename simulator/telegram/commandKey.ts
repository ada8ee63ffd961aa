import { z } from 'zod';
import { type Bot, type TgCommand } from '../records.ts';
import { type Params } from './params.ts';
import { Refusal } from './refusal.ts';

const scopes = z.discriminatedUnion('type', [
  z.object({
    type: z.enum(['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators']),
  }),
  z.object({
    type: z.enum(['chat', 'chat_administrators', 'chat_member']),
    chat_id: z.union([z.number(), z.string()]),
    user_id: z.number().optional(),
  }),
]);

/** Where the commands of a scope and language are kept: `chat:100000001/ru`, `default/`. */
export function commandKey(params: Params): string {
  const read = scopes.safeParse(params.json('scope', 'bot command scope') ?? { type: 'default' });
  if (!read.success) throw Refusal.bad("can't parse BotCommandScope: unsupported type specified");
  const scope = read.data;
  const language = params.text('language_code') ?? '';
  if (!/^([a-z]{2})?$/.test(language)) throw Refusal.bad('invalid language code specified');
  const chat =
    'chat_id' in scope ? `:${scope.chat_id}${scope.user_id === undefined ? '' : `:${scope.user_id}`}` : '';
  return `${scope.type}${chat}/${language}`;
}

/** The menu that a person sees in their private chat: the narrowest scope wins, then their language. */
export function menuFor(bot: Bot, person: { id: number; lang: string }): TgCommand[] {
  const language = person.lang.slice(0, 2).toLowerCase();
  for (const scope of [`chat:${person.id}`, 'all_private_chats', 'default']) {
    const commands = bot.commands[`${scope}/${language}`] ?? bot.commands[`${scope}/`];
    if (commands && commands.length > 0) return commands;
  }
  return [];
}
