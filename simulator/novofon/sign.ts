import { createHmac } from 'node:crypto';

/** Base64 of the hexadecimal HMAC-SHA1, as platform 1.0 signs both ways. */
export function sign(text: string, secret: string): string {
  return Buffer.from(createHmac('sha1', secret).update(text).digest('hex')).toString('base64');
}
