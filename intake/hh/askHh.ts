import { z } from 'zod';
import { SourceError } from '../source.ts';
import { HhFault } from './hhFault.ts';

/** One call of hh's API. `form`: sent as hh wants its actions, form-encoded. */
export interface HhCall {
  method: string;
  url: string;
  access?: string;
  form?: Record<string, string>;
  json?: object;
}

/** How long an answer is waited for, in milliseconds. */
const usualPatience = 10_000;
/** Of an answer, in characters: nothing we read is longer. */
const longest = 5_000_000;

const refusal = z.object({
  errors: z.array(z.object({ type: z.string(), value: z.string().nullish() })).min(1),
});
const tokenRefusal = z.object({ error: z.string(), error_description: z.string().nullish() });

/**
 * Ask hh, and read what it says or why it does not. hh wants to know who calls (`bad_user_agent` otherwise); its 5xx may
 * have any body, and its 403 may be a captcha.
 *
 * @throws SourceError when there was no answer to be had
 * @throws HhFault when hh refused
 */
export async function askHh(
  { method, url, access, form, json }: HhCall,
  { agent, patience = usualPatience }: { agent: string; patience?: number },
): Promise<unknown> {
  const headers = {
    'user-agent': agent,
    'hh-user-agent': agent,
    accept: 'application/json',
    ...(access && { authorization: `Bearer ${access}` }),
    ...(json && { 'content-type': 'application/json' }),
  };
  const body = form ? new URLSearchParams(form) : json && JSON.stringify(json);
  const answer = await call(url, { method, headers, ...(body && { body }), redirect: 'error' }, patience);
  if (answer.ok) return answer.said;
  throw faultOf(answer);
}

interface Answer {
  ok: boolean;
  status: number;
  retryAfter: number;
  said: unknown;
}

async function call(url: string, init: RequestInit, patience: number): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(patience) });
    const text = (await response.text()).slice(0, longest);
    const retryAfter = Number(response.headers.get('retry-after') ?? 0);
    return { ok: response.ok, status: response.status, retryAfter, said: parse(text) };
  } catch {
    // What it says may quote the address.
    throw new SourceError('noAnswer');
  }
}

function faultOf({ status, retryAfter, said }: Answer): Error {
  if (status >= 500) return new SourceError('noAnswer');
  const oauth = tokenRefusal.safeParse(said).data;
  if (oauth) return new HhFault(status, oauth.error, oauth.error_description ?? '');
  const first = refusal.safeParse(said).data?.errors[0];
  const { type = 'unknown', value } = first ?? {};
  // Of a résumé: its own limit, which whoever reads it knows what to do about.
  if (status === 429 && value !== 'view_limit_exceeded')
    return new SourceError('limit', Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined);
  if (type === 'captcha_required') return new SourceError('limit');
  return new HhFault(status, type, value ?? '');
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
