import type { Member } from '../flows/member.ts';
import { type AccessFacts, clientAccess } from '../flows/members/clientAccess.ts';
import type { Stage } from '../flows/pipelines/stages.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Vacancy } from '../flows/vacancy.ts';
import type { Database } from '../models/database.ts';
import { insertNew } from '../models/databaseErrors.ts';
import type { Alarms } from './alarms.ts';
import type { Clock } from './clock.ts';
import { firstOfStaff } from './firstOfStaff.ts';
import type { Tell } from './makeTell.ts';

/** Looks whether clients' access ends or comes back, after anything it hangs on has changed. Safe to repeat. */
export interface ClientAccess {
  look(client: string): Promise<void>;
  /** A member keeps it open without a vacancy. */
  keep(client: string, by: string): Promise<void>;
}

const hour = 3_600_000;
/** Where the client's word on somebody is still awaited, though the vacancy is closed. */
const waiting: Stage[] = ['agreeing', 'clientInterview', 'offer', 'training', 'starting', 'work'];

export function makeClientAccess(deps: {
  db: Database;
  clock: Clock;
  policy: Policy;
  alarms: Alarms;
  tell: Tell;
}): ClientAccess {
  const { db, clock, policy, tell } = deps;

  const factsOf = async (vacancies: Vacancy[]): Promise<AccessFacts> => {
    const ids = vacancies.map(({ _id }) => _id);
    const one = { $elemMatch: { vacancy: { $in: ids }, stage: { $in: waiting } } };
    const open = vacancies.filter(({ status }) => status === 'open').length;
    const busy = open === 0 && ids.length > 0 ? await db.candidates.countDocuments({ applications: one }) : 0;
    return { open, busy };
  };

  /** Only over what was looked at: whoever comes second finds it done. */
  const write = async (client: Member, set: Pick<Member, 'active' | 'access'>): Promise<boolean> => {
    const where = {
      _id: client._id,
      active: client.active,
      'access.endsAt': client.access?.endsAt ?? { $exists: false },
      'access.ended': client.access?.ended ?? { $exists: false },
    };
    const { active, access } = set;
    const update = access
      ? { $set: { active, access } }
      : { $set: { active }, $unset: { access: 1 as const } };
    const { matchedCount } = await db.members.updateOne(where, update);
    return matchedCount > 0;
  };

  const note = (what: string, { _id, name }: Member, at: number, by = 'bot') =>
    insertNew(db.ledger, [
      {
        _id: `access:${_id}:${what}:${at}`,
        kind: 'fact' as const,
        at: clock.now(),
        what,
        by,
        params: { name, member: _id },
      },
    ]);

  const wakeAt = (client: string, due: number) =>
    deps.alarms.order(
      [
        {
          key: `clientAccess:${client}`,
          due,
          timer: { kind: 'clientAccess', application: '', member: client },
        },
      ],
      '',
      `access:${client}:${due}`,
    );

  /** Those whose vacancies they were, and whoever invited them; the heads when nobody is there. */
  const concerned = (client: Member, vacancies: Vacancy[]): Promise<string[]> =>
    firstOfStaff(db, new Set([...vacancies.flatMap(({ recruiters }) => recruiters), client.invitedBy]));

  return {
    look: async (id) => {
      const client = await db.members.findOne({ _id: id });
      if (client?.role !== 'client') return;
      const vacancies = await db.vacancies.find({ client: id }).toArray();
      const now = clock.now();
      const { access = {}, name } = client;
      const step = clientAccess(client, await factsOf(vacancies), policy.clientAccess, now);
      const key = (what: string, at: number) => `access:${id}:${what}:${at}`;
      if (step === 'later') await wakeAt(id, now + 24 * hour);
      else if (step === 'notice') {
        const endsAt = now + policy.clientAccess.noticeHours * hour;
        if (!(await write(client, { active: true, access: { endsAt } }))) return;
        await wakeAt(id, endsAt);
        await tell(key('notice', endsAt), await concerned(client, vacancies), {
          key: 'invite.access.notice',
          params: { name, when: { at: endsAt, as: 'dateTime' } },
          buttons: [[{ label: { key: 'invite.button.keep' }, data: `mb:keep:${id}` }]],
        });
      } else if (step === 'close') {
        const at = access.endsAt ?? now;
        await tell(key('closed', at), await concerned(client, vacancies), {
          key: 'invite.access.closed',
          params: { name },
          buttons: [[{ label: { key: 'invite.button.member' }, data: `mb:open:${id}` }]],
        });
        await note('accessClosed', client, at);
        await write(client, { active: false, access: { ended: now } });
      } else if (step === 'back') {
        const ended = access.ended;
        if (!(await write(client, { active: client.active || ended !== undefined, access: undefined })))
          return;
        await deps.alarms.order([{ key: `clientAccess:${id}` }], '', key('back', now));
        if (ended === undefined || client.active) return;
        await note('accessOpened', client, ended);
        await tell(key('back', ended), [id], { key: 'invite.access.back' });
      }
    },
    keep: async (id, by) => {
      const client = await db.members.findOne({ _id: id });
      // A colleague was faster.
      if (!client || (client.active && client.access?.kept !== undefined)) return;
      const now = clock.now();
      const at = client.access?.endsAt ?? client.access?.ended ?? now;
      if (!(await write(client, { active: true, access: { kept: now } }))) return;
      await note('accessKept', client, at, by);
    },
  };
}
