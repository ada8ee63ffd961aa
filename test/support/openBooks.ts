import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from '../../models/database.ts';
import type { LedgerRow } from '../../models/rows.ts';

export interface Books {
  db: Database;
  /** The ledger's rows of what was to be said to a person of the simulator, by the message's key. */
  rows(person: number, key: string): Promise<LedgerRow[]>;
  close(): Promise<void>;
}

/** A look into the database of the product that runs on this folder. */
export async function openBooks(dataDir: string): Promise<Books> {
  const run = JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as { mongodbUri: string };
  const db = await openDatabase(run.mongodbUri);
  return {
    db,
    rows: async (person, key) => {
      const candidate = await db.candidates.findOne({ 'channels.address': String(person) });
      if (!candidate) throw new Error(`there is no candidate ${person}`);
      return db.ledger
        .find({ kind: 'out', 'to.candidate': candidate._id, 'message.key': key })
        .sort({ at: 1 })
        .toArray();
    },
    close: () => db.close(),
  };
}
