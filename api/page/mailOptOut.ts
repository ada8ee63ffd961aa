import { type Request, type Response, Router } from 'express';
import type { Reader } from '../../runtime/words.ts';
import { openPage } from './openPage.ts';
import type { PageDeps } from './pageDeps.ts';
import { pageHtml } from './pageHtml.ts';
import { sorry } from './sorry.ts';

/**
 * `/p/<token>/mail`: no more letters. Mail programs send the POST by themselves when "unsubscribe" is pressed
 * (RFC 8058, `List-Unsubscribe-Post: List-Unsubscribe=One-Click`); the GET only asks, since programs that look for
 * viruses open every link.
 */
export function mailOptOut(deps: PageDeps): Router {
  const router = Router({ mergeParams: true });
  router.get('/', async (request: Request<{ token: string }>, response) => {
    const opened = await openPage(deps, request.params.token);
    if (!opened.ok) return sorry(deps, request, response, opened.why);
    say(deps, response, opened.person, 'ask', `/p/${request.params.token}/mail`);
  });
  router.post('/', async (request: Request<{ token: string }>, response) => {
    const opened = await openPage(deps, request.params.token);
    if (!opened.ok) return sorry(deps, request, response, opened.why);
    const { person } = opened;
    if (person.email !== undefined)
      await deps.desk.perform(person._id, {
        id: `optOut:${person._id}:${person.email}:${person.version}`,
        type: 'channelBlocked',
        reach: { channel: 'email', address: person.email },
      });
    say(deps, response, person, 'done');
  });
  return router;
}

function say(
  deps: PageDeps,
  response: Response,
  { lang, zone }: Reader,
  what: 'ask' | 'done',
  action?: string,
): void {
  const reader = { lang, zone };
  const label = (key: string, params = {}) => deps.words.label(reader, { key: `page.optOut.${key}`, params });
  const html = pageHtml({
    reader,
    title: label('title', { agency: { key: 'agency.name' } }),
    sections: [
      {
        text: deps.words.text(reader, `page.optOut.${what}`),
        buttons: what === 'ask' ? [[{ label: label('yes'), data: 'yes', style: 'danger' }]] : [],
      },
    ],
    ...(action && { form: { action, once: deps.clock.id(16) } }),
  });
  response.type('html').send(html);
}
