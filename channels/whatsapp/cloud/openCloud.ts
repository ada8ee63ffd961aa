import type { MessengerDeps } from '../../messengerDeps.ts';
import type { Channel, Handler } from '../../../runtime/channel.ts';
import { makePace } from '../../../runtime/makePace.ts';
import type { Reception } from '../../../runtime/makeReception.ts';
import type { Receipts } from '../../../runtime/receipts.ts';
import { keepName } from '../../../models/messengerNames.ts';
import { makeChoices } from '../../makeChoices.ts';
import { makeCloudHandler } from './handleCloud.ts';
import { makeCloud } from './makeCloud.ts';
import type { Graph } from './makeGraph.ts';
import { makeTemplateStates } from './templateStates.ts';

/** What a number sends in a second unless Meta raised it. Source: developers.facebook.com, "Throughput". */
const perSecond = 80;

/** WhatsApp's Cloud API set up: the channel, what works on its webhooks, and what is done at the start. */
export interface OpenCloud {
  channel: Channel;
  handler(late: { reception: Reception; receipts: Receipts }): Handler;
  /** Ask Meta which templates it has approved, and what our number is. */
  start(): Promise<void>;
}

export function openCloud(
  graph: Graph,
  deps: MessengerDeps & {
    /** Nothing goes this way until somebody looks. */
    trouble?: (error: string) => void;
  },
): OpenCloud {
  const { db, clock, share, log } = deps;
  const states = makeTemplateStates(db, clock, graph);
  const choices = makeChoices(db, clock);
  const pace = makePace(clock, { perSecond, chatGap: () => 0, ...(share && { share: share.now }) });
  const trouble = (error: string): void => {
    log({ level: 'error', channel: 'whatsapp', error });
    deps.trouble?.(error);
  };
  return {
    channel: makeCloud({ ...deps, graph, states, choices, pace, trouble }),
    handler: (late) => makeCloudHandler({ ...deps, graph, states, choices, ...late }),
    start: async () => {
      await states.refresh();
      await keepName(db, 'whatsapp', await graph.number());
    },
  };
}
