import { type TgFile } from '../../records.ts';
import { type Call, type Method } from '../call.ts';
import { findFile } from '../findFile.ts';
import { imageSize } from '../imageSize.ts';
import { mimeType } from '../mimeType.ts';
import { openChat } from '../openChat.ts';
import { post } from '../post.ts';
import { readMarkup } from '../readMarkup.ts';
import { Refusal } from '../refusal.ts';
import { type FileKind, saveFile } from '../saveFile.ts';
import { readText } from '../text/readText.ts';

/** The largest file a bot may download, bytes. */
const DOWNLOAD = 20 * 1024 * 1024;

/** Files out (document, photo, voice) and in (getFile). */
export const fileMethods: Record<string, Method> = {
  sendDocument: (call) => send(call, 'document'),
  sendPhoto: (call) => send(call, 'photo'),
  sendVoice: (call) => send(call, 'voice'),

  getFile({ params, world }) {
    const found = findFile(world, 'id', params.text('file_id') ?? '');
    if (!found) throw Refusal.bad('invalid file_id');
    const { file_id, file_unique_id, file_size } = found.file;
    if (file_size > DOWNLOAD) throw Refusal.bad('file is too big');
    return { file_id, file_unique_id, file_size, file_path: found.path };
  },
};

function send(call: Call, kind: 'document' | 'photo' | 'voice'): unknown {
  const { text: caption, entities } = readText(call.params, 'caption');
  // Everything that can refuse is asked before the bytes are kept.
  readMarkup(call.params);
  openChat(call);
  const file = attached(call, kind);
  return post(call, {
    ...(kind === 'photo' ? { photo: [file] } : { [kind]: file }),
    ...(caption !== '' && { caption }),
    ...(entities.length > 0 && { caption_entities: entities }),
  });
}

function attached({ world, params }: Call, kind: FileKind): TgFile {
  const upload = params.upload(kind);
  if (!upload) {
    if (!params.has(kind)) throw Refusal.bad(`there is no ${kind} in the request`);
    const known = findFile(world, 'id', params.text(kind) ?? '');
    if (!known) throw Refusal.bad('wrong file identifier/HTTP URL specified');
    if (known.kind !== kind)
      throw Refusal.bad(`can't use file of type ${title(known.kind)} as ${title(kind)}`);
    return known.file;
  }
  if (upload.bytes.length === 0) throw Refusal.bad('file must be non-empty');
  if (kind === 'voice') return saveFile(world, kind, upload, { duration: params.integer('duration') ?? 0 });
  const size = imageSize(upload.bytes);
  if (kind === 'photo') {
    if (!size) throw Refusal.bad('IMAGE_PROCESS_FAILED');
    return saveFile(world, kind, { ...upload, type: mimeType(upload.name) }, size);
  }
  return saveFile(world, kind, { ...upload, type: mimeType(upload.name) });
}

function title(kind: string): string {
  return kind.charAt(0).toUpperCase() + kind.slice(1);
}
