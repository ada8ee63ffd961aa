import type { Database } from '../database.ts';

/** The bytes first: a file whose row is left is looked for again. */
export async function eraseFiles(db: Pick<Database, 'attachments' | 'pieces'>, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await db.pieces.deleteMany({ attachment: { $in: ids } });
  await db.attachments.deleteMany({ _id: { $in: ids } });
}
