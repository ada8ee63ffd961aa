import express, { type Express } from 'express';
import helmet from 'helmet';
import type { ApiDeps } from './apiDeps.ts';
import { apiRouter } from './apiRouter.ts';
import { docsPage } from './docs/docsPage.ts';
import { handleError } from './handleError.ts';
import { openapiDocument } from './openapi/openapiDocument.ts';
import { readerOf } from './readerOf.ts';
import { sendProblem } from './sendProblem.ts';

/**
 * The admin API: `/api/v1`, its description, and `/health`. Other doors (webhooks, pages) are mounted beside it on
 * the same app; they choose their own headers and limits.
 */
export function makeApi(deps: ApiDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(['/api', '/health'], helmet({ contentSecurityPolicy: { useDefaults: false, directives: policy } }));

  app.get('/health', async (_request, response) => {
    response.set('Cache-Control', 'no-store');
    const found = await deps.health().catch(() => ({ ok: false }));
    response.status(found.ok ? 200 : 503).json(found);
  });
  app.get('/api/openapi.json', (request, response) => {
    response.vary('Accept-Language').json(openapiDocument(deps.words, readerOf(deps, request)));
  });
  app.get('/api/docs', (request, response) => {
    const reader = readerOf(deps, request);
    const page = docsPage(deps.words, reader, openapiDocument(deps.words, reader));
    response.vary('Accept-Language').set('Content-Language', reader.lang).type('html').send(page);
  });
  app.use('/api/v1', apiRouter(deps));
  app.use('/api', (request, response) => {
    sendProblem(deps, request, response, { code: 'noSuchRoute' });
  });
  app.use(['/api', '/health'], handleError(deps));
  return app;
}

/** The page of the documentation is one file: nothing is fetched, nothing runs. */
const policy = {
  defaultSrc: ["'none'"],
  styleSrc: ["'unsafe-inline'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};
