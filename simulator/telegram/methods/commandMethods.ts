import { z } from 'zod';
import { type TgCommand } from '../../records.ts';
import { type Method } from '../call.ts';
import { commandKey } from '../commandKey.ts';
import { Refusal } from '../refusal.ts';

const list = z.array(z.looseObject({ command: z.string(), description: z.string() }));

/** The command menu, per scope and language. */
export const commandMethods: Record<string, Method> = {
  setMyCommands({ bot, params, world }) {
    const raw = list.safeParse(params.json('commands', 'bot commands'));
    if (!raw.success) throw Refusal.bad("can't parse bot commands: expected an Array of BotCommand");
    if (raw.data.length > 100) throw Refusal.bad('BOT_COMMANDS_TOO_MUCH');
    const commands = raw.data.map(check);
    bot.commands[commandKey(params)] = commands;
    world.saveBot(bot);
    return true;
  },

  getMyCommands: ({ bot, params }) => bot.commands[commandKey(params)] ?? [],

  deleteMyCommands({ bot, params, world }) {
    Reflect.deleteProperty(bot.commands, commandKey(params));
    world.saveBot(bot);
    return true;
  },
};

function check({ command, description }: TgCommand): TgCommand {
  const name = command.replace(/^\//, '');
  if (!/^[a-z0-9_]{1,32}$/.test(name)) throw Refusal.bad('BOT_COMMAND_INVALID');
  if (description.trim().length < 1 || description.length > 256)
    throw Refusal.bad('BOT_COMMAND_DESCRIPTION_INVALID');
  return { command: name, description };
}
