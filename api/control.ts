import { type Request, type Response, Router, json } from 'express';
import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Clock } from '../runtime/clock.ts';
import type { Engine } from '../runtime/makeEngine.ts';
import type { Words } from '../runtime/words.ts';
import { sameSecret } from '../runtime/sameSecret.ts';

/** How often the product looks whether it is quiet, in milliseconds. */
const look = 10;

/** The demo's hands on the product: the clock, what is due, whether it is quiet. Loopback and a secret. */
export function controlRoutes(deps: { clock: Clock; engine: Engine; words: Words; secret: string }): Router {
  const { clock, engine, words, secret } = deps;
  const router = Router();
  router.use((request, response, next) => {
    if (sameSecret(request.get('authorization') ?? '', `Bearer ${secret}`)) return next();
    response.status(401).json({ error: 'not allowed' });
  });
  router.use(json());

  router.get('/due', async (_request: Request, response: Response) => {
    const rows = (await engine.due(100)).filter(({ timer }) => timer.kind !== 'relayEnd');
    response.json({
      now: iso(clock.now()),
      due: rows.map(({ due, timer }) => ({
        at: iso(Math.max(due, clock.now())),
        what: timer.kind,
        title: words.text({ lang: 'ru', zone: 'utc' }, `due.${timer.kind}`),
      })),
    });
  });

  router.post('/clock', async (request: Request, response: Response) => {
    const parsed = z.object({ offset: z.number().min(0) }).safeParse(request.body);
    if (!parsed.success || parsed.data.offset < clock.offset()) {
      response.status(400).json({ error: 'offset: a number of milliseconds, never less than before' });
      return;
    }
    await engine.moveClock(parsed.data.offset);
    response.json({ now: iso(clock.now()) });
  });

  router.get('/idle', async (request: Request, response: Response) => {
    const wait = z.coerce.number().min(0).max(60_000).catch(0).parse(request.query.wait);
    const until = clock.real() + wait;
    let calm = 0;
    for (;;) {
      const waiting = await engine.waiting();
      calm = Object.values(waiting).every((count) => count === 0) ? calm + 1 : 0;
      if (calm >= 2 || clock.real() >= until) {
        response.json({ quiet: calm >= 2, waiting });
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, look));
    }
  });
  return router;
}

function iso(at: number): string {
  return DateTime.fromMillis(at, { zone: 'utc' }).toISO() ?? '';
}
