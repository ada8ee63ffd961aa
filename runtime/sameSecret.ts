import { timingSafeEqual } from 'node:crypto';

/** Is it the secret, or the signature, that was wanted? How long the answer takes tells nothing of what is right in a wrong one. */
export function sameSecret(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
