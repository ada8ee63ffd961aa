import { createHash } from 'node:crypto';
import type { Config } from '../../runtime/config.ts';
import type { SmsSettings } from './gateway.ts';

/** The demo's account at the simulator's gateway. */
const demo: SmsSettings = { provider: 'smsru', key: 'demo' };

/** By whose account SMS leave; in the demo by the simulator's gateway. Undefined: none is set up. */
export function smsAccount({
  sms,
  simulatorUrl,
}: Pick<Config, 'sms' | 'simulatorUrl'>): SmsSettings | undefined {
  if (!simulatorUrl) return sms;
  const account = sms ?? demo;
  return { ...account, root: `${simulatorUrl}/${account.provider}` };
}

/** Where receipts are pushed to; the word in it is of the key, so that every process of an agency knows it. */
export function smsHook({ key }: SmsSettings): { path: string; secret: string } {
  const secret = createHash('sha256').update(`sms-webhook:${key}`).digest('base64url').slice(0, 32);
  return { path: `/webhooks/sms/${secret}`, secret };
}
