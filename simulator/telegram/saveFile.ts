import { randomBytes } from 'node:crypto';
import { extname } from 'node:path';
import { type TgFile } from '../records.ts';
import { type World } from '../world.ts';

/** The kinds of file, and the folder Telegram keeps each in. */
export type FileKind = 'document' | 'photo' | 'voice' | 'sticker';
const FOLDERS = { document: 'documents', photo: 'photos', voice: 'voice', sticker: 'stickers' };
const ENDINGS = { document: '', photo: '.jpg', voice: '.oga', sticker: '.webp' };

/** What is kept of a file besides its bytes; found by `file_id` or by its unique id. */
export interface FileRecord {
  kind: FileKind;
  path: string;
  name: string;
  type: string;
  file: TgFile;
}

/** Keeps a file's bytes and names it as Telegram would. @returns the object that goes into a message. */
export function saveFile(
  world: World,
  kind: FileKind,
  source: { name: string; type: string; bytes: Uint8Array },
  more: Partial<TgFile> = {},
): TgFile {
  const unique = randomBytes(9).toString('base64url');
  const ending = kind === 'document' ? extname(source.name) : ENDINGS[kind];
  const path = `${FOLDERS[kind]}/${unique}${ending}`;
  const file: TgFile = {
    file_id: `Sim${randomBytes(24).toString('base64url')}`,
    file_unique_id: unique,
    file_size: source.bytes.length,
    ...(kind === 'document' && { file_name: source.name, mime_type: source.type }),
    ...more,
  };
  const record: FileRecord = { kind, path, name: source.name, type: source.type, file };
  world.store.putFile(path, source.bytes);
  world.store.put('file', file.file_id, record);
  world.store.put('filePath', path, file.file_id);
  world.store.put('fileUnique', unique, file.file_id);
  return file;
}
