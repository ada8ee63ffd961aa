import { timingSafeEqual } from 'node:crypto';
import { type Request, type Response, Router } from 'express';

/**
 * Avito's hook: no document says what its body holds or how it is signed, so the address holds a secret and the body is
 * not read: it is a reason to read the responses at once. The address is tried when it is set, in a way nobody documents.
 */
export function avitoWebhook(deps: { secret: string; ring: () => Promise<void> }): Router {
  const router = Router();
  router.all('/:secret', async (request: Request, response: Response) => {
    const [given, wanted] = [Buffer.from(String(request.params.secret)), Buffer.from(deps.secret)];
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted))
      return void response.status(404).end();
    if (request.method === 'POST') await deps.ring();
    response.status(200).json({ ok: true });
  });
  return router;
}
