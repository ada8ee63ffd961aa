import { createHmac } from 'node:crypto';
import { type Request, type Response, raw, Router } from 'express';
import { z } from 'zod';
import { readWebhook } from '../channels/whatsapp/cloud/readWebhook.ts';
import type { Receive } from '../runtime/makeInbox.ts';
import { sameSecret } from '../runtime/sameSecret.ts';

const verification = z.object({
  'hub.mode': z.literal('subscribe'),
  'hub.verify_token': z.string(),
  'hub.challenge': z.string().max(200),
});

/**
 * Meta's webhook: the signature is checked over the bytes as they came, everything of the batch is stored, then 200; a
 * second delivery stops at the inbox. `GET` is Meta's check that the address is ours.
 */
export function whatsappWebhook(deps: { appSecret: string; verifyToken: string; receive: Receive }): Router {
  const router = Router();
  router.get('/', (request: Request, response: Response) => {
    const parsed = verification.safeParse(request.query);
    if (!parsed.success || !sameSecret(parsed.data['hub.verify_token'], deps.verifyToken))
      return void response.status(403).end();
    response.type('text/plain').send(parsed.data['hub.challenge']);
  });
  router.post('/', raw({ type: () => true, limit: '4mb' }), async (request: Request, response: Response) => {
    const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const wanted = `sha256=${createHmac('sha256', deps.appSecret).update(bytes).digest('hex')}`;
    if (!sameSecret(request.get('x-hub-signature-256') ?? '', wanted)) return void response.status(401).end();
    const items = readWebhook(parse(bytes));
    if (!items) return void response.status(400).end();
    await deps.receive(items);
    response.status(200).end();
  });
  return router;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
