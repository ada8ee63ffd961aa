import { createHash } from 'node:crypto';
import type { Config, NovofonConfig } from '../../runtime/config.ts';
import { isSigned } from './signature.ts';

/** The demo's account at the simulator's telephony. */
const demo: NovofonConfig = { platform: 2, key: 'demo-novofon-token', zone: 'Europe/Moscow' };

/** Whose calls are read: the agency's account, or in the demo the simulator's. */
export function novofonAccount({ novofon, simulatorUrl }: Config): NovofonConfig | undefined {
  if (!simulatorUrl) return novofon;
  const root = `${simulatorUrl}/novofon`;
  return { ...(novofon ?? demo), root };
}

/** Where notifications come to; the word in it is of the key, so that every process of an agency knows it. */
export function novofonHook({ key }: NovofonConfig): { path: string; secret: string } {
  const secret = createHash('sha256').update(`novofon-webhook:${key}`).digest('base64url').slice(0, 32);
  return { path: `/webhooks/novofon/${secret}`, secret };
}

/** The events of platform 1.0 after which the report says more than before. */
const telling = ['NOTIFY_END', 'NOTIFY_RECORD'];

/**
 * What a notification is worth. Platform 1.0 signs each; 2.0 signs none, and is believed for the address alone: all that
 * comes of it is a look into the report.
 */
export function judgeNovofonHook(
  account: NovofonConfig,
  fields: Record<string, unknown>,
  signature: string,
): 'ring' | 'nothing' | 'forged' {
  if (account.platform === 2) return 'ring';
  if (!isSigned(fields, signature, account.secret)) return 'forged';
  return telling.includes(String(fields.event)) ? 'ring' : 'nothing';
}
