import type { Member } from '../../flows/member.ts';

/** Links from our pages into the chat. */
export interface ChatLinks {
  chatUrl: string;
  /** Opens the chat of this member with what is to be shown there. */
  startUrl: (member: Member, payload: string) => string;
}

/** In the demo they lead to the local Telegram's page, which opens one of its phones. */
export function chatLinks(simulatorUrl: string | undefined, username: string): ChatLinks {
  const chatUrl = simulatorUrl ?? `https://t.me/${username}`;
  return {
    chatUrl,
    startUrl: ({ telegram = '' }, payload) =>
      simulatorUrl ? `${chatUrl}/?as=${telegram}&start=${payload}` : `${chatUrl}?start=${payload}`,
  };
}
