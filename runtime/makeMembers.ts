import { createHmac } from 'node:crypto';
import type { RefusalCode } from '../flows/facts.ts';
import type { Params } from '../flows/effect.ts';
import type { Member, Role } from '../flows/member.ts';
import { mayInvite, mayManage } from '../flows/members/mayManage.ts';
import type { Policy } from '../flows/policies/policy.ts';
import type { Database } from '../models/database.ts';
import { insertNew } from '../models/databaseErrors.ts';
import { inviteId, type Joined, type Joiner, prepareClient, useInvite } from '../models/invites.ts';
import { linkSecret } from '../models/linkSecret.ts';
import type { InviteRow, LedgerRow } from '../models/rows.ts';
import type { Clock } from './clock.ts';
import { insertRows } from './insertRows.ts';
import type { ClientAccess } from './makeClientAccess.ts';
import { type ClientTalk, makeClientTalk } from './makeClientTalk.ts';
import type { Tell } from './makeTell.ts';

/** Whom a member invites, and how. */
export interface InviteOrder {
  role: Role;
  name: string;
  /** A client's: whom they speak for. */
  company?: string;
  /** A letter goes there when the agency has mail. */
  email?: string;
  /** A client's. */
  vacancies?: string[];
}

/** The one door through which people are let in and shut out. Everything is safe to repeat with the same event's id. */
export interface Members extends ClientTalk {
  /** A link that gives a role once, and its letter when there is an address. */
  invite(
    id: string,
    by: string,
    order: InviteOrder,
  ): Promise<{ ok: true; invite: InviteRow } | { ok: false; code: RefusalCode }>;
  /** The link of an invite that was made here; undefined for one of `npm run invite`. */
  linkOf(invite: Pick<InviteRow, 'from'>): Promise<string | undefined>;
  /** Take back an invite that nobody has used. */
  revoke(invite: string, by: string): Promise<RefusalCode | undefined>;
  /** Somebody opened an invite's link. */
  join(token: string, joiner: Joiner): Promise<Joined>;
  /** Open or close somebody's access by hand. */
  setActive(id: string, member: string, by: string, active: boolean): Promise<RefusalCode | undefined>;
  /** Their access does not end by itself, though their last vacancy is closed. */
  keep(member: string, by: string): Promise<RefusalCode | undefined>;
  /** How a member is reached: stands in the letters of those they invite. */
  setPhone(member: string, phone: string): Promise<void>;
  /** After something their access hangs on. */
  look(clients: readonly (string | undefined)[]): Promise<void>;
  /** An invite's letter did not arrive. */
  unreached(invite: string): Promise<void>;
}

