import { createHash } from 'node:crypto';
import type { Config } from '../../runtime/config.ts';
import type { AvitoAccount } from './avitoClient.ts';

/** The keys the local Avito takes. */
const demoKeys = { clientId: 'demo', clientSecret: 'demo-secret' };

/** Whose responses are read; in the demo the local Avito's. Undefined: it is not set up. */
export function avitoAccount({
  avito,
  simulatorUrl,
}: Pick<Config, 'avito' | 'simulatorUrl'>): AvitoAccount | undefined {
  return simulatorUrl ? { ...(avito ?? demoKeys), root: `${simulatorUrl}/avito` } : avito;
}

/** The part of the hook's address that only Avito and we know. */
export function avitoHookSecret({ clientSecret }: Pick<AvitoAccount, 'clientSecret'>): string {
  return createHash('sha256').update(`avito-hook:${clientSecret}`).digest('hex').slice(0, 40);
}
