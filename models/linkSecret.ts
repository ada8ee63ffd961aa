import type { Database } from './database.ts';

/** What signs the links to people's pages: made once for the agency, the same for all its processes. */
export async function linkSecret(db: Pick<Database, 'settings'>, fresh: string): Promise<string> {
  await db.settings.updateOne({ _id: 'linkSecret' }, { $setOnInsert: { value: fresh } }, { upsert: true });
  const row = await db.settings.findOne({ _id: 'linkSecret' });
  return String(row?.value);
}
