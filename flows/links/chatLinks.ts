import type { ChannelId } from '../channels.ts';

/** What the agency's bot is called in each messenger; WhatsApp's is a number's digits. */
export interface BotNames {
  username: string;
  whatsapp?: string;
  max?: string;
}

/**
 * A link that opens a chat with the bot there and says something at once; undefined where the name is not known.
 *
 * @param payload of a deep link
 * @param typed what is written for the person where there are no deep links: WhatsApp
 */
export function chatLink(
  channel: ChannelId,
  { username, whatsapp, max }: BotNames,
  payload: string,
  typed: string,
): string | undefined {
  if (channel === 'telegram') return `https://t.me/${username}?start=${payload}`;
  if (channel === 'max') return max && `https://max.ru/${max}?start=${payload}`;
  if (channel === 'whatsapp')
    return whatsapp && `https://wa.me/${whatsapp}?text=${encodeURIComponent(typed)}`;
  return undefined;
}
