/** Network errors after which the message certainly did not leave this machine. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETDOWN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What a send that got no answer of the API means: it left, unless the network says that it did not. */
export function networkResult(error: unknown): { outcome: 'notArrived' | 'uncertain'; error: string } {
  const code = codeOf(error);
  if (code !== undefined && neverLeft.has(code)) return { outcome: 'notArrived', error: code };
  return { outcome: 'uncertain', error: code ?? (error instanceof Error ? error.name : 'no answer') };
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}
