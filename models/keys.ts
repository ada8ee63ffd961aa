import { createHash } from 'node:crypto';
import type { Database } from './database.ts';
import type { KeyRow } from './rows.ts';

/** What is kept of an API key: its SHA-256. Who reads the database cannot call the API with what they find. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** The live key behind what a caller sent; a revoked one is as good as none. */
export async function findKey(db: Database, key: string): Promise<KeyRow | undefined> {
  const row = await db.keys.findOne({ _id: hashKey(key) });
  return row && row.revoked === undefined ? row : undefined;
}

/**
 * Keep a new key. Its name is what the history shows, so no two live keys share one.
 *
 * @param key the secret itself, made by `randomId`; it is shown once and never again
 * @returns false when a live key has this name already
 */
export async function addKey(
  db: Database,
  { key, name, role, now }: { key: string; name: string; role: KeyRow['role']; now: number },
): Promise<boolean> {
  if (await db.keys.findOne({ name, revoked: { $exists: false } })) return false;
  await db.keys.insertOne({ _id: hashKey(key), name, role, createdAt: now });
  return true;
}

/** Every key there ever was, oldest first; revoked ones stay, for the audit. */
export async function listKeys(db: Database): Promise<KeyRow[]> {
  const rows = await db.keys.find().toArray();
  return rows.sort((a, b) => a.createdAt - b.createdAt);
}

/**
 * End a key by its id or the beginning of it, as `list` shows it.
 *
 * @returns the key, or undefined when none, or more than one, begins so
 */
export async function revokeKey(db: Database, id: string, now: number): Promise<KeyRow | undefined> {
  const found = (await listKeys(db)).filter((row) => row._id.startsWith(id) && row.revoked === undefined);
  const [row] = found;
  if (!row || found.length > 1) return undefined;
  await db.keys.updateOne({ _id: row._id }, { $set: { revoked: now } });
  return row;
}
