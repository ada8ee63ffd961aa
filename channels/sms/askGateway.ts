/** Network errors after which the request certainly did not reach the gateway. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETDOWN',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);
/** How long an answer is waited for, in milliseconds. */
const patience = 20_000;

/** What a gateway answered, or what is known when it did not. */
export type GatewayAnswer =
  { ok: true; body: unknown } | { ok: false; outcome: 'notArrived' | 'uncertain'; error: string };

/**
 * One call, by POST so that neither key nor phone stands in anybody's log of addresses. Neither gateway has idempotency
 * keys: whatever may have been taken is `uncertain`.
 */
export async function askGateway(address: string, fields: Record<string, string>): Promise<GatewayAnswer> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams(fields),
      signal: AbortSignal.timeout(patience),
    });
    const text = await response.text();
    try {
      return { ok: true, body: JSON.parse(text) };
    } catch {
      return { ok: false, outcome: 'uncertain', error: `${response.status}, and no JSON` };
    }
  } catch (error) {
    const code = codeOf(error) ?? 'no answer';
    return { ok: false, outcome: neverLeft.has(code) ? 'notArrived' : 'uncertain', error: code };
  }
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}
