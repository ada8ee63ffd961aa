import { createHash, createHmac } from 'node:crypto';
import { sameSecret } from '../../runtime/sameSecret.ts';

/** How platform 1.0 signs: base64 of the hexadecimal HMAC-SHA1, not of its bytes. */
export function sign(text: string, secret: string): string {
  return Buffer.from(createHmac('sha1', secret).update(text).digest('hex')).toString('base64');
}

/** The `Authorization` of a request: path, query by name, and the query's MD5 are signed. */
export function authorize(
  path: string,
  query: string,
  { key, secret }: { key: string; secret: string },
): string {
  const digest = createHash('md5').update(query).digest('hex');
  return `${key}:${sign(`${path}${query}${digest}`, secret)}`;
}

/** Which fields of a notification its signature is made of, by its event; any other event is not signed for us. */
const signed: Record<string, readonly string[]> = {
  NOTIFY_START: ['caller_id', 'called_did', 'call_start'],
  NOTIFY_INTERNAL: ['caller_id', 'called_did', 'call_start'],
  NOTIFY_END: ['caller_id', 'called_did', 'call_start'],
  NOTIFY_ANSWER: ['caller_id', 'destination', 'call_start'],
  NOTIFY_OUT_START: ['internal', 'destination', 'call_start'],
  NOTIFY_OUT_END: ['internal', 'destination', 'call_start'],
  NOTIFY_RECORD: ['pbx_call_id', 'call_id_with_rec'],
};

/** Did platform 1.0 send this notification? */
export function isSigned(fields: Record<string, unknown>, signature: string, secret: string): boolean {
  const names = signed[String(fields.event)];
  if (!names) return false;
  const text = names.map((name) => (typeof fields[name] === 'string' ? fields[name] : '')).join('');
  return sameSecret(signature, sign(text, secret));
}
