import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { z } from 'zod';
import type { Handler } from '../../runtime/channel.ts';
import type { Reception } from '../../runtime/makeReception.ts';
import type { FactReader } from '../../runtime/readFacts.ts';
import type { Words } from '../../runtime/words.ts';
import { isGroup } from './telegramLimits.ts';
import { chatOf, readUpdate } from './readUpdate.ts';

const updateShape = z.looseObject({ update_id: z.number().int() });

/** One stored update: members' go to the staff bot, everybody else is a candidate. */
export function makeUpdateHandler(deps: {
  api: Pick<Api, 'answerCallbackQuery'>;
  botId: number;
  reception: Reception;
  words: Words;
  reader: FactReader;
  staff: (update: Update) => Promise<void>;
  /** What is written in a group: the recruiters' desk, if it is the one. */
  group: (update: Update) => Promise<void>;
}): Handler {
  const { api, words, reception } = deps;
  return async (raw, hold) => {
    const { update_id: id } = updateShape.parse(raw);
    const update = raw as Update;
    const chat = chatOf(update);
    if (chat === undefined) return;
    // A message there does several things, each known by an id of its own: the whole is safe to repeat.
    if (isGroup(chat)) {
      // Whoever presses something there is a colleague, and nobody's candidate.
      const pressed = update.callback_query?.id;
      if (pressed !== undefined) api.answerCallbackQuery(pressed).catch(() => undefined);
      return update.message ? deps.group(update) : undefined;
    }
    const invited = /^\/start(@\w+)?\s+inv_/.test(update.message?.text ?? '');
    if (invited || (await isMember(deps.reader, chat))) {
      // What members do is not all decided in one document: the inbox knows what was begun.
      if (!(await hold.keep())) return;
      return deps.staff(update);
    }
    const happened = readUpdate(update);
    if (!happened) return;
    const decision = await reception(`tg:${deps.botId}:${id}`, happened, hold);
    if (!update.callback_query || !decision) return;
    const person = decision.ok ? decision.state : undefined;
    const toast = decision.ok ? decision.toast : undefined;
    const text = toast && person ? words.label({ lang: person.lang, zone: person.zone }, toast) : undefined;
    // The spinner on the button: worth an attempt, never worth a second one.
    api.answerCallbackQuery(update.callback_query.id, text ? { text } : {}).catch(() => undefined);
  };
}

async function isMember(reader: FactReader, chat: string): Promise<boolean> {
  return (await reader.members()).some(({ telegram }) => telegram === chat);
}
