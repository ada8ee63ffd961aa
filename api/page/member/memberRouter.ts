import { type Request, type RequestHandler, Router } from 'express';
import type { Member } from '../../../flows/member.ts';
import type { MemberPage } from '../../../runtime/personLinks.ts';
import type { Html } from '../html.ts';
import type { PageDeps } from '../pageDeps.ts';
import { sorry } from '../sorry.ts';
import { drawCalendarPage } from './calendarPage.ts';
import { drawControlPage } from './controlPage.ts';
import { freshHash } from './keepFresh.ts';
import { drawProgressPage } from './progressPage.ts';
import { openMember } from './openMember.ts';

/** Draws a page for the member it belongs to. */
export type DrawMemberPage = (
  deps: PageDeps,
  member: Member,
  query: Request['query'],
  token: string,
) => Promise<Html>;

/** `/p/<token>/control` and the like: what a member sees in the chat, as a page. They are looked at; nothing is done there. */
export function memberRouter(deps: PageDeps): Router {
  const router = Router();
  router.get('/:token/control', memberPage(deps, 'control', drawControlPage));
  router.get('/:token/calendar', memberPage(deps, 'calendar', drawCalendarPage));
  router.get('/:token/progress', memberPage(deps, 'progress', drawProgressPage));
  return router;
}

function memberPage(
  deps: PageDeps,
  page: MemberPage,
  draw: DrawMemberPage,
): RequestHandler<{ token: string }> {
  return async (request, response) => {
    const { token } = request.params;
    const opened = await openMember(deps, token, page);
    if (!opened.ok) return sorry(deps, request, response, opened.why, opened.member);
    const { member } = opened;
    const { html } = await draw(deps, member, request.query, token);
    response
      .set({ 'Content-Language': member.lang, ...headers })
      .type('html')
      .send(html);
  };
}

/** Besides what every page has: one script of ours, by its hash, which asks this address alone. */
const headers = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    `script-src ${freshHash}`,
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join(';'),
};
