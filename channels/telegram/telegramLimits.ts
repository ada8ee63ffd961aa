import type { PaceLimits } from '../../runtime/makePace.ts';

/**
 * Telegram's pace for a bot: thirty messages a second in all, one a second in a chat, twenty a minute in a group.
 * Source: core.telegram.org/bots/faq, "My bot is hitting limits".
 */
export const telegramLimits: PaceLimits = {
  perSecond: 30,
  chatGap: (address) => (isGroup(address) ? 3_000 : 1_000),
};

/** A group's flood limit concerns the group alone; anything else Telegram says to wait for is meant for the whole bot. */
export function restsAlone(address: string): string | undefined {
  return isGroup(address) ? address : undefined;
}

/** Groups and channels have negative ids. */
export function isGroup(address: string): boolean {
  return address.startsWith('-');
}
