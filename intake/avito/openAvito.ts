import type { SourceTools } from '../openSources.ts';
import type { Source } from '../source.ts';
import { avitoAccount, avitoHookSecret } from './avitoAccount.ts';
import { makeAvitoClient } from './avitoClient.ts';
import { makeAvito } from './makeAvito.ts';

/** Avito, when its keys are set; it rings at an address of ours as soon as it was read once. */
export function openAvito({ config, clock, base, log }: SourceTools): Source | undefined {
  const account = avitoAccount(config);
  if (!account) return undefined;
  const secret = avitoHookSecret(account);
  const url = base && `${base}/webhooks/avito/${secret}`;
  return makeAvito({
    client: makeAvitoClient({ account, clock }),
    clock,
    log,
    ...(url && { hook: { url, secret } }),
  });
}
