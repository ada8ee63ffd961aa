import type { ChannelId } from '../../flows/channels.ts';
import type { Trace } from '../../flows/forgetting/forgotten.ts';

/** How a channel calls the lane of a chat: as whoever reads its updates does. */
const laneOf: Record<ChannelId, (address: string) => string> = {
  telegram: (address) => `tg:${address}`,
  max: (address) => `max:${address}`,
  whatsapp: (address) => `wa:${address.replace('+', '')}`,
  email: (address) => `mail:${address}`,
  sms: (address) => `sms:${address}`,
};

/** Where what comes from a person, and for their cards, waits for its turn. */
export function lanesOf({ cards, chats }: Pick<Trace, 'cards' | 'chats'>): string[] {
  return [
    ...cards.map((card) => `c:${card}`),
    ...chats.map(({ channel, address }) => laneOf[channel](address)),
  ];
}
