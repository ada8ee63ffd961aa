import type { z } from 'zod';
import { SourceError } from '../source.ts';
import { askHh, type HhCall } from './askHh.ts';
import { HhFault } from './hhFault.ts';
import type { HhApp, HhTokens } from './hhTokens.ts';

/** hh's API with the agency's consent. Addresses are paths, or whole ones that hh gave and that are its own. */
export interface HhClient {
  /**
   * @throws SourceError
   * @throws HhFault
   */
  get<T extends z.ZodType>(address: string, shape: T): Promise<z.output<T>>;
  /** A form, as hh's buttons send it; nothing is answered. @throws as `get` */
  send(call: {
    method: string;
    address: string;
    form?: Record<string, string>;
    json?: object;
  }): Promise<void>;
}

/** What hh says of a token that is good for nothing any more. */
const gone = ['bad_authorization', 'token_revoked', 'application_not_found', 'user_auth_expected'];

export function makeHhClient(app: HhApp, tokens: HhTokens): HhClient {
  /** hh names addresses itself; the token goes to no other. */
  const whole = (address: string): string => {
    const url = URL.parse(address.startsWith('/') ? app.api + address : address);
    if (url?.origin !== new URL(app.api).origin) throw new SourceError('noAnswer');
    return url.href;
  };

  const ask = async ({ address, ...call }: Omit<HhCall, 'url' | 'access'> & { address: string }) => {
    const url = whole(address);
    const once = async (access: string): Promise<unknown> => {
      try {
        return await askHh({ ...call, url, access }, app);
      } catch (error) {
        if (!(error instanceof HhFault)) throw error;
        if (error.type === 'api_access_payment') throw new SourceError('paid');
        if (error.type === 'bad_user_agent') throw new SourceError('wrongKey');
        if (error.type !== 'oauth' || !gone.includes(error.value)) throw error;
        await tokens.lose(access);
        throw new SourceError('notConnected');
      }
    };
    const access = await tokens.access();
    try {
      return await once(access);
    } catch (error) {
      if (!(error instanceof HhFault) || error.value !== 'token_expired') throw error;
      return once(await tokens.renew(access));
    }
  };

  return {
    get: async (address, shape) => {
      const read = shape.safeParse(await ask({ method: 'GET', address }));
      if (!read.success) throw new SourceError('noAnswer');
      return read.data;
    },
    send: async (call) => void (await ask(call)),
  };
}
