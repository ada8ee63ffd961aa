import { z } from 'zod';
import { fileShape } from '../../fileShape.ts';
import type { IncomingFile } from '../../../flows/question.ts';
import type { Incoming } from '../../../runtime/makeInbox.ts';
import type { Files } from '../../../runtime/files.ts';
import { FileTrouble } from '../../../runtime/files.ts';
import { addressOf, type WebMessageCalls, webMessage } from './webClient.ts';

/** What is stored of something that came by the web client. */
export const webUpdate = z.discriminatedUnion('what', [
  z.object({
    what: z.literal('message'),
    id: z.string(),
    address: z.string(),
    name: z.string().optional(),
    type: z.string(),
    text: z.string().optional(),
    edited: z.boolean().optional(),
    /** Which of a message's edits it is: one after the other is news each time. */
    editedAt: z.number().optional(),
    forwarded: z.boolean().optional(),
    quoted: z.string().optional(),
    file: fileShape.optional(),
  }),
  z.object({
    what: z.literal('receipt'),
    id: z.string(),
    state: z.enum(['delivered', 'read', 'failed']),
    at: z.number(),
  }),
]);
export type WebUpdate = z.output<typeof webUpdate>;

const kinds: Partial<Record<string, IncomingFile['kind']>> = {
  document: 'document',
  image: 'photo',
  ptt: 'voice',
  audio: 'voice',
  video: 'other',
};
const names = { document: 'document', photo: 'photo.jpg', voice: 'voice.ogg', other: 'video.mp4' };

/**
 * A message as the inbox takes it, its file kept at once: the browser may be gone when it is worked on. Undefined for
 * groups, statuses, one's own, and people whose number WhatsApp hides.
 */
export async function readWebMessage(
  files: Pick<Files, 'keep'>,
  raw: unknown,
  edited: boolean,
  at: number,
): Promise<Incoming | undefined> {
  const parsed = webMessage.safeParse(raw);
  if (!parsed.success) return undefined;
  const { id, from, fromMe, type, body, hasMedia, isForwarded, isStatus } = parsed.data;
  if (fromMe || isStatus || from.endsWith('@g.us') || from.endsWith('@broadcast')) return undefined;
  const calls: WebMessageCalls = typeof raw === 'object' && raw !== null ? raw : {};
  const contact = await calls.getContact?.().catch(() => undefined);
  const address = addressOf(from) ?? (contact?.number ? `+${contact.number}` : undefined);
  if (address === undefined) return undefined;
  const name = contact?.pushname ?? contact?.name;
  const quoted = calls.hasQuotedMsg ? await calls.getQuotedMessage?.().catch(() => undefined) : undefined;
  const kept = hasMedia ? await keep(files, calls, type, id._serialized) : undefined;
  const editedAt = parsed.data.latestEditSenderTimestampMs ?? at;
  const update: WebUpdate = {
    what: 'message',
    id: id._serialized,
    address,
    type,
    ...(name && { name }),
    ...(body && { text: body }),
    ...(edited && { edited, editedAt }),
    ...(isForwarded && { forwarded: true }),
    ...(quoted && { quoted: quoted.id._serialized }),
    ...(kept && { file: kept }),
  };
  const once = edited ? `:${editedAt}` : '';
  return { id: `wa:${id._serialized}${once}`, lane: `wa:${address.slice(1)}`, channel: 'whatsapp', update };
}

/** `message_ack`: 2 on their phone, 3 and 4 read, -1 failed. Source: whatsapp-web.js, `MessageAck`. */
export function readWebAck(raw: unknown, ack: unknown, at: number): Incoming | undefined {
  const parsed = z.object({ id: z.object({ _serialized: z.string() }) }).safeParse(raw);
  const state = ack === 2 ? 'delivered' : ack === 3 || ack === 4 ? 'read' : ack === -1 ? 'failed' : undefined;
  if (!parsed.success || state === undefined) return undefined;
  const id = parsed.data.id._serialized;
  const update: WebUpdate = { what: 'receipt', id, state, at };
  return { id: `wa:${id}:${state}`, lane: `wa:receipt:${id}`, channel: 'whatsapp', update };
}

async function keep(
  files: Pick<Files, 'keep'>,
  { downloadMedia }: WebMessageCalls,
  type: string,
  id: string,
): Promise<IncomingFile | undefined> {
  const kind = kinds[type];
  if (!kind || !downloadMedia) return undefined;
  const media = await downloadMedia().catch(() => undefined);
  if (!media) return undefined;
  try {
    return await files.keep(
      Buffer.from(media.data, 'base64'),
      media.filename ?? names[kind],
      kind,
      `wa:${id}`,
    );
  } catch (error) {
    if (error instanceof FileTrouble) return undefined;
    throw error;
  }
}
