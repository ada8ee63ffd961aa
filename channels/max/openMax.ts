import type { MessengerDeps } from '../messengerDeps.ts';
import { createHash } from 'node:crypto';
import type { Channel, Handler } from '../../runtime/channel.ts';
import { makePace } from '../../runtime/makePace.ts';
import type { Receive } from '../../runtime/makeInbox.ts';
import type { Reception } from '../../runtime/makeReception.ts';
import { keepName } from '../../models/messengerNames.ts';
import { makeMaxHandler } from './handleMax.ts';
import { makeMax } from './makeMax.ts';
import type { MaxApi } from './makeMaxApi.ts';
import { pollMax } from './pollMax.ts';

/** MAX set up: the channel, what works on its updates, and how they come. */
export interface OpenMax {
  channel: Channel;
  handler(late: { reception: Reception }): Handler;
  /** By webhook at a public address, else by polling. */
  start(receive: Receive, publicUrl: string | undefined): Promise<void>;
  stop(): Promise<void>;
}

/** Derived from the token, so that every process of an agency knows it and nobody has to keep it. */
export function maxSecret(token: string): string {
  return createHash('sha256').update(`max-webhook:${token}`).digest('base64url');
}

/** 30 requests a second, 2 messages a second in a dialog. Source: dev.max.ru/docs-api, as its clients quote it. */
const limits = { perSecond: 30, chatGap: () => 500 };

export function openMax(
  api: MaxApi,
  deps: MessengerDeps & {
    /** What MAX proves itself by when it calls us (`maxSecret`). */
    secret: string;
    /** The local MAX has no limits. */
    unpaced: boolean;
  },
): OpenMax {
  const { clock, share, log } = deps;
  const perSecond = deps.unpaced ? Infinity : limits.perSecond;
  const chatGap = deps.unpaced ? () => 0 : limits.chatGap;
  const pace = makePace(clock, { perSecond, chatGap, ...(share && { share: share.now }) });
  const trouble = (error: string): void => log({ level: 'error', channel: 'max', error });
  let poller: { stop(): Promise<void> } | undefined;
  return {
    channel: makeMax({ ...deps, api, pace, trouble }),
    handler: (late) => makeMaxHandler({ ...deps, api, ...late }),
    start: async (receive, publicUrl) => {
      await keepName(deps.db, 'max', (await api.me()).username ?? undefined);
      if (publicUrl) {
        const url = `${publicUrl}/webhooks/max`;
        return api.subscribe(url, deps.secret);
      }
      await api.unsubscribe();
      poller = pollMax(api, receive, clock, log);
    },
    stop: async () => poller?.stop(),
  };
}
