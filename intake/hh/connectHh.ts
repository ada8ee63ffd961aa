import { createHash, createHmac } from 'node:crypto';
import type { Clock } from '../../runtime/clock.ts';
import type { HhApp } from './hhTokens.ts';
import { sameSecret } from '../../runtime/sameSecret.ts';

/** The way to hh's page where the agency gives its consent, and back. */
export interface HhConnection {
  /** For this member, for half an hour. */
  link(member: string): string;
  /** Whose link it was that hh led back from. */
  read(state: string): { ok: true; member: string } | { ok: false; why: 'wrong' | 'expired' };
}

const lasts = 30 * 60_000;

/**
 * Nothing is kept of a link: its `state` is signed, so nobody else's account of hh can be put in by a link of their own.
 *
 * @param site `https://hh.ru`
 */
export function connectHh(
  { clientId, redirect }: Pick<HhApp, 'clientId' | 'redirect'>,
  { site, secret, clock }: { site: string; secret: string; clock: Pick<Clock, 'now'> },
): HhConnection {
  const sign = (text: string) =>
    createHmac('sha256', secret).update(`hh:${text}`).digest('base64url').slice(0, 22);
  return {
    link: (member) => {
      const signed = `${member}.${(clock.now() + lasts).toString(36)}`;
      const state = `${signed}.${sign(signed)}`;
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        state,
        redirect_uri: redirect,
      });
      return `${site}/oauth/authorize?${query.toString()}`;
    },
    read: (state) => {
      const [member = '', until = '', signature = '', more] = state.split('.');
      if (more !== undefined || !sameSecret(signature, sign(`${member}.${until}`)))
        return { ok: false, why: 'wrong' };
      if (Number.parseInt(until, 36) < clock.now()) return { ok: false, why: 'expired' };
      return { ok: true, member };
    },
  };
}

/** What hh's hook comes to: of the client's secret, so that every process of an agency knows it. hh signs nothing. */
export function hhHookSecret(clientSecret: string): string {
  return createHash('sha256').update(`hh-webhook:${clientSecret}`).digest('base64url').slice(0, 32);
}
