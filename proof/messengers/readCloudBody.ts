import { z } from 'zod';
import { templates } from '../../channels/whatsapp/templates.ts';
import type { Choice } from '../../channels/numbered.ts';

/** What a reader can choose from a message in WhatsApp, and how. */
export interface Offered {
  data: string;
  label: string;
  how: 'button' | 'list' | 'quickReply' | 'number';
  number?: number;
}

/** A message as its reader sees it. `free`: it is no template, so it goes only within 24 hours. */
export interface CloudBody {
  text: string;
  offered: Offered[];
  free: boolean;
}

const id = z.string().min(1).max(200);
const unique = (list: { title: string }[]) => new Set(list.map(({ title }) => title)).size === list.length;
const reply = z.object({
  type: z.literal('reply'),
  reply: z.object({ id, title: z.string().min(1).max(20) }),
});
const row = z.object({ id, title: z.string().min(1).max(24), description: z.string().max(72).optional() });
const body = z.object({ text: z.string().min(1).max(1024) });
const captioned = z.object({ id: z.string(), caption: z.string().max(1024).optional() });
const parameter = z.object({
  type: z.literal('text'),
  text: z
    .string()
    .min(1)
    .regex(/^[^\n\t]*$/),
});
const button = z.object({
  type: z.literal('button'),
  sub_type: z.literal('quick_reply'),
  index: z.string(),
  parameters: z.array(z.object({ type: z.literal('payload'), payload: id })).length(1),
});

/** What the Cloud API takes. Source: `facebook/openapi:business-messaging-api_v23.0.yaml`. */
const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.object({ body: z.string().min(1).max(4096) }) }),
  z.object({
    type: z.literal('interactive'),
    interactive: z.discriminatedUnion('type', [
      z.object({
        type: z.literal('button'),
        body,
        action: z.object({
          buttons: z
            .array(reply)
            .min(1)
            .max(3)
            .refine((list) => unique(list.map((one) => one.reply))),
        }),
      }),
      z.object({
        type: z.literal('list'),
        body,
        action: z.object({
          button: z.string().min(1).max(20),
          sections: z.array(z.object({ rows: z.array(row).min(1).max(10) })).length(1),
        }),
      }),
    ]),
  }),
  z.object({
    type: z.literal('template'),
    template: z.object({
      name: z.string(),
      language: z.object({ code: z.string() }),
      components: z.array(
        z.discriminatedUnion('type', [
          z.object({ type: z.literal('body'), parameters: z.array(parameter) }),
          button,
        ]),
      ),
    }),
  }),
  z.object({ type: z.literal('document'), document: captioned }),
  z.object({ type: z.literal('image'), image: captioned }),
  z.object({ type: z.literal('audio'), audio: z.object({ id: z.string() }) }),
]);
type Message = z.output<typeof message>;

/**
 * A message as WhatsApp shows it.
 *
 * @param meant what its sender lets one choose: where numbers stand in the text, their meaning is in no message
 * @returns what is wrong with it, when Meta would not take it
 */
export function readCloudBody(sent: unknown, meant: Choice[]): CloudBody | { wrong: string } {
  const parsed = message.safeParse(sent);
  if (!parsed.success) return { wrong: z.prettifyError(parsed.error) };
  const { data } = parsed;
  switch (data.type) {
    case 'text':
      return numbered(data.text.body, meant);
    case 'interactive':
      return { text: data.interactive.body.text, offered: interactive(data.interactive), free: true };
    case 'template':
      return template(data.template, meant);
    case 'document':
      return { text: data.document.caption ?? '', offered: [], free: true };
    case 'image':
      return { text: data.image.caption ?? '', offered: [], free: true };
    case 'audio':
      return { text: '', offered: [], free: true };
  }
}

function interactive({ action }: Extract<Message, { type: 'interactive' }>['interactive']): Offered[] {
  if ('buttons' in action)
    return action.buttons.map(({ reply: { id: data, title: label } }) => ({ data, label, how: 'button' }));
  return action.sections.flatMap(({ rows }) =>
    rows.map(({ id: data, title, description }) => ({
      data,
      label: description ?? title,
      how: 'list' as const,
    })),
  );
}

/** A line each, `*2* — label`, in the order of what is meant by them. */
function numbered(text: string, meant: Choice[]): CloudBody | { wrong: string } {
  const lines = [...text.matchAll(/^\*(\d+)\* — /gm)].map(([, number]) => Number(number));
  if (meant.length === 0) return { text, offered: [], free: true };
  if (lines.slice(-meant.length).join() !== meant.map((_, index) => index + 1).join())
    return { wrong: `${meant.length} choices, and the numbers ${lines.join()}` };
  const offered = meant.map(({ data, label }, index) => ({
    data,
    label,
    how: 'number' as const,
    number: index + 1,
  }));
  return { text, offered, free: true };
}

function template(
  { name, components }: Extract<Message, { type: 'template' }>['template'],
  meant: Choice[],
): CloudBody | { wrong: string } {
  const ours = templates.find((one) => one.name === name);
  const texts = components.flatMap((one) => (one.type === 'body' ? one.parameters : []));
  const buttons = components.flatMap((one) =>
    one.type === 'button' ? one.parameters.map(({ payload }) => payload) : [],
  );
  if (ours?.params.length !== texts.length || ours.buttons !== buttons.length)
    return { wrong: `template ${name} with ${texts.length} parameters and ${buttons.length} buttons` };
  const offered = buttons.map((data) => ({
    data,
    label: meant.find((one) => one.data === data)?.label ?? data,
    how: 'quickReply' as const,
  }));
  return { text: texts.map(({ text }) => text).join(), offered, free: false };
}
