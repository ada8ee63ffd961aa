import type { ErrorRequestHandler } from 'express';
import { z } from 'zod';
import { randomId } from '../runtime/clock.ts';
import type { ApiDeps } from './apiDeps.ts';
import type { ApiProblem } from './problem.ts';
import { sendProblem } from './sendProblem.ts';

/** What Express and its body parser throw at a caller's fault. */
const callersFault = z.object({ status: z.number().min(400).max(499), type: z.string().optional() });

const codes: Record<string, ApiProblem> = {
  'entity.too.large': 'tooLarge',
  'encoding.unsupported': 'notJson',
  'charset.unsupported': 'notJson',
};

/**
 * Whatever was thrown. A caller's fault is told as one; anything else is a bug: the log has it under an id, and the
 * caller gets the id and nothing more.
 */
export function handleError(deps: Pick<ApiDeps, 'words' | 'policy' | 'log'>): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const fault = callersFault.safeParse(error);
    if (fault.success) {
      const code = codes[fault.data.type ?? ''] ?? (fault.data.type ? 'badJson' : 'noSuchRoute');
      return sendProblem(deps, request, response, { code });
    }
    const id = randomId(10);
    const trace = error instanceof Error ? error.stack : String(error);
    deps.log({ level: 'error', request: id, method: request.method, path: request.path, error: trace });
    sendProblem(deps, request, response, {
      code: 'internal',
      params: { id },
      more: { instance: `urn:request:${id}` },
    });
  };
}
