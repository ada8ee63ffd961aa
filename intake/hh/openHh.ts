import { createHash } from 'node:crypto';
import type { Database } from '../../models/database.ts';
import { linkSecret } from '../../models/linkSecret.ts';
import type { Config } from '../../runtime/config.ts';
import type { Tell } from '../../runtime/makeTell.ts';
import type { SourceTools } from '../openSources.ts';
import { type Source, SourceError } from '../source.ts';
import { connectHh, hhHookSecret } from './connectHh.ts';
import { makeHh } from './makeHh.ts';

/** The demo's application at the simulator's hh. */
const demo = { clientId: 'demo', clientSecret: 'demo' };

/** hh.ru as the product uses it. */
export interface OpenHh {
  source: Source;
  /** What its hook's address ends with. */
  hook: string;
  /**
   * hh has led somebody back: the agency is connected, and whoever did it is told in the chat.
   *
   * @returns what came of it; `expired`, `wrong`: of the link
   */
  cameBack(
    query: { state: string; code?: string | undefined; error?: string | undefined },
    then: { tell: Tell; ring: () => Promise<void> },
  ): Promise<
    'done' | 'denied' | 'wrong' | 'expired' | 'notEmployer' | 'notConnected' | 'wrongKey' | 'noAnswer'
  >;
}

/** undefined where hh is not set up. */
export async function openHh(
  tools: Omit<SourceTools, 'config'> & { config: Pick<Config, 'hh' | 'mailFrom' | 'simulatorUrl'> },
): Promise<OpenHh | undefined> {
  const { config, db, clock, base } = tools;
  const account = config.hh ?? (config.simulatorUrl ? demo : undefined);
  if (!account || base === undefined) return undefined;
  const own = `${base}/webhooks/hh`;
  const hook = hhHookSecret(account.clientSecret);
  const [site, api] = config.simulatorUrl
    ? [`${config.simulatorUrl}/hh`, `${config.simulatorUrl}/hh/api`]
    : ['https://hh.ru', 'https://api.hh.ru'];
  const app = {
    ...account,
    redirect: `${own}/connected`,
    api,
    agent: `RecruitingAssistant/1.0 (${mailOf(config.mailFrom) ?? base})`,
  };
  const { source, tokens } = makeHh(app, { ...tools, hook: `${own}/${hook}` });
  const way = connectHh(app, { site, secret: await linkSecret(db, clock.id(32)), clock });
  return {
    hook,
    source: { ...source, consent: way.link },
    cameBack: async ({ state, code, error }, { tell, ring }) => {
      const link = way.read(state);
      if (!link.ok) return link.why;
      if (error !== undefined) return 'denied';
      if (code === undefined || !(await isHead(db, link.member))) return 'wrong';
      try {
        const connected = await tokens.connect(code);
        if (!connected.ok) return connected.why;
        const key = `hh:connected:${createHash('sha256').update(code).digest('base64url').slice(0, 22)}`;
        await tell(key, [link.member], {
          key: 'sites.hh.connected',
          params: { employer: connected.employer },
        });
        await ring();
        return 'done';
      } catch (fault) {
        if (!(fault instanceof SourceError)) throw fault;
        return fault.why === 'notConnected' || fault.why === 'wrongKey' ? fault.why : 'noAnswer';
      }
    },
  };
}

async function isHead(db: Pick<Database, 'members'>, id: string): Promise<boolean> {
  const member = await db.members.findOne({ _id: id });
  return member?.role === 'head' && member.active;
}

/** `Agency <jobs@example.com>`: the address in it. */
function mailOf(from: string | undefined): string | undefined {
  return /[^\s<>]+@[^\s<>]+/.exec(from ?? '')?.[0];
}
