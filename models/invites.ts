import { createHash } from 'node:crypto';
import type { Member, Role } from '../flows/member.ts';
import type { Database } from './database.ts';
import { insertNew, isDuplicate } from './databaseErrors.ts';
import type { InviteRow } from './rows.ts';

/** What a new member starts with: five working days, 10 to 19. */
const hours: Member['hours'] = {
  week: Object.fromEntries(['1', '2', '3', '4', '5'].map((day) => [day, [['10:00', '19:00']]])),
  off: [],
  buffer: 0,
};

/** Keep an invite for whoever opens `t.me/<bot>?start=inv_<token>` first. Only the token's hash is kept. */
export async function makeInvite(
  db: Database,
  token: string,
  invite: Omit<InviteRow, '_id' | 'usedAt'> & { role: Role },
): Promise<void> {
  await db.invites.insertOne({ _id: inviteId(token), ...invite });
}

/**
 * What came of opening an invite. `already`: the same chat opened it again, or had this role before; `staff`: whoever
 * opened it may do more already, and the link is for somebody else.
 */
export type Joined =
  { ok: true; member: Member; already: boolean } | { ok: false; why: 'unknown' | 'used' | 'staff' };

/** The person who opened it, as their chat says. */
export interface Joiner {
  telegram: string;
  name: string;
  lang: string;
  zone: string;
}

/**
 * Use an invite once. The member's own document is what is claimed (one chat per invite), so a crash half-way and
 * the same update again end the same.
 */
export async function useInvite(db: Database, token: string, joiner: Joiner, now: number): Promise<Joined> {
  const invite = await db.invites.findOne({ _id: inviteId(token) });
  if (!invite || invite.revoked !== undefined) return { ok: false, why: 'unknown' };
  const known = await db.members.findOne({ telegram: joiner.telegram });
  const id = invite.member ?? invite._id.slice(0, 12);
  const has = known?.active === true && known.role === invite.role;
  // A client whom we know may be given more vacancies by another invite.
  const more = invite.usedAt === undefined && invite.vacancies !== undefined;
  if (has && !more && (invite.usedAt !== undefined || known._id !== id))
    return { ok: true, member: known, already: true };
  if (invite.usedAt !== undefined) return { ok: false, why: 'used' };
  if (known?.active && rank[known.role] > rank[invite.role]) return { ok: false, why: 'staff' };
  const claimed = known ? await promote(db, known, invite.role) : await claim(db, id, invite, joiner);
  if (!claimed) return { ok: false, why: 'used' };
  await db.invites.updateOne({ _id: invite._id }, { $set: { usedAt: now } });
  if (invite.vacancies?.length)
    await db.vacancies.updateMany({ _id: { $in: invite.vacancies } }, { $set: { client: claimed._id } });
  if (invite.member && invite.member !== claimed._id) await takeOver(db, invite.member, claimed);
  return { ok: true, member: claimed, already: false };
}

/** Who may do more: opening a link of less takes nothing away. */
const rank: Record<Role, number> = { client: 0, recruiter: 1, head: 2 };

/** A client who is invited can be named on vacancies and calls before they have opened the link. */
export async function prepareClient(
  db: Database,
  { member: _id, name = '—', company, email, by, vacancies = [] }: InviteRow,
  at: { lang: string; zone: string },
): Promise<void> {
  if (!_id) return;
  const client: Member = { _id, role: 'client', name, ...at, active: true, hours };
  const more = { ...(company && { company }), ...(email && { email }), ...(by && { invitedBy: by }) };
  await insertNew(db.members, [{ ...client, ...more }]);
  // Whoever is the client there now stays so until the link is opened.
  const free = { _id: { $in: vacancies }, client: { $exists: false } };
  await db.vacancies.updateMany(free, { $set: { client: _id } });
}

/** The person who was prepared turns out to be somebody we know: what was theirs is that one's. */
async function takeOver(db: Database, prepared: string, known: Member): Promise<void> {
  const before = await db.members.findOne({ _id: prepared, telegram: { $exists: false } });
  if (!before) return;
  const client = known._id;
  await db.vacancies.updateMany({ client: prepared }, { $set: { client } });
  await db.clientCalls.updateMany({ client: prepared }, { $set: { client }, $inc: { version: 1 } });
  if (before.email && !known.email)
    await db.members.updateOne({ _id: client }, { $set: { email: before.email } });
  await db.members.deleteOne({ _id: prepared, telegram: { $exists: false } });
}

async function promote(db: Database, known: Member, role: Role): Promise<Member> {
  await db.members.updateOne({ _id: known._id }, { $set: { role, active: true } });
  return { ...known, role, active: true };
}

async function claim(
  db: Database,
  id: string,
  invite: InviteRow,
  joiner: Joiner,
): Promise<Member | undefined> {
  const { telegram, lang, zone } = joiner;
  if (invite.member) {
    await db.members.updateOne({ _id: id, telegram: { $exists: false } }, { $set: { telegram } });
    const member = await db.members.findOne({ _id: id, telegram });
    return member ?? undefined;
  }
  const name = invite.name ?? joiner.name;
  const member: Member = { _id: id, role: invite.role, name, telegram, lang, zone, active: true, hours };
  try {
    await db.members.insertOne(member);
    return member;
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    return undefined;
  }
}

/** What an invite is kept under: its token can only be known by whoever was given the link. */
export function inviteId(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
