import type { Incoming } from '../../runtime/makeInbox.ts';
import { laneOf } from './readUpdate.ts';

/**
 * An update as the inbox takes it. Telegram counts what comes to a bot: in whichever order and to whichever processes
 * it is brought, what waits in a lane is worked in the order of these numbers.
 */
export function incomingUpdate(botId: number, update: { update_id: number }): Incoming {
  const { update_id: number } = update;
  return { id: `tg:${botId}:${number}`, lane: laneOf(update), number, channel: 'telegram', update };
}
