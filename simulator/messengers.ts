import { type Bot, type Person } from './records.ts';

/** The other messengers' own chats with people stand beside Telegram's, under a number that no bot of Telegram has. */
function messenger(id: number, username: string, name: string): Bot {
  const texts = { descriptions: {}, shortDescriptions: {}, commands: {}, menuButtons: {} };
  return { id, username, names: { '': name }, ...texts, nextUpdate: 1 };
}

export const messengers = {
  whatsapp: messenger(2, 'whatsapp', 'WhatsApp'),
  max: messenger(3, 'max', 'MAX'),
};

/** Where a person is, when it is not Telegram. */
export function messengerOf({ channel }: Person): Bot | undefined {
  return channel === 'whatsapp' || channel === 'max' ? messengers[channel] : undefined;
}
