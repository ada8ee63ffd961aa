import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps a text so that the database alone does not give it away. */
export interface Seal {
  close(text: string): string;
  /** undefined: it was closed with another secret, or is damaged. */
  open(sealed: string): string | undefined;
}

const iv = 12;
const tag = 16;

/**
 * AES-256-GCM under a key of a secret that stands in the environment and in no database.
 *
 * @param use what the key is for: the same secret gives another key for another use
 */
export function makeSeal(secret: string, use: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', secret, '', use, 32));
  return {
    close: (text) => {
      const nonce = randomBytes(iv);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < iv + tag) return undefined;
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, iv));
      decipher.setAuthTag(bytes.subarray(iv, iv + tag));
      try {
        return decipher.update(bytes.subarray(iv + tag), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
