import { SourceError, type SourceFault } from '../source.ts';

/** How long an answer is waited for, in milliseconds. */
const patience = 20_000;

/** What a status means when no body says more. */
const faults: Record<number, SourceFault> = { 401: 'wrongKey', 403: 'wrongKey', 402: 'paid', 429: 'limit' };

/**
 * One request to either platform.
 *
 * @returns the JSON it answers with
 * @throws SourceError when it answers with anything else, or not at all
 */
export async function askNovofon(url: string, request: RequestInit): Promise<unknown> {
  const response = await fetch(url, {
    ...request,
    redirect: 'manual',
    signal: AbortSignal.timeout(patience),
  }).catch(() => undefined);
  if (!response) throw new SourceError('noAnswer');
  if (!response.ok) {
    await response.body?.cancel();
    const after = Number(response.headers.get('retry-after'));
    const why = faults[response.status] ?? 'noAnswer';
    throw new SourceError(why, why === 'limit' ? after || 60 : undefined);
  }
  return response.json().catch(() => {
    throw new SourceError('noAnswer');
  });
}
