import type { Member } from '../flows/member.ts';
import { isOpen } from '../flows/pipelines/stages.ts';
import type { Candidate } from '../flows/candidate.ts';
import type { Database } from '../models/database.ts';
import { firstOfStaff } from './firstOfStaff.ts';
import type { Incoming } from './makeInbox.ts';
import type { Tell } from './makeTell.ts';

/** How many people are looked at with one question. */
const page = 200;

/**
 * After the access of one of the agency's people was closed: every person of theirs is looked at, so that what is open
 * goes to colleagues at once and not with the next message. Safe to repeat with the same id.
 */
export function makeHandingOn(deps: {
  db: Pick<Database, 'candidates' | 'members' | 'vacancies'>;
  /** Store events for their candidates; the work follows by itself. */
  defer: (items: Incoming[]) => Promise<void>;
  tell: Tell;
}): (id: string, member: Member) => Promise<void> {
  const { db, defer, tell } = deps;

  /** Who works on the same vacancies; the heads when nobody does. */
  const colleagues = async (member: string): Promise<string[]> => {
    const shared = await db.vacancies.find({ recruiters: member }).toArray();
    return firstOfStaff(db, new Set(shared.flatMap(({ recruiters }) => recruiters)));
  };

  return async (id, { _id: member, name }) => {
    const theirs = [
      { 'applications.recruiter': member },
      { 'applications.tasks.member': member },
      { 'relay.member': member },
    ];
    let some = false;
    for (let after = ''; ;) {
      const where = { $or: theirs, _id: { $gt: after } };
      const people = await db.candidates.find(where).sort({ _id: 1 }).limit(page).toArray();
      const items = people
        .filter((one) => concerns(one, member))
        .map(({ _id }): Incoming => {
          const event = { id: `${id}:left:${_id}`, type: 'recruiterLeft' as const, member };
          return { id: event.id, candidate: _id, event };
        });
      some ||= items.length > 0;
      if (items.length > 0) await defer(items);
      const last = people.at(-1);
      if (!last || people.length < page) break;
      after = last._id;
    }
    if (some)
      await tell(`${id}:left`, await colleagues(member), { key: 'invite.access.left', params: { name } });
  };
}

/** Is something of theirs still open here? */
function concerns({ applications, relay }: Candidate, member: string): boolean {
  const open = ({ recruiter, tasks }: Candidate['applications'][number]) =>
    recruiter === member || tasks.some((task) => task.done === undefined && task.member === member);
  return relay?.member === member || applications.some((one) => isOpen(one.stage) && open(one));
}
