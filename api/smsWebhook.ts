import { type Request, type Response, Router, urlencoded } from 'express';
import { sameSecret } from '../runtime/sameSecret.ts';

/**
 * Where an SMS gateway pushes receipts: the address holds a secret, since SMSC signs nothing that is checked here; SMS.ru's
 * signature is checked besides. "100" is the answer SMS.ru wants, else it comes again; SMSC is content with any.
 */
export function smsWebhook(deps: {
  secret: string;
  heard: (fields: Record<string, unknown>) => Promise<boolean>;
}): Router {
  const router = Router();
  const form = urlencoded({ extended: false, limit: '200kb' });
  router.post('/:secret', form, async (request: Request, response: Response) => {
    if (!sameSecret(String(request.params.secret), deps.secret)) return void response.status(404).end();
    const fields: unknown = request.body;
    const known = typeof fields === 'object' && fields !== null && (await deps.heard({ ...fields }));
    response
      .status(known ? 200 : 401)
      .type('text/plain')
      .send(known ? '100' : '');
  });
  return router;
}
