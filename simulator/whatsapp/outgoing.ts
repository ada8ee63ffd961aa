import { z } from 'zod';
import { type TgInlineButton } from '../records.ts';
import { GraphError } from './graphError.ts';

const media = z.strictObject({
  id: z.string(),
  caption: z.string().max(1024).optional(),
  filename: z.string().optional(),
});
const reply = z.strictObject({
  type: z.literal('reply'),
  reply: z.strictObject({ id: z.string().min(1).max(256), title: z.string().min(1).max(20) }),
});
const row = z.strictObject({
  id: z.string().min(1).max(200),
  title: z.string().min(1).max(24),
  description: z.string().max(72).optional(),
});
const body = z.strictObject({ text: z.string().min(1).max(1024) });
const interactive = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('button'),
    body,
    action: z.strictObject({ buttons: z.array(reply).min(1).max(3) }),
  }),
  z.strictObject({
    type: z.literal('list'),
    body,
    action: z.strictObject({
      button: z.string().min(1).max(20),
      sections: z
        .array(z.strictObject({ title: z.string().max(24), rows: z.array(row).min(1) }))
        .min(1)
        .max(10),
    }),
  }),
]);
const parameter = z.union([
  z.strictObject({
    type: z.literal('text'),
    text: z
      .string()
      .min(1)
      .regex(/^(?!.*(\n|\t| {5}))/s),
  }),
  z.strictObject({ type: z.literal('payload'), payload: z.string().max(256) }),
]);
const template = z.strictObject({
  name: z.string(),
  language: z.strictObject({ code: z.string() }),
  components: z.array(
    z.strictObject({
      type: z.enum(['body', 'button']),
      sub_type: z.literal('quick_reply').optional(),
      index: z.string().optional(),
      parameters: z.array(parameter),
    }),
  ),
});

/** A message as `POST /{phone}/messages` takes it. Source: `facebook/openapi:business-messaging-api_v23.0.yaml`. */
const shape = z.strictObject({
  messaging_product: z.literal('whatsapp'),
  recipient_type: z.literal('individual').default('individual'),
  to: z.string().regex(/^\+?\d{5,20}$/),
  type: z.enum(['text', 'interactive', 'template', 'document', 'image', 'audio']),
  text: z.strictObject({ body: z.string().min(1).max(4096), preview_url: z.boolean().optional() }).optional(),
  interactive: interactive.optional(),
  template: template.optional(),
  document: media.optional(),
  image: media.optional(),
  audio: media.optional(),
});
export type Outgoing = z.output<typeof shape>;

/** @throws GraphError 100 or 131009 for what Meta would not take */
export function parseOutgoing(given: unknown): Outgoing {
  const parsed = shape.safeParse(given);
  if (!parsed.success)
    throw new GraphError(400, 131009, `Parameter value is not valid: ${z.prettifyError(parsed.error)}`);
  if (parsed.data[parsed.data.type] === undefined)
    throw new GraphError(400, 100, `Missing ${parsed.data.type}`);
  const rows = rowsOf(parsed.data);
  if (rows.length > 10) throw new GraphError(400, 131009, 'at most 10 rows');
  for (const name of ['callback_data', 'text'] as const)
    if (new Set(rows.map((one) => one[name])).size < rows.length)
      throw new GraphError(400, 131009, `${name} twice`);
  return parsed.data;
}

/** What the person may press. */
export function rowsOf({ interactive: content }: Outgoing): TgInlineButton[] {
  if (content?.type === 'button')
    return content.action.buttons.map(({ reply: { id, title } }) => ({ text: title, callback_data: id }));
  return (content?.action.sections ?? []).flatMap(({ rows }) =>
    rows.map(({ id, title }) => ({ text: title, callback_data: id })),
  );
}
