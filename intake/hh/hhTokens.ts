import { z } from 'zod';
import type { Database } from '../../models/database.ts';
import type { Clock } from '../../runtime/clock.ts';
import { untilReached } from '../../runtime/untilReached.ts';
import { SourceError } from '../source.ts';
import { askHh } from './askHh.ts';
import { HhFault } from './hhFault.ts';
import { hhMe } from './hhResponse.ts';
import { makeSeal } from './seal.ts';

/** hh's tokens of the agency. They are in the database only sealed, and new ones stand there before they are used. */
export interface HhTokens {
  /** @throws SourceError `notConnected` */
  access(): Promise<string>;
  /**
   * hh says that this one has ended: the one that follows.
   *
   * @throws SourceError
   */
  renew(ended: string): Promise<string>;
  /**
   * The head has given the agency's consent on hh's page. Nothing is kept of somebody who is no employer there.
   *
   * @throws SourceError `notConnected` when hh does not take the code, `wrongKey` when it does not know us
   */
  connect(code: string): Promise<{ ok: true; employer: string } | { ok: false; why: 'notEmployer' }>;
  /** hh has taken its consent back: nothing is asked until somebody connects it again. */
  lose(access: string): Promise<void>;
}

/** How the application is registered at hh. */
export interface HhApp {
  clientId: string;
  clientSecret: string;
  /** Where hh leads people back to: registered there, and named again in the exchange. */
  redirect: string;
  /** `https://api.hh.ru` */
  api: string;
  /** Who calls, as hh wants it: a name and a way to reach whoever runs it. */
  agent: string;
  patience?: number;
}

const tokens = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1) });
type Tokens = z.output<typeof tokens>;

/** `until`: somebody is renewing them, on the machine's clock. `lost`: they are good for nothing any more. */
const kept = z.object({ sealed: z.string(), until: z.number().optional(), lost: z.boolean().optional() });

const _id = 'hhTokens';
/** A renewal takes less, in milliseconds; of a process that died in it the next waits so long. */
const lease = 30_000;
const look = 200;

/**
 * A refresh token works once, and only when its access token has ended: so nothing is renewed before hh says so, one
 * process does it, and the new pair is written where the old one stood before anybody uses it. A process that dies between
 * hh's answer and that write leaves tokens nobody has: hh must be connected again, and says so.
 */
export function makeHhTokens(
  app: HhApp,
  { db, clock }: { db: Pick<Database, 'settings'>; clock: Pick<Clock, 'real' | 'sleep'> },
): HhTokens {
  const seal = makeSeal(app.clientSecret, 'hh tokens');
  let renewing: Promise<string> | undefined;

  const read = async (): Promise<{ sealed: string; pair: Tokens }> => {
    const row = kept.safeParse((await db.settings.findOne({ _id }))?.value);
    const pair = row.success && !row.data.lost ? open(row.data.sealed) : undefined;
    if (!row.success || !pair) throw new SourceError('notConnected');
    return { sealed: row.data.sealed, pair };
  };
  const open = (sealed: string): Tokens | undefined => {
    const text = seal.open(sealed);
    return text === undefined ? undefined : tokens.safeParse(JSON.parse(text)).data;
  };

  const ask = async (form: Record<string, string>): Promise<Tokens> => {
    const said = await askHh({ method: 'POST', url: `${app.api}/token`, form }, app);
    const read = tokens.safeParse(said);
    if (!read.success) throw new SourceError('noAnswer');
    return read.data;
  };

  /** Tokens for a code, and whose they are. */
  const first = async (form: Record<string, string>) => {
    const pair = await ask(form);
    const me = await askHh({ method: 'GET', url: `${app.api}/me`, access: pair.access_token }, app);
    return { pair, employer: hhMe.safeParse(me).data?.employer };
  };

  const write = (sealed: string, value: z.output<typeof kept>) =>
    untilReached(clock, () => db.settings.updateOne({ _id, 'value.sealed': sealed }, { $set: { value } }));

  /** Ours to renew; false while another process does. */
  const hold = async (sealed: string): Promise<boolean> => {
    const now = clock.real();
    const free = [{ 'value.until': { $exists: false } }, { 'value.until': { $lt: now } }];
    const mine = { _id, 'value.sealed': sealed, $or: free };
    const { modifiedCount } = await db.settings.updateOne(mine, { $set: { 'value.until': now + lease } });
    return modifiedCount > 0;
  };

  const follow = async (sealed: string, { refresh_token }: Tokens): Promise<string> => {
    try {
      const next = await ask({ grant_type: 'refresh_token', refresh_token });
      await write(sealed, { sealed: seal.close(JSON.stringify(next)) });
      return next.access_token;
    } catch (error) {
      const lost = error instanceof HhFault && error.value !== 'token not expired';
      await write(sealed, { sealed, ...(lost && { lost }) });
      if (error instanceof HhFault) throw new SourceError(lost ? 'notConnected' : 'noAnswer');
      throw error;
    }
  };

  const renew = async (ended: string): Promise<string> => {
    for (const since = clock.real(); clock.real() - since < 2 * lease; await clock.sleep(look)) {
      const { sealed, pair } = await read();
      if (pair.access_token !== ended) return pair.access_token;
      if (await hold(sealed)) return follow(sealed, pair);
    }
    throw new SourceError('noAnswer');
  };

  return {
    access: async () => (await read()).pair.access_token,
    renew: (ended) => {
      renewing ??= renew(ended).finally(() => (renewing = undefined));
      return renewing;
    },
    connect: async (code) => {
      const { clientId: client_id, clientSecret: client_secret, redirect: redirect_uri } = app;
      const form = { grant_type: 'authorization_code', client_id, client_secret, redirect_uri, code };
      const { pair, employer } = await first(form).catch((error: unknown) => {
        if (!(error instanceof HhFault)) throw error;
        throw new SourceError(error.type === 'invalid_client' ? 'wrongKey' : 'notConnected');
      });
      if (!employer) return { ok: false, why: 'notEmployer' };
      const value = { sealed: seal.close(JSON.stringify(pair)) };
      await untilReached(clock, () => db.settings.updateOne({ _id }, { $set: { value } }, { upsert: true }));
      return { ok: true, employer: employer.name ?? '' };
    },
    lose: async (access) => {
      const { sealed, pair } = await read();
      if (pair.access_token === access) await write(sealed, { sealed, lost: true });
    },
  };
}
