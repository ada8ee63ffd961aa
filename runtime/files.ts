import { createHash } from 'node:crypto';
import type { IncomingFile } from '../flows/question.ts';
import { keepAttachment, maxFileBytes, readAttachment } from '../models/attachments.ts';
import { contentType } from '../models/contentType.ts';
import type { Database } from '../models/database.ts';
import { safeName } from '../models/safeName.ts';
import type { Clock } from './clock.ts';

/** The bytes of files, wherever they are: in Telegram, or kept by us. */
export interface Files {
  /** @throws FileTrouble when it is gone or too large; anything else may be tried again */
  read(file: IncomingFile): Promise<FileContent>;
  /**
   * Keep what a channel does not keep. Its name is made safe, its type is told from its content.
   *
   * @param once what it belongs to, as `wa:<message>:0`: the same again keeps nothing twice
   * @throws FileTrouble when it is too large
   */
  keep(bytes: Uint8Array, name: string, kind: IncomingFile['kind'], once?: string): Promise<IncomingFile>;
}

export interface FileContent {
  bytes: Uint8Array;
  name: string;
  /** As in `Content-Type`; never one a browser runs. */
  type: string;
}

/** A file that can be neither read nor kept, however often it is tried. */
export class FileTrouble extends Error {
  readonly code: 'gone' | 'tooLarge';

  constructor(code: FileTrouble['code'], what: string) {
    super(`file ${what}: ${code}`);
    this.code = code;
  }
}

export function makeFiles(deps: {
  db: Pick<Database, 'attachments' | 'pieces'>;
  clock: Pick<Clock, 'now' | 'id'>;
  /** Fetches a file by Telegram's `file_id`. */
  telegram: (id: string) => Promise<Uint8Array>;
  /** Draws a file out of data; undefined when there is nothing to draw it from any more. */
  made?: (id: string) => Promise<{ bytes: Uint8Array; name: string } | undefined>;
}): Files {
  const { db, clock } = deps;
  return {
    read: async ({ channel, id, name }) => {
      if (channel === 'telegram') {
        const bytes = await deps.telegram(id);
        return { bytes, name: safeName(name), type: contentType(bytes, name) };
      }
      if (channel === 'made') {
        const file = await deps.made?.(id);
        if (!file) throw new FileTrouble('gone', id);
        return { ...file, type: contentType(file.bytes, file.name) };
      }
      const found = await readAttachment(db, id);
      if (!found) throw new FileTrouble('gone', id);
      return { bytes: found.bytes, name: found.row.name, type: found.row.type };
    },
    keep: async (bytes, name, kind, once = clock.id()) => {
      const id = createHash('sha256').update(once).digest('base64url').slice(0, 24);
      if (bytes.length > maxFileBytes) throw new FileTrouble('tooLarge', id);
      const safe = safeName(name);
      const row = { _id: id, name: safe, kind, type: contentType(bytes, safe), at: clock.now() };
      const { size } = await keepAttachment(db, row, bytes);
      return { channel: 'kept', id, name: safe, kind, size };
    },
  };
}
