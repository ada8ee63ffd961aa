import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Policy } from '../flows/policies/policy.ts';
import type { Words } from '../runtime/words.ts';
import { pageHeaders } from './page/pageHeaders.ts';
import { pageHtml } from './page/pageHtml.ts';
import { readerOf } from './readerOf.ts';
import { sameSecret } from '../runtime/sameSecret.ts';

/** What hh brings the head back with. */
const back = z.object({
  state: z.string().max(500).default(''),
  code: z.string().max(500).optional(),
  error: z.string().max(500).optional(),
});
export type HhCameBack = z.output<typeof back>;

/** What came of it: a key of `sites.hh.page`. */
export type HhOutcome =
  'done' | 'denied' | 'wrong' | 'expired' | 'notEmployer' | 'notConnected' | 'wrongKey' | 'noAnswer';

/**
 * Two doors for hh.ru: `GET connected`, where it leads the head back with a code, and `POST <secret>`, its hook. hh signs
 * nothing and wants an answer within two seconds, so the hook is no more than a reason to read at once.
 */
export function hhWebhook(deps: {
  secret: string;
  ring: () => Promise<void>;
  cameBack: (query: HhCameBack) => Promise<HhOutcome>;
  words: Words;
  policy: Policy;
  chatUrl: string;
}): Router {
  const router = Router();
  router.get('/connected', pageHeaders, async (request: Request, response: Response) => {
    const query = back.safeParse(request.query);
    const outcome = query.success ? await deps.cameBack(query.data) : 'wrong';
    // Loaded anew, the same code would be refused.
    if (outcome === 'done') return response.redirect(303, `${request.baseUrl}/done`);
    show(deps, request, response, outcome);
  });
  router.get('/done', pageHeaders, (request: Request, response: Response) => {
    show(deps, request, response, 'done');
  });
  router.post('/:secret', async (request: Request, response: Response) => {
    if (!sameSecret(String(request.params.secret), deps.secret)) return void response.status(404).end();
    await deps.ring();
    response.status(204).end();
  });
  return router;
}

function show(
  deps: { words: Words; policy: Policy; chatUrl: string },
  request: Request,
  response: Response,
  outcome: HhOutcome,
): void {
  const reader = readerOf(deps, request);
  const html = pageHtml({
    reader,
    title: deps.words.label(reader, { key: 'sites.hh.page.title' }),
    sections: [{ text: deps.words.text(reader, `sites.hh.page.${outcome}`), buttons: [] }],
    links: [{ label: deps.words.label(reader, { key: 'page.chat' }), url: deps.chatUrl }],
  });
  const status = outcome === 'done' ? 200 : outcome === 'noAnswer' ? 502 : 400;
  response.status(status).set('Content-Language', reader.lang).type('html').send(html);
}
