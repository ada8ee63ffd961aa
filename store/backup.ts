import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MongoClient } from 'mongodb';
import { command, type Place } from './place.ts';
import { Database } from './storage/database.ts';

/**
 * Writes a consistent copy of the database into a file, whether a store works on it or not: everything acknowledged
 * before is in it. A running store makes the copy in its own folder; this command moves it, so that the store never
 * writes where a client says.
 */
async function backup({ folder, given, uri }: Place): Promise<void> {
  const file = resolve(given);
  if (existsSync(file)) throw new Error(`${file} is there already; a backup overwrites nothing`);
  if (!existsSync(dirname(file))) throw new Error(`there is no folder ${dirname(file)}`);
  if (!existsSync(join(folder, 'store.sqlite')))
    throw new Error(`there is no database in ${folder}; DATA_DIR or --data names its folder`);
  const made = uri ? await askedOf(uri) : copied(folder);
  try {
    copyFileSync(made, file);
  } finally {
    rmSync(made, { force: true });
  }
  process.stdout.write(`${file} holds the database as it is now\n`);
}

async function askedOf(uri: string): Promise<string> {
  const client = await MongoClient.connect(uri, { serverSelectionTimeoutMS: 5000 });
  try {
    return String((await client.db('admin').command({ storeBackup: 1 })).file);
  } finally {
    await client.close();
  }
}

function copied(folder: string): string {
  const database = new Database(folder);
  try {
    return database.copy('stopped');
  } finally {
    database.close();
  }
}

await command('backup', '<file>', backup);
