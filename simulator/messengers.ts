import { type Bot, type Person } from './records.ts';

/** The other messengers' own chats with people stand beside Telegram's, under a number that no bot of Telegram has. */
function messenger(id: number, username: string, name: string): Bot {
  const texts = { descriptions: {}, shortDescriptions: {}, commands: {}, menuButtons: {} };
  return { id, username, names: { '': name }, ...texts, nextUpdate: 1 };
}

export const messengers = {
  whatsapp: messenger(2, 'whatsapp', 'WhatsApp'),
  max: messenger(3, 'max', 'MAX'),
  email: messenger(4, 'mail', 'Mail'),
  sms: messenger(5, 'sms', 'SMS'),
};

/** Where a person is, when it is not Telegram. */
export function messengerOf({ channel }: Person): Bot | undefined {
  return channel === undefined || channel === 'telegram' ? undefined : messengers[channel];
}
