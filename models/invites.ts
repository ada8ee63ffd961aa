import { createHash } from 'node:crypto';
import type { Member, Role } from '../flows/member.ts';
import type { Database } from './database.ts';
import { isDuplicate } from './databaseErrors.ts';
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
  await db.invites.insertOne({ _id: hashOf(token), ...invite });
}

/** What came of opening an invite. `already`: the same chat opened it again, or had this role before. */
export type Joined = { ok: true; member: Member; already: boolean } | { ok: false; why: 'unknown' | 'used' };

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
  const invite = await db.invites.findOne({ _id: hashOf(token) });
  if (!invite) return { ok: false, why: 'unknown' };
  const known = await db.members.findOne({ telegram: joiner.telegram });
  const id = invite.member ?? invite._id.slice(0, 12);
  const has = known?.active === true && known.role === invite.role;
  if (has && (invite.usedAt !== undefined || known._id !== id))
    return { ok: true, member: known, already: true };
  if (invite.usedAt !== undefined) return { ok: false, why: 'used' };
  const claimed = known ? await promote(db, known, invite.role) : await claim(db, id, invite, joiner);
  if (!claimed) return { ok: false, why: 'used' };
  await db.invites.updateOne({ _id: invite._id }, { $set: { usedAt: now } });
  if (invite.vacancies?.length)
    await db.vacancies.updateMany({ _id: { $in: invite.vacancies } }, { $set: { client: claimed._id } });
  return { ok: true, member: claimed, already: false };
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

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
