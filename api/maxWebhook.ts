import { type Request, type Response, json, Router } from 'express';
import { readMax } from '../channels/max/readMax.ts';
import type { Receive } from '../runtime/makeInbox.ts';
import { sameSecret } from '../runtime/sameSecret.ts';

/** MAX's webhook: the secret is checked, the update stored, then 200; the work follows from the inbox. */
export function maxWebhook(deps: { secret: string; receive: Receive }): Router {
  const router = Router();
  router.post('/', json({ limit: '2mb' }), async (request: Request, response: Response) => {
    if (!sameSecret(request.get('x-max-bot-api-secret') ?? '', deps.secret))
      return void response.status(401).end();
    const item = readMax(request.body);
    if (item) await deps.receive([item]);
    response.status(200).end();
  });
  return router;
}
