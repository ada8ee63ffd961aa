import type { Database } from '../models/database.ts';
import type { Clock } from '../runtime/clock.ts';
import type { PersonLinks } from '../runtime/personLinks.ts';
import type { Words } from '../runtime/words.ts';
import type { SmsSettings } from './sms/gateway.ts';
import { makeSms, type Sms } from './sms/makeSms.ts';
import { makeSmsc } from './sms/makeSmsc.ts';
import { makeSmsRu } from './sms/makeSmsRu.ts';

/** SMS by whichever gateway the agency has an account at; undefined when it has none. */
export function openSms(
  settings: SmsSettings | undefined,
  deps: { db: Database; words: Words; clock: Clock; links: PersonLinks; log: (line: object) => void },
): Sms | undefined {
  if (!settings) return undefined;
  const gateway = settings.provider === 'smsru' ? makeSmsRu(settings) : makeSmsc(settings);
  return makeSms({ ...deps, gateway });
}
