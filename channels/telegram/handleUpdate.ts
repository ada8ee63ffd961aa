import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { z } from 'zod';
import type { Happened } from '../../flows/event.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Desk } from '../../runtime/desk.ts';
import { candidateOf } from '../../runtime/makeDesk.ts';
import type { FactReader } from '../../runtime/readFacts.ts';
import type { Words } from '../../runtime/words.ts';
import { chatOf, readUpdate } from './readUpdate.ts';

const updateShape = z.looseObject({ update_id: z.number().int() });

/** One stored update: members' go to the staff bot, everybody else is a candidate. */
export function makeUpdateHandler(deps: {
  api: Pick<Api, 'answerCallbackQuery'>;
  botId: number;
  db: Database;
  clock: Clock;
  desk: Desk;
  words: Words;
  policy: Policy;
  reader: FactReader;
  staff: (update: Update) => Promise<void>;
}): (raw: unknown) => Promise<void> {
  const { api, db, words, policy } = deps;
  return async (raw) => {
    const { update_id: id } = updateShape.parse(raw);
    const update = raw as Update;
    const chat = chatOf(update);
    if (chat === undefined) return;
    if (/^\/start(@\w+)?\s+inv_/.test(update.message?.text ?? '')) {
      await deps.staff(update);
      return deps.reader.forget();
    }
    if (await isMember(deps.reader, chat)) return deps.staff(update);
    const happened = readUpdate(update);
    if (!happened) return;
    const candidate = await candidateOf(
      db,
      policy,
      happened.reach,
      words.nearest(langOf(happened)),
      deps.clock,
    );
    const decision = await deps.desk.perform(candidate, { id: `tg:${deps.botId}:${id}`, ...happened });
    if (!update.callback_query) return;
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

function langOf(happened: Happened): string | undefined {
  return 'person' in happened ? happened.person.lang : undefined;
}
