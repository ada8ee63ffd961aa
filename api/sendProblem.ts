import type { Request, Response } from 'express';
import type { ApiDeps } from './apiDeps.ts';
import type { Problem } from './problem.ts';
import { problemBody } from './problemBody.ts';
import { readerOf } from './readerOf.ts';

/** Answer a request with a problem, in the caller's language. */
export function sendProblem(
  deps: Pick<ApiDeps, 'words' | 'policy'>,
  request: Request,
  response: Response,
  problem: Problem,
): void {
  const reader = readerOf(deps, request);
  const body = problemBody(deps.words, reader, problem);
  response.status(body.status).set('Content-Language', reader.lang).vary('Accept-Language');
  response.type('application/problem+json').send(JSON.stringify(body));
}
