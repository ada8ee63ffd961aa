import express, { type Request, type Router } from 'express';
import { findKey } from '../models/keys.ts';
import type { KeyRow } from '../models/rows.ts';
import type { ApiDeps } from './apiDeps.ts';
import { readUpload, Upload } from './readUpload.ts';
import { routes } from './routes.ts';
import { sendProblem } from './sendProblem.ts';
import { serveRoute } from './serveRoute.ts';

/** Larger than any body of the API; a bigger one is refused before it is read to its end. */
const bodyLimit = '100kb';

/** `/api/v1`: first the key, then the body, then the route. */
export function apiRouter(deps: ApiDeps): Router {
  const router = express.Router({ caseSensitive: true });
  const keys = new WeakMap<Request, KeyRow>();
  const keyOf = (request: Request): KeyRow => {
    const key = keys.get(request);
    if (!key) throw new Error(`${request.method} ${request.path} got past the key check`);
    return key;
  };

  router.use(async (request, response, next) => {
    response.set('Cache-Control', 'no-store');
    const given = /^Bearer +([\w-]{1,200})$/i.exec(request.get('authorization') ?? '')?.[1];
    const key = given === undefined ? undefined : await findKey(deps.db, given);
    if (key) {
      keys.set(request, key);
      return next();
    }
    response.set('WWW-Authenticate', 'Bearer');
    sendProblem(deps, request, response, { code: 'unauthorized' });
  });

  router.use('/imports', readUpload(deps));
  router.use((request, response, next) => {
    // `is` answers null when there is no body, but takes one of length 0 for a body.
    const empty = request.get('content-length') === '0';
    if (empty || isForm(request) || request.is(['json', '+json']) !== false) return next();
    sendProblem(deps, request, response, { code: 'notJson' });
  });
  router.use(express.json({ limit: bodyLimit, type: ['json', '+json'] }));

  const byPath = [...Map.groupBy(routes, ({ path }) => path.replaceAll(/\{(\w+)\}/g, ':$1'))];
  // A path that is written out is that one, whatever another's parameter might be.
  for (const [path, list] of byPath.sort(([a], [b]) => Number(a.includes(':')) - Number(b.includes(':')))) {
    for (const route of list) router[route.method](path, serveRoute(deps, route, keyOf));
    const allowed = list.map(({ method }) => method.toUpperCase()).join(', ');
    router.all(path, (request, response) => {
      response.set('Allow', allowed);
      sendProblem(deps, request, response, { code: 'methodNotAllowed' });
    });
  }
  return router;
}

/** A form that was read already. */
function isForm({ body }: Request): boolean {
  return (
    typeof body === 'object' && body !== null && Object.values(body).some((one) => one instanceof Upload)
  );
}
