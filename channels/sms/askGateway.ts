import { networkResult } from '../networkResult.ts';

/** How long an answer is waited for, in milliseconds. */
const patience = 20_000;

/** What a gateway answered, or what is known when it did not. */
export type GatewayAnswer = { ok: true; body: unknown } | ({ ok: false } & ReturnType<typeof networkResult>);

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
    return { ok: false, ...networkResult(error) };
  }
}
