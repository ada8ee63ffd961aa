import type { Happened } from '../../flows/event.ts';
import type { IncomingFile } from '../../flows/question.ts';
import type { Handler } from '../../runtime/channel.ts';
import { type Files, FileTrouble } from '../../runtime/files.ts';
import type { Reception } from '../../runtime/makeReception.ts';
import type { Words } from '../../runtime/words.ts';
import { type MaxApi, MaxRefusal } from './makeMaxApi.ts';
import { idOf, type MaxMessage, type MaxUpdate, maxUpdate, personOf } from './readMax.ts';

interface Deps {
  api: Pick<MaxApi, 'answer' | 'download'>;
  files: Pick<Files, 'keep'>;
  words: Words;
  reception: Reception;
}

/** One of MAX's updates, from the inbox. */
export function makeMaxHandler(deps: Deps): Handler {
  const { api, words } = deps;
  return async (raw, hold) => {
    const update = maxUpdate.parse(raw);
    const happened = await happenedOf(deps, update);
    if (!happened) return;
    const decision = await deps.reception(idOf(update), happened, hold);
    if (update.update_type !== 'message_callback' || !decision) return;
    const { toast, state } = decision.ok ? decision : {};
    const text = toast && state ? words.label({ lang: state.lang, zone: state.zone }, toast) : undefined;
    // Worth an attempt, never worth a second one.
    if (text) api.answer(update.callback.callback_id, text).catch(() => undefined);
  };
}

async function happenedOf(deps: Deps, update: MaxUpdate): Promise<Happened | undefined> {
  const who = personOf(update);
  if (!who) return undefined;
  const reach = { channel: 'max' as const, address: String(who.user_id) };
  const name = [who.first_name ?? who.name, who.last_name].filter(Boolean).join(' ');
  const lang = update.user_locale ?? undefined;
  const person = { ...(name && { name }), ...(lang && { lang }) };
  switch (update.update_type) {
    case 'message_callback': {
      const { payload = '' } = update.callback;
      const label = labelOf(update.message?.body.attachments, payload);
      return { type: 'buttonTapped', reach, person, data: payload, ...(label && { label }) };
    }
    case 'bot_started': {
      const text = update.payload ? `/start ${update.payload}` : '/start';
      return { type: 'messageArrived', reach, person, kind: 'text', text };
    }
    case 'bot_stopped':
      return { type: 'channelBlocked', reach };
    default:
      return heard(deps, { reach, person }, update.message, update.update_type === 'message_edited');
  }
}

async function heard(
  deps: Deps,
  from: Pick<Extract<Happened, { type: 'messageArrived' }>, 'reach' | 'person'>,
  { body, link }: MaxMessage,
  edited: boolean,
): Promise<Happened> {
  const arrived = { type: 'messageArrived' as const, ...from };
  const text = body.text ?? undefined;
  const said = text === undefined || text === '' ? {} : { text };
  if (edited) return { ...arrived, kind: 'edited', ...said };
  const [attached] = body.attachments ?? [];
  const phone = /^TEL[^:]*:\s*(.+)$/im.exec(attached?.payload?.vcf_info ?? '')?.[1]?.replace(/[^\d+]/g, '');
  if (phone) {
    const own = String(attached?.payload?.tam_info?.user_id) === from.reach.address;
    return {
      ...arrived,
      kind: 'contact',
      contact: { phone: phone.startsWith('+') ? phone : `+${phone}`, own },
    };
  }
  if (attached?.type === 'sticker') return { ...arrived, kind: 'sticker' };
  const kind = attached && fileKinds[attached.type];
  if (attached && kind) {
    const file = await fileOf(deps, kind, attached, body.mid);
    return { ...arrived, kind: kind === 'voice' ? 'voice' : 'file', ...(file && { file }), ...said };
  }
  if (attached && text === undefined) return { ...arrived, kind: 'other' };
  if (link?.type === 'forward') return { ...arrived, kind: 'forwarded', ...said };
  return text === undefined ? { ...arrived, kind: 'other' } : { ...arrived, kind: 'text', text };
}

const fileKinds: Partial<Record<string, IncomingFile['kind']>> = {
  file: 'document',
  image: 'photo',
  audio: 'voice',
  video: 'other',
};
const names = { document: 'document', photo: 'photo.jpg', voice: 'voice.ogg', other: 'video.mp4' };

/** Kept at once: MAX's addresses do not last. Undefined when it cannot be had. */
async function fileOf(
  { api, files }: Deps,
  kind: IncomingFile['kind'],
  { filename, payload }: NonNullable<MaxMessage['body']['attachments']>[number],
  mid: string,
): Promise<IncomingFile | undefined> {
  if (!payload?.url) return undefined;
  try {
    return await files.keep(await api.download(payload.url), filename ?? names[kind], kind, `max:${mid}`);
  } catch (error) {
    const gone = error instanceof MaxRefusal && error.status < 429;
    if (gone || error instanceof FileTrouble) return undefined;
    throw error;
  }
}

/** What stood on the button that sends this. */
function labelOf(attachments: MaxMessage['body']['attachments'], payload: string): string | undefined {
  const rows = attachments?.find(({ type }) => type === 'inline_keyboard')?.payload?.buttons ?? [];
  return rows.flat().find((one) => one.payload === payload)?.text;
}
