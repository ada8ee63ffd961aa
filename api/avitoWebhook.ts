import { type Request, type Response, Router } from 'express';
import { sameSecret } from '../runtime/sameSecret.ts';

/**
 * Avito's hook: no document says what its body holds or how it is signed, so the address holds a secret and the body is
 * not read: it is a reason to read the responses at once. The address is tried when it is set, in a way nobody documents.
 */
export function avitoWebhook(deps: { secret: string; ring: () => Promise<void> }): Router {
  const router = Router();
  router.all('/:secret', async (request: Request, response: Response) => {
    if (!sameSecret(String(request.params.secret), deps.secret)) return void response.status(404).end();
    if (request.method === 'POST') await deps.ring();
    response.status(200).json({ ok: true });
  });
  return router;
}
