import { z } from 'zod';
import type { Incoming } from '../../runtime/makeInbox.ts';

const user = z.object({
  user_id: z.number().int(),
  first_name: z.string().optional(),
  last_name: z.string().nullish(),
  name: z.string().optional(),
});
const attachment = z.object({
  type: z.string(),
  filename: z.string().optional(),
  payload: z
    .looseObject({
      url: z.string().nullish(),
      vcf_info: z.string().nullish(),
      buttons: z
        .array(z.array(z.object({ text: z.string().optional(), payload: z.string().nullish() })))
        .optional(),
      tam_info: user.nullish(),
    })
    .optional(),
});
const body = z.object({
  mid: z.string(),
  text: z.string().nullish(),
  attachments: z.array(attachment).nullish(),
});
const message = z.object({
  sender: user.nullish(),
  recipient: z.object({ chat_type: z.string() }),
  link: z.object({ type: z.string() }).nullish(),
  body,
});
const base = { timestamp: z.number(), user_locale: z.string().nullish() };

/** MAX's updates that concern a person. Source: `max-messenger/max-bot-api-client-ts`, `types/subcription.ts`. */
export const maxUpdate = z.discriminatedUnion('update_type', [
  z.object({ update_type: z.literal('message_created'), ...base, message }),
  z.object({ update_type: z.literal('message_edited'), ...base, message }),
  z.object({
    update_type: z.literal('message_callback'),
    ...base,
    callback: z.object({ callback_id: z.string(), payload: z.string().optional(), user }),
    message: z.object({ body }).nullish(),
  }),
  z.object({ update_type: z.literal('bot_started'), ...base, user, payload: z.string().nullish() }),
  z.object({ update_type: z.literal('bot_stopped'), ...base, user }),
]);
export type MaxUpdate = z.output<typeof maxUpdate>;
export type MaxMessage = z.output<typeof message>;
export type MaxUser = z.output<typeof user>;

/** An update as the inbox takes it; undefined for what the product has no use for (groups among it). */
export function readMax(raw: unknown): Incoming | undefined {
  const parsed = maxUpdate.safeParse(raw);
  if (!parsed.success) return undefined;
  const update = parsed.data;
  const who = personOf(update);
  if (!who) return undefined;
  return { id: idOf(update), lane: `max:${who.user_id}`, channel: 'max', update };
}

/** Who did it; undefined in a group, or when nobody is named. */
export function personOf(update: MaxUpdate): MaxUser | undefined {
  if ('callback' in update) return update.callback.user;
  if ('user' in update) return update.user;
  return update.message.recipient.chat_type === 'dialog' ? (update.message.sender ?? undefined) : undefined;
}

/** MAX gives its updates no id: what they are about, and when, is one. */
export function idOf(update: MaxUpdate): string {
  switch (update.update_type) {
    case 'message_created':
      return `max:${update.message.body.mid}`;
    case 'message_edited':
      return `max:${update.message.body.mid}:${update.timestamp}`;
    case 'message_callback':
      return `max:${update.callback.callback_id}`;
    case 'bot_started':
    case 'bot_stopped':
      return `max:${update.update_type}:${update.user.user_id}:${update.timestamp}`;
  }
}
