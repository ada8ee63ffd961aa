import { type Place, traitsOf } from '../flows/channels.ts';
import type { Happened } from '../flows/event.ts';
import type { Decision } from '../flows/facts.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import { candidateOf, findCandidate } from './makeDesk.ts';
import { makeLinkChats } from './linkChats.ts';
import type { Hold } from './makeInbox.ts';
import type { Words } from './words.ts';

/**
 * Where every channel brings what people do: whoever did it is found, or made when nobody is known there, and it is
 * decided once, whatever comes twice.
 *
 * @returns undefined when it was there before
 */
export type Reception = (id: string, happened: Happened, hold: Hold) => Promise<Decision | undefined>;

/** How many chats are remembered with their candidates. */
const remember = 5_000;

export function makeReception(deps: {
  db: Database;
  clock: Clock;
  desk: Desk;
  words: Words;
  policy: Policy;
}): Reception {
  const { db, clock, desk, words, policy } = deps;
  const linkChats = makeLinkChats({ db, clock, desk });
  /** Whose chat it is, of those who wrote lately. */
  const known = new Map<string, string>();

  /** Whom a recruiter entered under the number that now writes, when there is exactly one and they have no chat. */
  const leadOf = async (reach: Place, id: string): Promise<string | undefined> => {
    if (!traitsOf[reach.channel].provesPhone) return undefined;
    const found = await db.candidates.find({ phone: reach.address }).limit(10).toArray();
    const [lead, ...others] = found.filter(
      ({ channels }) => !channels.some(({ channel }) => traitsOf[channel].talks),
    );
    if (!lead || others.length > 0) return undefined;
    await desk.perform(lead._id, { id: `found:${id}`, type: 'channelFound', reach });
    return lead._id;
  };

  return async (id, happened, hold) => {
    const { channel, address } = happened.reach;
    const chat = `${channel}:${address}`;
    const linked = await linkChats(id, happened, hold);
    if (linked !== undefined && linked !== 'wrong') {
      known.set(chat, linked.candidate);
      return linked.decision;
    }
    const what: Happened =
      linked === 'wrong' ? { type: 'linkRefused', reach: happened.reach, why: 'wrong' } : happened;
    for (;;) {
      const remembered = known.get(chat);
      const there = remembered ?? (await findCandidate(db, happened.reach));
      // Nobody is there yet who could know this update when it comes again.
      if (there === undefined && !(await hold.keep())) return undefined;
      const lang = words.nearest('person' in happened ? happened.person.lang : undefined);
      const candidate =
        there ??
        (await leadOf(happened.reach, id)) ??
        (await candidateOf(db, policy, happened.reach, lang, clock));
      const decision = await desk.perform(candidate, { id, ...what }, hold.stands);
      if (known.size > remember) known.clear();
      known.set(chat, candidate);
      if (decision.ok) return decision;
      // Whoever was forgotten begins anew.
      if (decision.code !== 'noSuchApplication' && decision.code !== 'forgotten') return decision;
      known.delete(chat);
      if (remembered === undefined && decision.code !== 'forgotten') return decision;
    }
  };
}
