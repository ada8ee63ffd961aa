import type { Candidate } from '../flows/candidate.ts';
import type { Happened } from '../flows/event.ts';
import type { Decision } from '../flows/facts.ts';
import { codeIn, mostMisses } from '../flows/links/linkCode.ts';
import type { Database } from '../models/database.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import type { Hold } from './makeInbox.ts';

/** What came of a code: who the chat belongs to now. */
export interface Linked {
  candidate: string;
  decision: Decision;
}

/**
 * A code that was brought to a chat. Whoever brings somebody's code is that person: the chat moves to them, and what
 * stood there is dropped when it was empty. Undefined: it is no code, or nobody's. Safe to repeat: until the code's owner
 * has the chat, the code is good.
 */
export function makeLinkChats(deps: {
  db: Pick<Database, 'candidates'>;
  clock: Pick<Clock, 'now'>;
  desk: Pick<Desk, 'perform'>;
}): (id: string, happened: Happened, hold: Hold) => Promise<Linked | undefined | 'wrong'> {
  const { db, clock, desk } = deps;
  /** Not when something was agreed to there meanwhile. */
  const drop = async ({ _id, version }: Candidate): Promise<boolean> =>
    (await db.candidates.deleteOne({ _id, version })).deletedCount > 0;
  return async (id, happened, hold) => {
    const code = happened.type === 'messageArrived' ? codeIn(happened.text) : undefined;
    if (code === undefined) return undefined;
    const { reach } = happened;
    const { channel, address } = reach;
    const there = await db.candidates.findOne({ channels: { $elemMatch: { channel, address } } });
    if (there?.decided.includes(id)) return undefined;
    const { count = 0, until = 0 } = there?.linkMisses ?? {};
    if (count >= mostMisses && until > clock.now()) return 'wrong';
    const owner = await db.candidates.findOne({ 'link.code': code, 'link.until': { $gt: clock.now() } });
    if (!owner) return 'wrong';
    if (!(await hold.keep()))
      return { candidate: owner._id, decision: { ok: true, state: owner, effects: [] } };
    const mine = owner._id === there?._id;
    const dropped = there && !mine && isEmpty(there) ? await drop(there) : false;
    if (there && !dropped) {
      const why = mine ? 'here' : 'own';
      const decision = await desk.perform(there._id, { id, type: 'linkRefused', reach, why });
      return { candidate: there._id, decision };
    }
    const decision = await desk.perform(owner._id, { id, type: 'channelLinked', reach, code });
    return { candidate: owner._id, decision };
  };
}

/** Nothing was agreed to or applied for there. */
function isEmpty({ applications, consent, relay }: Candidate): boolean {
  return applications.length === 0 && !consent && !relay;
}
