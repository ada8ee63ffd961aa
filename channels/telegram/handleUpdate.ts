import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { z } from 'zod';
import type { Decision } from '../../flows/facts.ts';
import type { Happened } from '../../flows/event.ts';
import type { Policy } from '../../flows/policies/policy.ts';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Hold } from '../../runtime/makeInbox.ts';
import type { Desk } from '../../runtime/desk.ts';
import { candidateOf, findCandidate } from '../../runtime/makeDesk.ts';
import type { FactReader } from '../../runtime/readFacts.ts';
import type { Words } from '../../runtime/words.ts';
import { chatOf, readUpdate } from './readUpdate.ts';

const updateShape = z.looseObject({ update_id: z.number().int() });

/** How many chats are remembered with their candidates. */
const remember = 5_000;

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
}): (raw: unknown, hold: Hold) => Promise<void> {
  const { api, db, words, policy } = deps;
  /** Whose chat it is, of those who wrote lately. */
  const known = new Map<string, string>();

  const perform = async (id: number, happened: Happened, hold: Hold): Promise<Decision | undefined> => {
    const { address } = happened.reach;
    const event = { id: `tg:${deps.botId}:${id}`, ...happened };
    for (;;) {
      const remembered = known.get(address);
      const there = remembered ?? (await findCandidate(db, happened.reach));
      // Nobody is there yet who could know this update when it comes again.
      if (there === undefined && !(await hold.keep())) return undefined;
      const lang = words.nearest(langOf(happened));
      const candidate = there ?? (await candidateOf(db, policy, happened.reach, lang, deps.clock));
      const decision = await deps.desk.perform(candidate, event, hold.stands);
      if (known.size > remember) known.clear();
      known.set(address, candidate);
      if (decision.ok || decision.code !== 'noSuchApplication') return decision;
      known.delete(address);
      if (remembered === undefined) return decision;
    }
  };

  return async (raw, hold) => {
    const { update_id: id } = updateShape.parse(raw);
    const update = raw as Update;
    const chat = chatOf(update);
    if (chat === undefined) return;
    const invited = /^\/start(@\w+)?\s+inv_/.test(update.message?.text ?? '');
    if (invited || (await isMember(deps.reader, chat))) {
      // What members do is not all decided in one document: the inbox knows what was begun.
      if (!(await hold.keep())) return;
      await deps.staff(update);
      return invited ? deps.reader.forget() : undefined;
    }
    const happened = readUpdate(update);
    if (!happened) return;
    const decision = await perform(id, happened, hold);
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

function langOf(happened: Happened): string | undefined {
  return 'person' in happened ? happened.person.lang : undefined;
}
