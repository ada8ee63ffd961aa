/** The ways to reach a person, in the order in which an agency would try them. */
export const channelIds = ['telegram', 'max', 'whatsapp', 'email', 'sms'] as const;
export type ChannelId = (typeof channelIds)[number];

/** Where a person is on a channel: the chat's id, a phone number's digits with `+` (WhatsApp, SMS), a mail address. */
export interface Place {
  channel: ChannelId;
  address: string;
}

/**
 * Where a message can go: to a person, to the recruiters' desk (the address is a candidate's id then), or to a response at
 * its site (`hh:123`).
 */
export type Way = Omit<Place, 'channel'> & { channel: ChannelId | 'desk' | 'source' };

/** What a channel can do, for whoever decides what goes there. */
export interface ChannelTraits {
  /** People answer the bot's questions there. E-mail and SMS carry notices; what comes back is for the recruiter. */
  talks: boolean;
  /** It says when a message has arrived, so one that has not can go another way. */
  receipts: boolean;
  /** A tap can be answered by a word that passes; elsewhere it becomes a message. */
  toasts: boolean;
  /** The address is a phone number, and who writes from it has it. */
  provesPhone: boolean;
}

export const traitsOf: Record<ChannelId, ChannelTraits> = {
  telegram: { talks: true, receipts: false, toasts: true, provesPhone: false },
  max: { talks: true, receipts: false, toasts: true, provesPhone: false },
  whatsapp: { talks: true, receipts: true, toasts: false, provesPhone: true },
  email: { talks: false, receipts: false, toasts: false, provesPhone: false },
  sms: { talks: false, receipts: true, toasts: false, provesPhone: false },
};

/** Where people answer the bot. */
export const talkingChannels: ChannelId[] = channelIds.filter((channel) => traitsOf[channel].talks);
