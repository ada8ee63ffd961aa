import type { SourceTools } from '../openSources.ts';
import type { Source } from '../source.ts';
import { makeDataApi } from './dataApi.ts';
import { makeNovofon } from './makeNovofon.ts';
import { novofonAccount } from './novofonAccount.ts';
import { makeUserApi } from './userApi.ts';

/** Calls as leads, by whichever platform of Novofon the agency is on; undefined when it has no account. */
export function openNovofon({ config, clock }: SourceTools): Source | undefined {
  const account = novofonAccount(config);
  if (!account) return undefined;
  const { zone, root } = account;
  return makeNovofon(
    account.platform === 2
      ? makeDataApi({ token: account.key, zone, ...(root && { root: `${root}/v2.0` }) })
      : makeUserApi({ key: account.key, secret: account.secret, zone, ...(root && { root }) }),
    clock,
    account.platform === 2,
  );
}