export function makeMembers(deps: {
  db: Database;
  clock: Clock;
  policy: Policy;
  botUsername: string;
  access: ClientAccess;
  tell: Tell;
  outbox: { deliver(row: LedgerRow): void };
  /** One of the agency's people is shut out: their work needs other hands. */
  left: (id: string, member: Member) => Promise<void>;
}): Members {
  const { db, clock, policy, access, tell } = deps;
  let secret: Promise<string> | undefined;

  const tokenOf = async (from: string): Promise<string> => {
    secret ??= linkSecret(db, clock.id(32));
    return createHmac('sha256', await secret)
      .update(`invite:${from}`)
      .digest('base64url')
      .slice(0, 22);
  };

  const note = (_id: string, what: string, by: string, params: Params) =>
    insertNew(db.ledger, [{ _id, kind: 'fact' as const, at: clock.now(), what, by, params }]);

  const look = async (clients: readonly (string | undefined)[]): Promise<void> => {
    for (const client of new Set(clients)) if (client !== undefined) await access.look(client);
  };

  const send = async (invite: InviteRow): Promise<void> => {
    const row: LedgerRow = {
      _id: `invite:${invite._id}`,
      kind: 'out',
      at: clock.now(),
      to: { invite: invite._id },
      // Drawn at delivery: the link stands nowhere.
      message: { key: 'view:invitation', params: { invite: invite._id } },
      status: 'pending',
      prompt: true,
    };
    const fresh = await insertRows(db, clock, [row]);
    if (fresh.has(row._id)) deps.outbox.deliver(row);
  };

  const managed = async (id: string, by: string): Promise<{ member: Member } | { code: RefusalCode }> => {
    const [member, manager, vacancies] = await Promise.all([
      db.members.findOne({ _id: id }),
      db.members.findOne({ _id: by }),
      db.vacancies.find().toArray(),
    ]);
    if (!member) return { code: 'noSuchMember' };
    const code = mayManage(manager ?? undefined, member, vacancies);
    return code ? { code } : { member };
  };

  return {
    ...makeClientTalk({ db, tell }),
    look,
    invite: async (from, by, { role, name, company, email, vacancies = [] }) => {
      const all = await db.vacancies.find().toArray();
      const code = mayInvite((await db.members.findOne({ _id: by })) ?? undefined, role, vacancies, all);
      if (code) return { ok: false, code };
      const _id = inviteId(await tokenOf(from));
      const inviter = await db.members.findOne({ _id: by });
      const lang = inviter?.lang ?? policy.lang;
      const client = role === 'client';
      // Whoever has this mailbox is a client already: they are given more vacancies, and are not made twice.
      const known = client && email ? await db.members.findOne({ email, role }) : null;
      const made: InviteRow = {
        _id,
        role,
        name,
        createdAt: clock.now(),
        by,
        from,
        lang,
        ...(email && { email }),
        ...(company && { company }),
        ...(client && { vacancies, member: known?._id ?? _id.slice(0, 12) }),
      };
      const fresh = await insertNew(db.invites, [made]);
      // The same event again: as it was made then.
      const invite = fresh.has(_id) ? made : ((await db.invites.findOne({ _id })) ?? made);
      // A client takes part in calls and gets letters before they have opened the chat.
      if (client) await prepareClient(db, invite, { lang, zone: policy.zone });
      if (known) await look([known._id]);
      await note(`invited:${_id}`, 'memberInvited', by, { name, role: { key: `staff.role.${role}` } });
      if (email) await send(invite);
      return { ok: true, invite };
    },
    linkOf: async ({ from }) =>
      from === undefined ? undefined : `https://t.me/${deps.botUsername}?start=inv_${await tokenOf(from)}`,
    revoke: async (id, by) => {
      const invite = await db.invites.findOne({ _id: id });
      const manager = await db.members.findOne({ _id: by });
      if (!invite || !manager?.active || (manager.role !== 'head' && invite.by !== by))
        return 'notAllowedHere';
      const unused = { _id: id, usedAt: { $exists: false } };
      const { matchedCount } = await db.invites.updateOne(unused, { $set: { revoked: clock.now() } });
      if (matchedCount === 0) return 'inviteUsed';
      await note(`revoked:${id}`, 'inviteRevoked', by, { name: invite.name ?? '—' });
      return undefined;
    },
    join: async (token, joiner) => {
      const invite = await db.invites.findOne({ _id: inviteId(token) });
      const theirs = await db.vacancies.find({ _id: { $in: invite?.vacancies ?? [] } }).toArray();
      const joined = await useInvite(db, token, joiner, clock.now());
      if (!joined.ok) return joined;
      // Whoever was the client there before; a client without a vacancy yet is only welcome.
      if (theirs.length > 0) await look([joined.member._id, ...theirs.map(({ client }) => client)]);
      const { _id, name, role } = joined.member;
      if (!joined.already && invite?.by)
        await tell(`joined:${invite._id}`, [invite.by], {
          key: role === 'recruiter' ? 'invite.joinedRecruiter' : 'invite.joined',
          params: { name, role: { key: `staff.role.${role}` } },
          buttons: [[{ label: { key: 'invite.button.member' }, data: `mb:open:${_id}` }]],
        });
      return joined;
    },
    setActive: async (id, of, by, active) => {
      const found = await managed(of, by);
      if ('code' in found) return found.code;
      const { member } = found;
      const shut = !active && member.role !== 'client';
      if (member.active === active) {
        // The same press again, after a crash half-way.
        if (shut) await deps.left(id, member);
        return undefined;
      }
      const open = await db.vacancies.countDocuments({ client: of, status: 'open' });
      // A client without an open vacancy: else it would end again at once.
      const kept = active && member.role === 'client' && open === 0;
      const { matchedCount } = await db.members.updateOne(
        { _id: of, active: !active },
        kept
          ? { $set: { active, access: { kept: clock.now() } } }
          : { $set: { active }, $unset: { access: 1 } },
      );
      // A colleague was faster.
      if (matchedCount === 0) return undefined;
      const params = { name: member.name, member: of };
      await note(`${id}:access`, active ? 'accessOpened' : 'accessClosed', by, params);
      if (active) await tell(`${id}:opened`, [of], { key: 'invite.access.back' });
      if (shut) await deps.left(id, member);
      return undefined;
    },
    setPhone: async (_id, phone) => {
      await db.members.updateOne({ _id }, { $set: { phone } });
    },
    keep: async (of, by) => {
      const found = await managed(of, by);
      if ('code' in found) return found.code;
      await access.keep(of, by);
      return undefined;
    },
    unreached: async (id) => {
      const invite = await db.invites.findOne({ _id: id });
      if (!invite?.by) return;
      await db.invites.updateOne({ _id: id }, { $set: { bounced: clock.now() } });
      await tell(`unreached:${id}`, [invite.by], {
        key: 'invite.bounced',
        params: { name: invite.name ?? '—', email: invite.email ?? '—' },
        buttons: [[{ label: { key: 'invite.button.open' }, data: `mb:invite:${id.slice(0, 16)}` }]],
      });
    },
  };
}
