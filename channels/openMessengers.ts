import type { MessengerDeps } from './messengerDeps.ts';
import type { ChannelId } from '../flows/channels.ts';
import type { Channels, Handler } from '../runtime/channel.ts';
import type { Config } from '../runtime/config.ts';
import type { Reception } from '../runtime/makeReception.ts';
import type { Receipts } from '../runtime/receipts.ts';
import type { Receive } from '../runtime/makeInbox.ts';
import { makeMaxApi } from './max/makeMaxApi.ts';
import { maxSecret, openMax } from './max/openMax.ts';
import type { TellHeads } from '../runtime/makeTellHeads.ts';
import { openWeb } from './whatsapp/web/openWeb.ts';
import { makeGraph } from './whatsapp/cloud/makeGraph.ts';
import { openCloud } from './whatsapp/cloud/openCloud.ts';

/** What works on updates needs, and is there only when the engine is. */
export interface Late {
  reception: Reception;
  receipts: Receipts;
  tellHeads: TellHeads;
}

/** The messengers beside Telegram that are set up here. */
export interface Messengers {
  channels: Channels;
  /** For the engine: each update by its channel. */
  handlers: Partial<Record<ChannelId, Handler>>;
  /** Before the first update. */
  connect(late: Late): void;
  start(receive: Receive): Promise<void>;
  stop(): Promise<void>;
}

/** How long the start waits for them, in milliseconds. */
const patience = 2_000;

export function openMessengers(config: Config, deps: MessengerDeps): Messengers {
  let tellHeads: TellHeads | undefined;
  // Once a day and an error: it would be said with every message otherwise.
  const trouble = (error: string): void => {
    const message = { key: 'messenger.whatsapp.trouble', params: { error } };
    const day = Math.floor(deps.clock.now() / 86_400_000);
    void tellHeads?.(`trouble:whatsapp:${error.split(' ')[0]}:${day}`, message).catch(fault('whatsapp'));
  };
  const cloud = config.whatsapp && openCloud(makeGraph(config.whatsapp), { ...deps, trouble });
  const web =
    config.whatsappWeb &&
    openWeb({
      ...deps,
      // Loaded only here: it brings a browser.
      library: async () =>
        (await import('./whatsapp/web/loadLibrary.ts')).loadLibrary(
          config.dataDir,
          config.whatsappWeb?.browser,
        ),
      needsPhone: async () =>
        tellHeads?.(`link:whatsapp:${Math.floor(deps.clock.now() / 3_600_000)}`, {
          key: 'messenger.web.needed',
        }),
    });
  const unpaced = config.simulatorUrl !== undefined;
  const max =
    config.max && openMax(makeMaxApi(config.max), { ...deps, unpaced, secret: maxSecret(config.max.token) });
  const [whatsapp, maxIn] = [connectable(cloud ?? web), connectable(max)];
  const fault = (channel: ChannelId) => (error: unknown) =>
    deps.log({ level: 'error', channel, error: String(error) });
  let stopped = false;
  const untilStarted = async (channel: ChannelId, work: () => Promise<void>): Promise<void> => {
    for (let pause = 1_000; !stopped; pause = Math.min(pause * 2, 60_000)) {
      try {
        return await work();
      } catch (error) {
        fault(channel)(error);
        await deps.clock.sleep(pause);
      }
    }
  };
  return {
    channels: {
      ...(web && { whatsapp: web.channel }),
      ...(cloud && { whatsapp: cloud.channel }),
      ...(max && { max: max.channel }),
    },
    handlers: { ...(whatsapp && { whatsapp: whatsapp.handle }), ...(maxIn && { max: maxIn.handle }) },
    connect: (late) => {
      ({ tellHeads } = late);
      whatsapp?.connect(late);
      maxIn?.connect(late);
    },
    // A messenger that is away must not keep the others from starting: it is tried again beside them.
    start: async (receive) => {
      // A browser takes its time: nobody waits for it.
      web?.start(receive).catch(fault('whatsapp'));
      const all = Promise.all([
        cloud && untilStarted('whatsapp', cloud.start),
        max && untilStarted('max', () => max.start(receive, config.publicUrl)),
      ]);
      await Promise.race([all, deps.clock.sleep(patience)]);
    },
    stop: async () => {
      stopped = true;
      await max?.stop();
      await web?.stop();
    },
  };
}

/** A handler that is known before what it needs. */
function connectable(
  open: { handler(late: Late): Handler } | undefined,
): { handle: Handler; connect(late: Late): void } | undefined {
  if (!open) return undefined;
  let handler: Handler | undefined;
  return {
    handle: (update, hold) => {
      if (!handler) throw new Error('an update came before its channel was connected');
      return handler(update, hold);
    },
    connect: (late) => {
      handler = open.handler(late);
    },
  };
}
