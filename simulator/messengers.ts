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

/** What the agency is called where people write to it: a number's digits in WhatsApp, a bot's name in MAX. */
export const called = { whatsapp: '70000000000', max: 'demo_max_bot' };

/** Where a person is, when it is not Telegram. */
export function messengerOf({ channel }: Person): Bot | undefined {
  return channel === undefined || channel === 'telegram' ? undefined : messengers[channel];
}
