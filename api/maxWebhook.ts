import { timingSafeEqual } from 'node:crypto';
import { type Request, type Response, json, Router } from 'express';
import { readMax } from '../channels/max/readMax.ts';
import type { Receive } from '../runtime/makeInbox.ts';

/** MAX's webhook: the secret is checked, the update stored, then 200; the work follows from the inbox. */
export function maxWebhook(deps: { secret: string; receive: Receive }): Router {
  const router = Router();
  router.post('/', json({ limit: '2mb' }), async (request: Request, response: Response) => {
    const given = Buffer.from(request.get('x-max-bot-api-secret') ?? '');
    const wanted = Buffer.from(deps.secret);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
      return void response.status(401).end();
    const item = readMax(request.body);
    if (item) await deps.receive([item]);
    response.status(200).end();
  });
  return router;
}
