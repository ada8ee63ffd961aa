import { openMax } from '../../channels/max/openMax.ts';
import { maxUpdate, personOf } from '../../channels/max/readMax.ts';
import { openCloud } from '../../channels/whatsapp/cloud/openCloud.ts';
import { cloudUpdate } from '../../channels/whatsapp/cloud/readWebhook.ts';
import type { Graph } from '../../channels/whatsapp/cloud/makeGraph.ts';
import type { MessengerDeps } from '../../channels/messengerDeps.ts';
import type { Channels, Handler } from '../../runtime/channel.ts';
import type { Receive } from '../../runtime/makeInbox.ts';
import type { Reception } from '../../runtime/makeReception.ts';
import type { Receipts } from '../../runtime/receipts.ts';
import type { PostWatch } from '../post/virtualPost.ts';
import type { Faults } from '../world/faults.ts';
import type { Life } from '../world/life.ts';
import type { Ears } from '../world/makeProcess.ts';
import type { VirtualTime } from '../world/virtualTime.ts';
import { makeVirtualGraph } from './virtualGraph.ts';
import type { VirtualMax } from './virtualMax.ts';
import { makeVirtualMaxApi } from './virtualMaxApi.ts';
import type { VirtualWhatsapp } from './virtualWhatsapp.ts';
import { type OnItsWay, watched } from './watched.ts';

/** The messengers beside Telegram, as one process has them. */
export interface Others {
  channels: Channels;
  handlers: Record<'whatsapp' | 'max', Handler>;
  /** Before the first update. */
  connect(late: { reception: Reception; receipts: Receipts }): void;
  /** Their names and templates are asked for; MAX brings its updates from now on, where it is asked for them. */
  start(receive: Receive): void;
}

/** The product's own, over virtual APIs of Meta and MAX. */
export function openOthers(
  world: {
    life: Life;
    time: VirtualTime;
    faults: Faults;
    whatsapp: VirtualWhatsapp;
    max: VirtualMax;
    alone: boolean;
    ears: Ears;
  },
  deps: Omit<MessengerDeps, 'share' | 'clock'>,
): Others {
  const { life, ears } = world;
  const { clock } = life;
  const open = { ...deps, clock, share: undefined };
  const watches: Record<'whatsapp' | 'max', PostWatch> = {
    whatsapp: ears.watch(life),
    max: ears.watch(life),
  };
  const of = (address: string): OnItsWay => whatsapp.of(address);
  const graph: Graph = makeVirtualGraph({ ...world, watch: watches.whatsapp, of });
  const cloud = openCloud(graph, open);
  const api = makeVirtualMaxApi({ ...world, watch: watches.max });
  const max = openMax(api, { ...open, unpaced: false, secret: 'secret' });
  const whatsapp = watched(cloud.channel, watches.whatsapp);
  const early: Handler = () => Promise.reject(new Error('an update came before its channel was connected'));
  let handle = { whatsapp: early, max: early };
  /** As the product does: a messenger that is away keeps nobody from starting. */
  const untilStarted = async (work: () => Promise<void>): Promise<void> => {
    for (;;) {
      try {
        return await work();
      } catch {
        await clock.sleep(1_000);
      }
    }
  };
  return {
    channels: { whatsapp: whatsapp.channel, max: watched(max.channel, watches.max).channel },
    handlers: {
      whatsapp: (raw, hold) => {
        const update = cloudUpdate.parse(raw);
        const work = () => handle.whatsapp(raw, hold);
        // Receipts are worked on beside what people do.
        return update.what === 'message' ? ears.works(life, `+${update.message.from}`, work) : work();
      },
      max: (raw, hold) =>
        ears.works(life, String(personOf(maxUpdate.parse(raw))?.user_id), () => handle.max(raw, hold)),
    },
    connect: (late) => {
      handle = { whatsapp: cloud.handler(late), max: max.handler(late) };
    },
    start: (receive) => {
      void untilStarted(cloud.start);
      void untilStarted(() => max.start(receive, world.alone ? undefined : 'https://agency.example'));
    },
  };
}
