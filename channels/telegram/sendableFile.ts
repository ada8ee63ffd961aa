import { InputFile } from 'grammy';
import type { IncomingFile } from '../../flows/question.ts';
import type { Files } from '../../runtime/files.ts';

/** The largest picture that Telegram takes as one, in bytes. Source: core.telegram.org/bots/api#sending-files. */
const photoBytes = 10 * 1024 * 1024;

/** How a file goes to Telegram: by its own handle, or with its bytes. */
export interface Sendable {
  as: 'photo' | 'voice' | 'document';
  media: string | InputFile;
}

/**
 * A file of any channel as Telegram takes it. What is kept here goes with its bytes, and as a picture or a voice
 * message only when it is one that Telegram shows so.
 *
 * @throws FileTrouble when it is gone
 */
export async function sendableFile(files: Pick<Files, 'read'>, file: IncomingFile): Promise<Sendable> {
  const { kind } = file;
  if (file.channel === 'telegram')
    return { as: kind === 'photo' || kind === 'voice' ? kind : 'document', media: file.id };
  const { bytes, name, type } = await files.read(file);
  const photo = kind === 'photo' && /^image\/(jpeg|png|webp)$/.test(type) && bytes.length <= photoBytes;
  const voice = kind === 'voice' && type === 'audio/ogg';
  return { as: photo ? 'photo' : voice ? 'voice' : 'document', media: new InputFile(bytes, name) };
}
