import { type Choice, choicesOf } from '../../channels/numbered.ts';
import type { Channel } from '../../runtime/channel.ts';
import type { PostWatch } from '../post/virtualPost.ts';

/** What is on its way to a chat: the ledger's row, and what its reader is to choose from. */
export interface OnItsWay {
  key: string;
  choices: Choice[];
}

/** A channel of the product with the judge beside it: from which row a message comes no messenger says. */
export function watched(
  channel: Channel,
  watch: PostWatch,
): { channel: Channel; of(address: string): OnItsWay } {
  const underWay = new Map<string, OnItsWay>();
  const { send, ...rest } = channel;
  return {
    of: (address) => underWay.get(address) ?? { key: '', choices: [] },
    channel: {
      ...rest,
      send: async (address, message, more) => {
        watch.sends(address, more.key);
        underWay.set(address, { key: more.key, choices: choicesOf(message) });
        try {
          return await send(address, message, more);
        } finally {
          watch.ends(address);
        }
      },
    },
  };
}
