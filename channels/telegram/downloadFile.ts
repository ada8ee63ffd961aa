import { type Api, GrammyError } from 'grammy';
import { maxFileBytes } from '../../models/attachments.ts';
import { FileTrouble } from '../../runtime/files.ts';

/**
 * A file's bytes by its `file_id`: `getFile`, then its path within an hour, 20 MB at most.
 * Source: core.telegram.org/bots/api#getfile.
 */
export async function downloadFile(
  { api, apiRoot, token }: { api: Pick<Api, 'getFile'>; apiRoot: string; token: string },
  id: string,
): Promise<Uint8Array> {
  const file = await api.getFile(id).catch((error: unknown) => {
    if (!(error instanceof GrammyError) || error.error_code !== 400) throw error;
    throw new FileTrouble(error.description.includes('too big') ? 'tooLarge' : 'gone', id);
  });
  if ((file.file_size ?? 0) > maxFileBytes) throw new FileTrouble('tooLarge', id);
  const response = await fetch(`${apiRoot}/file/bot${token}/${file.file_path ?? ''}`);
  if (response.status === 404) throw new FileTrouble('gone', id);
  // The address has the token in it: it must stand in no message of an error.
  if (!response.ok) throw new Error(`Telegram did not give file ${id}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
