import type { Member } from '../../../flows/member.ts';
import type { MemberPage } from '../../../runtime/personLinks.ts';
import type { PageDeps } from '../pageDeps.ts';

/** Who may see each page. */
const seenBy: Record<MemberPage, Member['role'][]> = {
  control: ['head'],
  calendar: ['head', 'recruiter', 'client'],
  progress: ['client'],
};

/** Why a member's page does not open; each has its words and its status. */
export type MemberFault = 'noSuchPage' | 'old' | 'closed' | 'notYours';

/**
 * Whose page a link opens. The link only says who somebody is: what they may see is asked of the database each time,
 * so whoever has left or has another role by now sees no more than that.
 */
export async function openMember(
  { db, links }: Pick<PageDeps, 'db' | 'links'>,
  token: string,
  page: MemberPage,
): Promise<{ ok: true; member: Member } | { ok: false; why: MemberFault; member?: Member }> {
  const link = links.readMember(token);
  if (!link.ok) return { ok: false, why: link.why === 'expired' ? 'old' : 'noSuchPage' };
  const member = await db.members.findOne({ _id: link.member });
  if (!member) return { ok: false, why: 'closed' };
  if (!member.active) return { ok: false, why: 'closed', member };
  if (!seenBy[page].includes(member.role)) return { ok: false, why: 'notYours', member };
  return { ok: true, member };
}
