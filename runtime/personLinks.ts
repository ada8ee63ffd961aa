import { createHmac } from 'node:crypto';
import type { Clock } from './clock.ts';
import { sameSecret } from './sameSecret.ts';

/** How long a link lasts, in days: longer than any interview is ahead. */
const lastsDays = 60;
const day = 86_400_000;
/** What a link to the code of a phone names instead of an application; no application has such an id. */
export const codePage = '@whatsapp';

/** How long a member's page is open by one link, in days of UTC: today and tomorrow. The bot gives a new one each time. */
const memberDays = 2;
/** What a member's link names begins with; no application's id does. */
const memberMark = '~';

/** The pages of members, as their addresses end. */
export type MemberPage = 'control' | 'calendar' | 'progress';

/** Short signed addresses of people's pages. Nothing is kept of them: the signature is what makes them good. */
export interface PersonLinks {
  /** The page of an application; undefined where the product has no address that people can open. */
  page(application: string): string | undefined;
  /** The address to close the mailbox by one press (RFC 8058), as `List-Unsubscribe` names it. */
  optOut(application: string): string | undefined;
  /** The page that shows the head the code which links a phone to WhatsApp; good until the end of the next day. */
  code(): string | undefined;
  /** A page of a member's own; whether they may still see it is asked each time it is opened. */
  member(member: string, page: MemberPage): string | undefined;
  read(token: string): { ok: true; application: string } | BadLink;
  readMember(token: string): { ok: true; member: string } | BadLink;
}

export interface BadLink {
  ok: false;
  why: 'wrong' | 'expired';
}

/**
 * @param base where people reach the product, as `https://bot.example.com`
 * @example page('k3x9') // 'https://bot.example.com/p/k3x9.fz2.5bQ0d8bJYw0Y7n3A'
 */
export function makePersonLinks(deps: {
  secret: string;
  base: string | undefined;
  clock: Pick<Clock, 'now'>;
}): PersonLinks {
  const sign = (text: string) =>
    createHmac('sha256', deps.secret).update(`page:${text}`).digest('base64url').slice(0, 16);

  const address = (application: string, end: string, days = lastsDays): string | undefined => {
    const base = deps.base?.replace(/\/$/, '');
    if (base === undefined) return undefined;
    const until = (Math.floor(deps.clock.now() / day) + days).toString(36);
    const signed = `${application}.${until}`;
    return `${base}/p/${signed}.${sign(signed)}${end}`;
  };

  const check = (token: string): { ok: true; subject: string } | BadLink => {
    const [subject = '', until = '', signature = '', more] = token.split('.');
    if (more !== undefined || !sameSecret(signature, sign(`${subject}.${until}`)))
      return { ok: false, why: 'wrong' };
    if (Number.parseInt(until, 36) * day < deps.clock.now()) return { ok: false, why: 'expired' };
    return { ok: true, subject };
  };

  return {
    page: (application) => address(application, ''),
    optOut: (application) => address(application, '/mail'),
    code: () => address(codePage, '/code', 1),
    member: (member, page) => address(`${memberMark}${member}`, `/${page}`, memberDays),
    read: (token) => {
      const link = check(token);
      if (!link.ok) return link;
      const { subject } = link;
      return subject.startsWith(memberMark)
        ? { ok: false, why: 'wrong' }
        : { ok: true, application: subject };
    },
    readMember: (token) => {
      const link = check(token);
      if (!link.ok) return link;
      const { subject } = link;
      return subject.startsWith(memberMark)
        ? { ok: true, member: subject.slice(memberMark.length) }
        : { ok: false, why: 'wrong' };
    },
  };
}
