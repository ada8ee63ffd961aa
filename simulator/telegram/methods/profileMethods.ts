import { type Bot } from '../../records.ts';
import { profiles } from '../../profiles.ts';
import { type Call, type Method } from '../call.ts';
import { Refusal } from '../refusal.ts';

/** Who the bot is, and what it says of itself in each language. */
export const profileMethods: Record<string, Method> = {
  getMe({ bot, world }) {
    world.activate(bot.id);
    return {
      ...profiles.bot(bot),
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_guest_queries: false,
      supports_inline_queries: false,
      can_connect_to_business: false,
      has_main_web_app: false,
      has_topics_enabled: false,
      allows_users_to_create_topics: false,
      can_manage_bots: false,
      supports_join_request_queries: false,
    };
  },
  setMyName: (call) => set(call, call.bot.names, 'name', 64),
  getMyName: (call) => ({ name: get(call, call.bot.names) || profiles.bot(call.bot).first_name }),
  setMyDescription: (call) => set(call, call.bot.descriptions, 'description', 512),
  getMyDescription: (call) => ({ description: get(call, call.bot.descriptions) }),
  setMyShortDescription: (call) => set(call, call.bot.shortDescriptions, 'short_description', 120),
  getMyShortDescription: (call) => ({ short_description: get(call, call.bot.shortDescriptions) }),
  setChatMenuButton({ bot, params, world }) {
    const button = params.json('menu_button', 'menu button') ?? { type: 'default' };
    bot.menuButtons[params.text('chat_id') ?? ''] = button;
    world.saveBot(bot);
    return true;
  },
  getChatMenuButton: ({ bot, params }) =>
    bot.menuButtons[params.text('chat_id') ?? ''] ?? bot.menuButtons[''] ?? { type: 'commands' },
};

/** Sets a text for a language; an empty one falls back to the default language's. */
function set(call: Call, texts: Bot['names'], name: string, limit: number): true {
  const text = call.params.text(name) ?? '';
  if (text.length > limit) throw Refusal.bad(`bot ${name.replaceAll('_', ' ')} is too long`);
  const language = call.params.text('language_code') ?? '';
  if (!/^([a-z]{2})?$/.test(language)) throw Refusal.bad('invalid language code specified');
  texts[language] = text;
  if (text === '') Reflect.deleteProperty(texts, language);
  call.world.saveBot(call.bot);
  return true;
}

function get(call: Call, texts: Bot['names']): string {
  return texts[call.params.text('language_code') ?? ''] ?? texts[''] ?? '';
}
