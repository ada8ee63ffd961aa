import type { Database } from '../../models/database.ts';

/** Everything that stands in a database, by collection: all there are, known to the product or not. */
export async function dumpOf({ connection }: Pick<Database, 'connection'>): Promise<Map<string, string>> {
  const all = await connection.listCollections();
  const texts = await Promise.all(
    all.map(async ({ name }) => {
      const rows = await connection.collection(name).find().toArray();
      return [name, JSON.stringify(rows, readable)] as const;
    }),
  );
  return new Map(texts);
}

/** Where each of these words stands. */
export async function foundIn(db: Pick<Database, 'connection'>, words: string[]): Promise<string[]> {
  const dump = await dumpOf(db);
  return [...dump].flatMap(([name, text]) =>
    words.filter((word) => text.includes(word)).map((word) => `${name}: ${word}`),
  );
}

/** Bytes as the text they are. */
function readable(_key: string, value: unknown): unknown {
  const bytes =
    value instanceof Object && '_bsontype' in value && value._bsontype === 'Binary' ? value : undefined;
  if (bytes && 'buffer' in bytes && bytes.buffer instanceof Uint8Array)
    return Buffer.from(bytes.buffer).toString('latin1');
  // A Binary has said itself as base64 by the time it comes here.
  return typeof value === 'string' && /^[\w+/]{16,}={0,2}$/.test(value)
    ? `${value} ${Buffer.from(value, 'base64').toString('latin1')}`
    : value;
}
