import { z } from 'zod';
import type { Incoming } from '../../../runtime/makeInbox.ts';

const digits = z.string().regex(/^\d{5,20}$/);
const media = z.looseObject({
  id: z.string(),
  mime_type: z.string().optional(),
  filename: z.string().optional(),
  caption: z.string().optional(),
});

const messageShape = z.looseObject({
  id: z.string().min(1),
  from: digits,
  type: z.string(),
  timestamp: z.string().regex(/^\d+$/),
  text: z.object({ body: z.string() }).optional(),
  context: z.looseObject({ id: z.string().optional(), forwarded: z.boolean().optional() }).optional(),
  interactive: z
    .looseObject({
      button_reply: z.object({ id: z.string(), title: z.string() }).optional(),
      list_reply: z.looseObject({ id: z.string(), title: z.string() }).optional(),
    })
    .optional(),
  button: z.object({ payload: z.string().optional(), text: z.string() }).optional(),
  image: media.optional(),
  document: media.optional(),
  audio: media.optional(),
  video: media.optional(),
  contacts: z
    .array(z.looseObject({ phones: z.array(z.looseObject({ phone: z.string().optional() })).optional() }))
    .optional(),
});

const status = z.looseObject({
  id: z.string().min(1),
  status: z.string(),
  timestamp: z.string().regex(/^\d+$/),
  recipient_id: z.string(),
  errors: z.array(z.looseObject({ code: z.number(), title: z.string().optional() })).optional(),
});

const templateStatus = z.looseObject({
  event: z.string(),
  message_template_name: z.string(),
  message_template_language: z.string(),
});

/** One thing of a webhook's batch, as it is stored until it is worked on. */
export const cloudUpdate = z.discriminatedUnion('what', [
  z.object({ what: z.literal('message'), name: z.string().optional(), message: messageShape }),
  z.object({ what: z.literal('status'), status }),
  z.object({ what: z.literal('template'), template: templateStatus }),
]);
export type CloudUpdate = z.output<typeof cloudUpdate>;
export type CloudMessage = z.output<typeof messageShape>;
export type CloudStatus = z.output<typeof status>;

const envelope = z.looseObject({
  entry: z.array(
    z.looseObject({
      time: z.number().optional(),
      changes: z.array(z.looseObject({ field: z.string(), value: z.unknown() })),
    }),
  ),
});
const value = z.looseObject({
  contacts: z
    .array(z.looseObject({ wa_id: z.string(), profile: z.looseObject({ name: z.string() }).optional() }))
    .optional(),
  messages: z.array(z.unknown()).optional(),
  statuses: z.array(z.unknown()).optional(),
});

/**
 * A webhook's body as the things that happened; undefined when it is none. What this product has no use for is left out.
 * A message is worked in its sender's lane; receipts beside it, so that none holds a talk up.
 */
export function readWebhook(body: unknown): Incoming[] | undefined {
  const parsed = envelope.safeParse(body);
  if (!parsed.success) return undefined;
  return parsed.data.entry.flatMap(({ changes, time }) =>
    changes.flatMap((change): Incoming[] => {
      if (change.field === 'message_template_status_update') return templateOf(change.value, time);
      const inner = value.safeParse(change.value);
      if (change.field !== 'messages' || !inner.success) return [];
      const { contacts = [], messages = [], statuses = [] } = inner.data;
      const nameOf = (from: string) => contacts.find((one) => one.wa_id === from)?.profile?.name;
      return [
        ...messages.flatMap((raw) => messageOf(raw, nameOf)),
        ...statuses.flatMap((raw) => statusOf(raw)),
      ];
    }),
  );
}

function messageOf(raw: unknown, nameOf: (from: string) => string | undefined): Incoming[] {
  const parsed = messageShape.safeParse(raw);
  if (!parsed.success) return [];
  const { id, from } = parsed.data;
  const name = nameOf(from);
  const update: CloudUpdate = { what: 'message', message: parsed.data, ...(name && { name }) };
  return [{ id: `wa:${id}`, lane: `wa:${from}`, channel: 'whatsapp', update }];
}

function statusOf(raw: unknown): Incoming[] {
  const parsed = status.safeParse(raw);
  if (!parsed.success || parsed.data.status === 'sent') return [];
  const { id, status: state } = parsed.data;
  const update: CloudUpdate = { what: 'status', status: parsed.data };
  return [{ id: `wa:${id}:${state}`, lane: `wa:receipt:${id}`, channel: 'whatsapp', update }];
}

function templateOf(raw: unknown, time = 0): Incoming[] {
  const parsed = templateStatus.safeParse(raw);
  if (!parsed.success) return [];
  const { message_template_name: name, message_template_language: lang, event } = parsed.data;
  const update: CloudUpdate = { what: 'template', template: parsed.data };
  const id = `wa:template:${name}:${lang}:${event}:${time}`;
  return [{ id, lane: 'wa:templates', channel: 'whatsapp', update }];
}
