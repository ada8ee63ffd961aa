import type { Api } from 'grammy';
import type { Clock } from '../../runtime/clock.ts';
import type { Receive } from '../../runtime/makeInbox.ts';
import { allowedUpdates, poll, type Poller } from './poll.ts';

/**
 * Let Telegram's updates in: by its webhook where it can reach us (the route stands in the API), else by long polling.
 *
 * @param secret what Telegram sends along with each push
 */
export async function receiveUpdates(deps: {
  api: Api;
  botId: number;
  publicUrl: string | undefined;
  secret: string;
  receive: Receive;
  clock: Pick<Clock, 'after'>;
  log: (line: object) => void;
}): Promise<Poller | undefined> {
  const { api, botId, publicUrl, secret, receive, clock, log } = deps;
  if (!publicUrl) {
    await api.deleteWebhook();
    return poll(api, botId, receive, clock, log);
  }
  await api.setWebhook(`${publicUrl}/webhooks/telegram`, {
    secret_token: secret,
    allowed_updates: [...allowedUpdates],
  });
  return undefined;
}
