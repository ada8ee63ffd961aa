import { z } from 'zod';
import type { Clock } from '../../runtime/clock.ts';
import { SourceError } from '../source.ts';

/** Asks Avito with a token of ours. @throws SourceError */
export interface AvitoClient {
  ask<T extends z.ZodType>(
    shape: T,
    path: string,
    send?: { method: 'POST' | 'PUT'; json: object },
  ): Promise<z.output<T>>;
}

export interface AvitoAccount {
  root: string;
  clientId: string;
  clientSecret: string;
}

const tokenShape = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
/** Before a token ends it is asked for anew, in milliseconds. */
const early = 60_000;
/** Limits are per minute; nothing says when the minute began. */
const aMinute = 60;

/**
 * Avito's API: `client_credentials`, a token kept until it ends and asked for anew when it is refused. What a status
 * means is judged by the status alone: the bodies of errors have three shapes, and may quote what was asked.
 *
 * @param patience of one request, in milliseconds
 */
export function makeAvitoClient({
  account: { root, clientId, clientSecret },
  clock,
  patience = 15_000,
}: {
  account: AvitoAccount;
  clock: Pick<Clock, 'real'>;
  patience?: number;
}): AvitoClient {
  let token: { value: string; until: number } | undefined;

  const send = async (path: string, init: RequestInit): Promise<Response> => {
    try {
      return await fetch(`${root}${path}`, {
        ...init,
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
      });
    } catch {
      throw new SourceError('noAnswer');
    }
  };

  const freshToken = async (): Promise<string> => {
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: clientSecret,
    });
    const response = await send('/token', { method: 'POST', body });
    if ([400, 401, 403].includes(response.status)) throw await refused(response, 'wrongKey');
    const said = await read(response);
    // A wrong secret is told with a status of 200, too.
    if (z.object({ error: z.unknown() }).safeParse(said).data?.error !== undefined)
      throw new SourceError('wrongKey');
    const { access_token: value, expires_in: seconds } = fits(tokenShape, said);
    token = { value, until: clock.real() + seconds * 1_000 - early };
    return value;
  };

  const attempt = async (path: string, init: RequestInit, anew: boolean): Promise<Response> => {
    const known = !anew && token && token.until > clock.real() ? token.value : undefined;
    const value = known ?? (await freshToken());
    const response = await send(path, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${value}` },
    });
    if (![401, 403].includes(response.status) || known === undefined) return response;
    await response.body?.cancel();
    return attempt(path, init, true);
  };

  return {
    ask: async (shape, path, sent) => {
      const init = sent
        ? {
            method: sent.method,
            body: JSON.stringify(sent.json),
            headers: { 'content-type': 'application/json' },
          }
        : {};
      return fits(shape, await read(await attempt(path, init, false)));
    },
  };
}

/** The body of an answer that is none of a fault. */
async function read(response: Response): Promise<unknown> {
  if (response.status === 401) throw await refused(response, 'wrongKey');
  if (response.status === 402 || response.status === 403) throw await refused(response, 'paid');
  if (response.status === 429) throw await refused(response, 'limit', retryAfter(response));
  if (!response.ok) throw await refused(response, 'noAnswer');
  try {
    return await response.json();
  } catch {
    throw new SourceError('noAnswer');
  }
}

async function refused(response: Response, why: SourceError['why'], after?: number): Promise<SourceError> {
  await response.body?.cancel();
  return new SourceError(why, after);
}

function retryAfter({ headers }: Response): number {
  const said = Number(headers.get('retry-after') ?? '');
  return Number.isFinite(said) && said > 0 ? Math.min(said, 3_600) : aMinute;
}

function fits<T extends z.ZodType>(shape: T, said: unknown): z.output<T> {
  const parsed = shape.safeParse(said);
  if (!parsed.success) throw new SourceError('noAnswer');
  return parsed.data;
}
