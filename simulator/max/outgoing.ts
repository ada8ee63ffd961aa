import { z } from 'zod';
import { type TgEntity, type TgInlineButton, type TgMessage } from '../records.ts';
import { findFile } from '../telegram/findFile.ts';
import { parseHtml } from '../telegram/text/parseHtml.ts';
import { type World } from '../world.ts';
import { MaxError } from './maxError.ts';

const button = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('callback'),
    text: z.string().min(1).max(128),
    payload: z.string().max(1024),
  }),
  z.strictObject({ type: z.literal('link'), text: z.string().min(1).max(128), url: z.url() }),
  z.strictObject({ type: z.literal('request_contact'), text: z.string().min(1).max(128) }),
]);
/** Seven in a row, three where one is a link or asks for the contact. */
const row = z
  .array(button)
  .min(1)
  .max(7)
  .refine((keys) => keys.length <= 3 || keys.every(({ type }) => type === 'callback'));
const token = z.looseObject({
  token: z.string().optional(),
  photos: z.record(z.string(), z.object({ token: z.string() })).optional(),
});
const attachment = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('inline_keyboard'),
    payload: z.strictObject({ buttons: z.array(row).min(1).max(30) }),
  }),
  z.strictObject({ type: z.literal('file'), payload: token }),
  z.strictObject({ type: z.literal('image'), payload: token }),
  z.strictObject({ type: z.literal('audio'), payload: token }),
]);
const shape = z.strictObject({
  text: z.string().max(4000).nullish(),
  format: z.enum(['html', 'markdown']).nullish(),
  notify: z.boolean().optional(),
  attachments: z.array(attachment).nullish(),
});

/** A message's body after the checks, with its text as it is shown. Source: `max-messenger/max-bot-api-client-ts`. */
export type Body = z.output<typeof shape> & { shown: { text: string; entities: TgEntity[] } };

/** @throws MaxError 400 `proto.payload` for what MAX would not take */
export function parseBody(given: unknown): Body {
  const parsed = shape.safeParse(given);
  if (!parsed.success) throw new MaxError(400, 'proto.payload', z.prettifyError(parsed.error));
  const { text, format, attachments } = parsed.data;
  if (!text && (attachments ?? []).length === 0)
    throw new MaxError(400, 'proto.payload', 'text or attachments must be given');
  const shown = format === 'html' ? parseHtml(text ?? '') : { text: text ?? '', entities: [] };
  return { ...parsed.data, shown };
}

export function buttonsOf({ attachments }: Body): TgInlineButton[][] {
  const keyboard = attachments?.find((one) => one.type === 'inline_keyboard');
  return (keyboard?.payload.buttons ?? []).map((row) =>
    row.map((one): TgInlineButton => {
      if (one.type === 'callback') return { text: one.text, callback_data: one.payload };
      return one.type === 'link'
        ? { text: one.text, url: one.url }
        : { text: one.text, request_contact: true };
    }),
  );
}

/** @throws MaxError 400 when nothing was uploaded under the token */
export function fileOf(world: World, { attachments }: Body): Partial<TgMessage> | undefined {
  const attached = attachments?.find((one) => one.type !== 'inline_keyboard');
  if (!attached) return undefined;
  const { token: given, photos } = attached.payload;
  const id = given ?? Object.values(photos ?? {})[0]?.token ?? '';
  const found = findFile(world, 'unique', id);
  if (!found) throw new MaxError(400, 'proto.payload', `no file ${id}`);
  if (attached.type === 'image') return { photo: [found.file] };
  return attached.type === 'audio'
    ? { voice: found.file }
    : { document: { ...found.file, file_name: found.name } };
}
