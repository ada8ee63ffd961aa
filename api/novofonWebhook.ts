import { type Request, type Response, Router, urlencoded } from 'express';
import { sameSecret } from '../runtime/sameSecret.ts';

/**
 * Where the telephony tells of calls: the address holds a secret. What it says is believed for nothing but that there is
 * something to read. `zd_echo` is how platform 1.0 makes sure of the address when it is saved.
 */
export function novofonWebhook(deps: {
  secret: string;
  judge: (fields: Record<string, unknown>, signature: string) => 'ring' | 'nothing' | 'forged';
  ring: () => Promise<void>;
}): Router {
  const router = Router();
  // Platform 1.0 sends a form; whatever 2.0 sends is not read: nothing is believed of it.
  const form = urlencoded({ extended: false, limit: '200kb' });
  router.all('/:secret', form, async (request: Request, response: Response) => {
    if (!sameSecret(String(request.params.secret), deps.secret)) return void response.status(404).end();
    const { zd_echo: echo } = request.query;
    if (typeof echo === 'string') return void response.type('text/plain').send(echo.slice(0, 200));
    const fields: unknown = request.body;
    const said = typeof fields === 'object' && fields !== null ? { ...fields } : {};
    const worth = deps.judge(said, request.get('signature') ?? '');
    if (worth === 'ring') await deps.ring();
    response.status(worth === 'forged' ? 401 : 200).end();
  });
  return router;
}
