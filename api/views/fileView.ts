import type { IncomingFile } from '../../flows/question.ts';

/** A file without the channel's own handle: that is of no use outside the bot. */
export function fileView({ name, kind, size }: IncomingFile) {
  return { name, kind, size };
}
