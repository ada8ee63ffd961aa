import { createHash } from 'node:crypto';
import { type Request, type Response, Router, json } from 'express';
import { z } from 'zod';
import { incomingUpdate } from '../channels/telegram/incomingUpdate.ts';
import type { Receive } from '../runtime/makeInbox.ts';
import { sameSecret } from '../runtime/sameSecret.ts';

const shape = z.looseObject({ update_id: z.number().int() });

/** Derived from the token, so that every process of an agency knows it and nobody has to keep it. */
export function webhookSecret(token: string): string {
  return createHash('sha256').update(`webhook:${token}`).digest('base64url');
}

/** Telegram's webhook: the secret is checked, the update stored, then 200. The work follows from the inbox. */
export function telegramWebhook(deps: { secret: string; botId: number; receive: Receive }): Router {
  const router = Router();
  router.post('/', json({ limit: '1mb' }), async (request: Request, response: Response) => {
    if (!sameSecret(request.get('x-telegram-bot-api-secret-token') ?? '', deps.secret)) {
      response.status(401).end();
      return;
    }
    const parsed = shape.safeParse(request.body);
    if (!parsed.success) {
      response.status(400).end();
      return;
    }
    await deps.receive([incomingUpdate(deps.botId, parsed.data)]);
    response.status(200).end();
  });
  return router;
}
