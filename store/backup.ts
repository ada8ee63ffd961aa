import { existsSync, copyFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { MongoClient } from 'mongodb';

const USAGE = 'usage: node store/backup.ts <mongodb uri of the running store> <file>';

/**
 * Writes a consistent copy of a running store into a file: everything acknowledged before is in it. The store makes
 * the copy in its own folder; this command moves it, so that the store never writes where a client says.
 */
async function backup(uri: string, target: string): Promise<void> {
  const file = resolve(target);
  if (existsSync(file)) throw new Error(`${file} exists already; a backup overwrites nothing`);
  const client = await MongoClient.connect(uri);
  try {
    const reply = await client.db('admin').command({ storeBackup: 1 });
    const made = String(reply.file);
    copyFileSync(made, file);
    rmSync(made);
    process.stdout.write(`backup written to ${file}\n`);
  } finally {
    await client.close();
  }
}

const [uri, target] = process.argv.slice(2);
if (!uri || !target) throw new Error(USAGE);
await backup(uri, target);
