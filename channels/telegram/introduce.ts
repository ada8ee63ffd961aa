import type { Api } from 'grammy';
import type { LanguageCode } from 'grammy/types';
import type { Words } from '../../runtime/words.ts';

/** The candidates' menu, in the order it is shown. */
const commands = ['start', 'status', 'human', 'news', 'link', 'language', 'help', 'stop', 'mydata', 'forget'];

/**
 * What Telegram shows of the bot before the first word: its description and the candidates' menu, in every language
 * we have. The name is the agency's own affair with a real bot; `named` gives one to the demo's.
 */
export async function introduce(api: Api, words: Words, named: boolean): Promise<void> {
  for (const [index, lang] of words.langs.entries()) {
    const say = (key: string) => words.label({ lang, zone: 'utc' }, { key: `agency.${key}` });
    // The first language is shown to everybody who has none of the others.
    const where = index === 0 ? {} : { language_code: lang as LanguageCode };
    const list = commands.map((command) => ({ command, description: say(`command.${command}`) }));
    await api.setMyCommands(list, where);
    await api.setMyDescription(say('bot.description'), where);
    await api.setMyShortDescription(say('bot.short'), where);
    if (named) await api.setMyName(say('bot.name'), where);
  }
}
