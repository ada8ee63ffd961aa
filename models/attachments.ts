import { Binary } from 'mongodb';
import type { Database } from './database.ts';
import { insertNew } from './databaseErrors.ts';
import type { AttachmentRow } from './rows.ts';

/** The largest file that is kept, in bytes: as much as a bot may download from Telegram. */
export const maxFileBytes = 20 * 1024 * 1024;

/** A document of the database holds 16 MB at most, and a smaller piece is read while another is on its way. */
const pieceBytes = 512 * 1024;

/** Keep a file's bytes. Its row comes last, so what is found is whole; the same id again changes nothing. */
export async function keepAttachment(
  db: Pick<Database, 'attachments' | 'pieces'>,
  row: Omit<AttachmentRow, 'size' | 'pieces'>,
  bytes: Uint8Array,
): Promise<AttachmentRow> {
  const pieces = Math.ceil(bytes.length / pieceBytes);
  for (let n = 0; n < pieces; n += 1) {
    const data = new Binary(bytes.subarray(n * pieceBytes, (n + 1) * pieceBytes));
    await insertNew(db.pieces, [{ _id: `${row._id}:${n}`, attachment: row._id, data }]);
  }
  const whole = { ...row, size: bytes.length, pieces };
  await insertNew(db.attachments, [whole]);
  return whole;
}

/** A kept file with its bytes; undefined when it is gone. */
export async function readAttachment(
  db: Pick<Database, 'attachments' | 'pieces'>,
  id: string,
): Promise<{ row: AttachmentRow; bytes: Uint8Array } | undefined> {
  const row = await db.attachments.findOne({ _id: id });
  if (!row) return undefined;
  const parts: Uint8Array[] = [];
  for (let n = 0; n < row.pieces; n += 1) {
    const piece = await db.pieces.findOne({ _id: `${id}:${n}` });
    if (!piece) return undefined;
    parts.push(piece.data.buffer);
  }
  return { row, bytes: Buffer.concat(parts) };
}
