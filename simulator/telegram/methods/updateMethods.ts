import { z } from 'zod';
import { type Call, type Method } from '../call.ts';
import { Refusal } from '../refusal.ts';

/** Getting updates, by poll or by webhook. */
export const updateMethods: Record<string, Method> = {
  async getUpdates(call) {
    const { bot, params, updates, world } = call;
    if (bot.webhook)
      throw new Refusal(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    if (remember(call)) world.saveBotQuietly(bot);
    const limit = Math.min(Math.max(params.integer('limit') ?? 100, 1), 100);
    const timeout = Math.min(Math.max(params.integer('timeout') ?? 0, 0), 50);
    const offset = params.integer('offset') ?? 0;
    return updates.poll(bot, { offset, limit, timeout }, call.caller);
  },

  setWebhook(call) {
    const { bot, params, updates, world } = call;
    const url = params.text('url') ?? '';
    const secret = params.text('secret_token');
    if (url === '') return drop(call);
    // Telegram takes https only; here a plain loopback address is the point.
    if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
      throw Refusal.bad('bad webhook: Failed to parse URL');
    if (secret !== undefined && secret !== '' && !/^[A-Za-z0-9_-]{1,256}$/.test(secret))
      throw Refusal.bad('secret token contains unallowed characters');
    remember(call);
    if (params.flag('drop_pending_updates')) updates.drop(bot.id);
    const maxConnections = Math.min(Math.max(params.integer('max_connections') ?? 40, 1), 100);
    bot.webhook = { url, maxConnections, ...(secret && { secret }) };
    world.saveBot(bot);
    world.activate(bot.id);
    updates.interrupt(bot.id);
    updates.onWebhookUpdate(bot);
    return true;
  },

  deleteWebhook: drop,

  getWebhookInfo({ bot, updates }) {
    const { webhook, allowed } = bot;
    return {
      url: webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: updates.pending(bot.id).length,
      ...(webhook && { max_connections: webhook.maxConnections, ip_address: '127.0.0.1' }),
      ...(webhook?.lastErrorDate !== undefined && { last_error_date: webhook.lastErrorDate }),
      ...(webhook?.lastErrorMessage !== undefined && { last_error_message: webhook.lastErrorMessage }),
      ...(allowed && { allowed_updates: allowed }),
    };
  },
};

function drop({ bot, params, updates, world }: Call): true {
  if (params.flag('drop_pending_updates')) updates.drop(bot.id);
  delete bot.webhook;
  world.saveBot(bot);
  return true;
}

/** `allowed_updates` stays in force until it is given anew; an empty list is the default set. @returns whether it was given. */
function remember({ bot, params }: Call): boolean {
  const raw = params.json('allowed_updates', 'allowed updates');
  if (raw === undefined) return false;
  const list = z.array(z.string()).safeParse(raw);
  if (!list.success) throw Refusal.bad("can't parse allowed updates: expected an Array of Strings");
  if (list.data.length > 0) bot.allowed = list.data;
  else delete bot.allowed;
  return true;
}
